"""Paths: where the diary, the settings and the shipped data are."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DIARY_FILE = "diary.db"
SETTINGS_FILE = "config.toml"
ERROR_LOG = "errors.log"
"""The file beside the settings with the tracebacks of unexpected errors."""

_LOGIN = r"([^:/@?]*)(?::[^/]*?)?@"
"""The login of a URL after its scheme: the user name (group 1), a password, and the @."""

_URL = r"\w+://[^\s'\"]+"


class NoHomeFolder(RuntimeError):
    """The home folder of a path is unknown: `text` is the path, None for the default location."""

    def __init__(self, text: str | None) -> None:
        super().__init__(text)
        self.text = text


class Location(NamedTuple):
    """Where a diary is stored: an SQLite file, or a database server reached by URL."""

    path: Path | None
    """The SQLite file; None for a server."""
    url: str | None = None
    """The database URL, password included: show `label` instead."""
    is_demo: bool = False
    """Whether it is the demo's diary, which the screens point out."""

    def __repr__(self) -> str:
        """Without the password, as a traceback or a log could show it."""
        return f"Location({self.label!r})"

    @property
    def file(self) -> Path:
        """The path of a diary that is known to be a file."""
        assert self.path is not None
        return self.path

    @property
    def label(self) -> str:
        """The path, or the URL without its password and its query (which may contain one)."""
        if self.url is None:
            return str(self.path)
        scheme, _, rest = self.url.partition("://")
        login = re.match(_LOGIN, rest)
        server = rest[login.end() if login else 0 :].partition("?")[0].rpartition("@")[2]
        return f"{scheme}://{login[1]}@{server}" if login else f"{scheme}://{server}"

    @property
    def short_label(self) -> str:
        """The label, with `~` for the home folder."""
        return short_path(self.file) if self.url is None else self.label

    @property
    def holds_password(self) -> bool:
        """Whether the URL may contain a password: before its last @, or in its query.

        When in doubt it is true.
        """
        rest = (self.url or "").partition("://")[2]
        return ":" in rest.rpartition("@")[0] or "password" in rest.partition("?")[2].lower()


def without_passwords(text: str) -> str:
    """The text, with each URL in it as `Location.label` shows it."""
    return re.sub(_URL, lambda url: Location(None, url[0]).label, text)


def data_dir() -> Path:
    """The shipped data: in the package when installed, at the root of a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


def resolve_location(chosen: str | None = None) -> Location:
    """Where the diary is: `chosen` (--diary), else CALMTRACK_DATABASE_URL, else in `home()`.

    A symbolic link is followed here, once: backups are beside the file itself, and repairing or
    erasing it must not replace or remove the link. Creates nothing. Raises NoHomeFolder.
    """
    location = _named_location(chosen)
    return location if location.path is None else Location(_without_link(location.path))


def _named_location(chosen: str | None) -> Location:
    named = chosen or os.environ.get("CALMTRACK_DATABASE_URL")
    if not named:
        return Location(home() / DIARY_FILE)
    if "://" not in named:
        return Location(expand(named))
    if named.startswith("sqlite:///"):
        return Location(expand(named.removeprefix("sqlite:///")))
    return Location(None, named)


def _without_link(path: Path) -> Path:
    """The file that a symbolic link leads to; links of folders stay, as they were typed."""
    try:
        if not path.is_symlink():
            return path
        target = path.resolve()
        # The link of a pipe in /dev/fd leads to a path at which there is nothing.
        return path if path.exists() and not target.exists() else target
    except (OSError, RuntimeError):
        # The links form a cycle: opening the path reports it.
        return path


def home() -> Path:
    """CALMTRACK_HOME, or the system's folder for a user's data. Raises NoHomeFolder."""
    chosen = os.environ.get("CALMTRACK_HOME")
    if chosen:
        return expand(chosen)
    from platformdirs import user_data_path

    return _default(user_data_path)


def settings_path() -> Path:
    """The settings file: in CALMTRACK_HOME, or in the system's folder for a user's settings.

    Raises NoHomeFolder.
    """
    if os.environ.get("CALMTRACK_HOME"):
        return home() / SETTINGS_FILE
    from platformdirs import user_config_path

    return _default(user_config_path) / SETTINGS_FILE


def short_path(path: Path) -> str:
    """A path as it is shown, with `~` for the home folder."""
    text = str(path)
    try:
        home_folder = f"{expand('~')}{os.sep}"
    except NoHomeFolder:
        return text
    is_inside = text.startswith(home_folder)
    return f"~{os.sep}{text.removeprefix(home_folder)}" if is_inside else text


def expand(text: str) -> Path:
    """The absolute path, `~` expanded. Raises NoHomeFolder."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise NoHomeFolder(None if text == "~" else text) from error


def _default(folder_of: Callable[..., Path]) -> Path:
    """A folder of the platform for calmtrack. Without HOME and without an entry in the user
    database platformdirs raises RuntimeError, or returns a relative path."""
    try:
        folder = folder_of("calmtrack", appauthor=False)
    except RuntimeError as error:
        raise NoHomeFolder(None) from error
    if not folder.is_absolute():
        raise NoHomeFolder(None)
    return folder
