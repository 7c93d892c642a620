"""Reminders: what the system is asked to do each evening, and how a notice reaches a person."""
