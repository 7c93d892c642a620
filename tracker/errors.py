"""Errors shown to the user: the text is one finished sentence, printed without a traceback."""


class CalmtrackError(Exception):
    """The diary couldn't do what was asked. Exit code 1."""


class InputError(CalmtrackError):
    """The request is invalid; nothing was changed. Exit code 2."""


class FileExists(InputError):
    """A file is not replaced unless the person asks for it."""


class DatabaseUnavailable(CalmtrackError):
    """The database can't be reached; nothing was changed, and a later attempt may succeed."""
