"""Errors shown to the user: the text is one finished sentence, printed without a traceback."""


class CalmtrackError(Exception):
    """The diary couldn't do what was asked. Exit code 1."""

    def __init__(self, sentence: str, *, in_app: str = "") -> None:
        """`in_app` is the sentence for the screens, where it advises another step than a command;
        by default the same."""
        super().__init__(sentence)
        self.in_app = in_app or sentence


class InputError(CalmtrackError):
    """The request is invalid; nothing was changed. Exit code 2."""


class UnrecognizedText(InputError):
    """The text can't be read as a day or a period."""


class DatabaseUnavailable(CalmtrackError):
    """The database can't be reached; its transaction changed nothing, and a later attempt may
    succeed."""


class NoteChanged(CalmtrackError):
    """The note that was edited has changed meanwhile; nothing was saved."""

    def __init__(self, sentence: str, note: str) -> None:
        """`note` is the stored one."""
        super().__init__(sentence)
        self.note = note
