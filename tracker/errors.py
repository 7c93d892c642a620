"""The two ways in which calmtrack says no: one plain sentence each, never a traceback."""


class CalmtrackError(Exception):
    """The diary could not do it; the text is the one sentence a person reads. Exit code 1."""

    exit_code = 1


class InputError(CalmtrackError):
    """What was asked for is not possible as it was put; nothing was changed. Exit code 2."""

    exit_code = 2


class DatabaseUnavailable(CalmtrackError):
    """The database can't be reached now; nothing was changed, and it can be tried again."""
