"""Which revision of the tables this calmtrack knows, and how a diary's file says it is one."""

SCHEMA = 1
"""The newest revision under migrations/versions; SQLite's user_version in a diary file."""

APPLICATION_ID = 0x63616C6D
"""SQLite's application_id in a diary file: the letters "calm"."""


def revision_of(schema: int) -> str:
    """The name of the migration that makes this schema, `0001`."""
    return f"{schema:04}"
