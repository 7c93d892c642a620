"""Paths: where the diary, the settings and the shipped data are."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

DIARY_FILE = "diary.db"
SETTINGS_FILE = "config.toml"

_LOGIN = re.compile(r"([^:/@?]*)(?::[^/]*?)?@")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a diary is stored: an SQLite file, or a database server reached by URL."""

    path: Path | None
    """The SQLite file; None for a server."""
    url: str | None = field(default=None, repr=False)
    """The database URL, password included: show `label` instead."""
    is_demo: bool = False
    """Whether it is the demo's diary, which the screens point out."""

    @property
    def label(self) -> str:
        """The path, or the URL without its password and its query (which may hold one)."""
        if self.url is None:
            return str(self.path)
        scheme, _, rest = self.url.partition("://")
        login = _LOGIN.match(rest)
        server = rest[login.end() if login else 0 :].partition("?")[0].rpartition("@")[2]
        return f"{scheme}://{login[1]}@{server}" if login else f"{scheme}://{server}"

    @property
    def holds_password(self) -> bool:
        """Whether the URL may contain a password: before its last @, or in its query.

        When in doubt it is true.
        """
        rest = (self.url or "").partition("://")[2]
        return ":" in rest.rpartition("@")[0] or "password" in rest.partition("?")[2].lower()


def data_dir() -> Path:
    """The shipped data: in the package when installed, at the root of a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def resolve_location(chosen: str | None = None) -> Location:
    """Where the diary is: `chosen` (--diary), else CALMTRACK_DATABASE_URL, else in `home()`.

    Creates nothing. Raises RuntimeError for a `~` without a home folder.
    """
    named = chosen or os.environ.get("CALMTRACK_DATABASE_URL")
    if not named:
        return Location(home() / DIARY_FILE)
    if "://" not in named:
        return Location(Path(named).expanduser().absolute())
    if named.startswith("sqlite:///"):
        return Location(Path(named.removeprefix("sqlite:///")).expanduser().absolute())
    return Location(None, named)


def home() -> Path:
    """CALMTRACK_HOME, or the system's folder for a user's data."""
    chosen = os.environ.get("CALMTRACK_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("calmtrack", appauthor=False)


def settings_path() -> Path:
    """The settings file: in CALMTRACK_HOME, or in the system's folder for a user's settings."""
    if os.environ.get("CALMTRACK_HOME"):
        return home() / SETTINGS_FILE
    from platformdirs import user_config_path

    return user_config_path("calmtrack", appauthor=False) / SETTINGS_FILE
