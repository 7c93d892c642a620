"""Alembic migrations of the diary's tables; released revisions never change."""
