"""Where things live: the diary, and what was shipped with calmtrack."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from tracker.errors import InputError

DIARY_FILE = "diary.db"

_LOGIN = re.compile(r"([^:/@?]*)(?::[^/]*?)?@")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a diary lies: a file, or a database reached by URL."""

    path: Path | None
    """The SQLite file; None for a database reached by URL."""
    url: str | None = field(default=None, repr=False)
    """The database URL, password and all: never show it, show `label`."""
    invented: bool = False
    """Whether the diary there is the demo's; the screens then say so."""

    @property
    def label(self) -> str:
        """What a person may read: the path, or the URL with its password left out."""
        if self.url is None:
            return str(self.path)
        scheme, _, rest = self.url.partition("://")
        login = _LOGIN.match(rest)
        # What follows the question mark may hold a password, too.
        server = rest[login.end() if login else 0 :].partition("?")[0].rpartition("@")[2]
        return f"{scheme}://{login[1]}@{server}" if login else f"{scheme}://{server}"

    @property
    def holds_password(self) -> bool:
        """Whether the URL may say a password: before its last @, or behind its question mark.

        In doubt it does.
        """
        rest = (self.url or "").partition("://")[2]
        return ":" in rest.rpartition("@")[0] or "password" in rest.partition("?")[2].lower()


def data_dir() -> Path:
    """The shipped files: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def resolve_location(chosen: str | None = None) -> Location:
    """Where the diary lies: `--diary`, else CALMTRACK_DATABASE_URL, else CALMTRACK_HOME, else
    the system's own folder for a person's data. Creates nothing."""
    named = chosen or os.environ.get("CALMTRACK_DATABASE_URL")
    if not named:
        return Location(home() / DIARY_FILE)
    if "://" not in named:
        return Location(Path(named).expanduser().absolute())
    if named.startswith("sqlite:///"):
        return Location(Path(named.removeprefix("sqlite:///")).expanduser().absolute())
    return Location(None, named)


def parse_path(text: str) -> Path:
    """The path that was typed, `~` and all. Raises WrongInput for a home that is not known."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        # The sentences are found through this module.
        from tracker.i18n.messages import say

        raise InputError(say("cli.no_home", text=text)) from error


def home() -> Path:
    """The one folder of CALMTRACK_HOME, or the system's own place for a person's data."""
    chosen = os.environ.get("CALMTRACK_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("calmtrack", appauthor=False)
