"""Writes a diary as CSV, as JSON or as a Loop archive."""
