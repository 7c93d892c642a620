"""Settings of this machine, in a small TOML file that people may edit.

Settings that change what days and weeks mean are stored in the diary instead, and travel with it.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import CalmtrackError, InputError
from tracker.files import atomic_write, no_home_error, os_reason, private_folder, refuse_special
from tracker.i18n.messages import AUTO, _, languages
from tracker.location import NoHomeFolder, settings_path

THEMES = (
    *("night", "day", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte"),
    *("catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai"),
    *("nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark"),
    *("solarized-light", "textual-dark", "textual-light", "tokyo-night"),
)
"""Our own two, then Textual's."""

BOOLEAN_KEYS = ("quiet", "animations", "prompts", "low_on_this_day")

_TEMPLATE = """\
# Settings of calmtrack on this computer. Lines that start with # are comments.

# Colours: night, day, or one of Textual's themes.
# theme = "night"

# true hides scores when someone else can see your screen.
# quiet = false

# Language: {languages}, or auto for the system default.
# language = "auto"

# false turns motion off. The breathing exercise then shows words and a count.
# animations = true

# false turns off the question above a note.
# prompts = true

# true includes low evenings (calm 0 to 3) when calmtrack shows what you wrote on this day.
# low_on_this_day = false

# Where the diary is stored, if not in the default location. Without a folder: beside this file.
# diary = "~/diary.db"
"""


class Settings(NamedTuple):
    """The settings; each field is a key of the file."""

    theme: str = "night"
    """One of THEMES."""
    quiet: bool = False
    """Whether calm scores are hidden, for a screen that others can see."""
    animations: bool = True
    """Whether anything may move."""
    prompts: bool = True
    """Whether a question stands above a note."""
    low_on_this_day: bool = False
    """Whether earlier evenings of this day include low ones."""
    diary: str = ""
    """The path or URL of the diary; empty for the default location."""
    language: str = AUTO
    """One of `language_choices()`."""


class LoadedSettings(NamedTuple):
    """The settings, and a sentence for each value in the file that can't be used."""

    settings: Settings
    problems: tuple[str, ...] = ()
    hides_diary: bool = False
    """Whether the file sets `diary` to something that can't be read: then the default location is
    not where the person's diary is."""


class SettingChange:
    """A change of a setting in the file on this computer."""

    def __init__(self, key: str, before: str | bool) -> None:
        self.key = key
        self.before = before
        """The value that it had."""
        self.after_step: tuple[str, int] | None = None
        """The time and the number of the newest step in the diary's undo log then; None until it is
        read."""

    def is_after(self, step: tuple[str, int]) -> bool:
        """Whether the setting was changed after a step of the diary, which another one can have
        followed since and been undone. A step can reuse the number of one that was undone."""
        return self.after_step is not None and step <= self.after_step


_IN_THE_DIARY = frozenset({"day_turns_at", "week_starts_on"})
"""Settings that `calmtrack config` changes, too, but not in the file."""

ENCODING = "utf-8-sig"
"""The encoding in which the file is read: Notepad and PowerShell write a byte order mark."""


class StoredChange:
    """A change of a setting in the diary."""

    number = 0
    """The number of its step in the diary's undo log; 0 until it is read."""


RecordChange = Callable[[SettingChange], Callable[[], None]]
"""Adds a change to the history; the result takes it back."""


class SettingHistory:
    """The undo and redo stacks of the Settings screen: changes since the app was opened, newest
    last.

    The settings file has no undo log. Changes in the diary, which has one, are listed here too, so
    that the newest change of either is undone first.
    """

    def __init__(self) -> None:
        self.done: list[SettingChange | StoredChange] = []
        self.undone: list[SettingChange | StoredChange] = []
        self.named: SettingChange | None = None
        """The change that was named last in place of an undo. Belongs to the diary's thread."""

    @property
    def newest_in_file(self) -> SettingChange | None:
        """The newest change of a setting that isn't in the diary."""
        in_file = [one for one in self.done if isinstance(one, SettingChange)]
        return in_file[-1] if in_file else None

    def drop(self, before: Settings, now: Settings) -> None:
        """Drops the changes of settings that another program has changed since: undo would take
        back that change with them."""
        pairs = zip(Settings._fields, before, now, strict=True)
        keys = [key for key, was, is_now in pairs if was != is_now]
        for changes in (self.done, self.undone):
            changes[:] = [
                one for one in changes if isinstance(one, StoredChange) or one.key not in keys
            ]

    def record(self, change: SettingChange | StoredChange) -> Callable[[], None]:
        """Adds a new change, which ends redo. Calling the result, where the change could not be
        saved, restores both."""
        undone = tuple(self.undone)
        self.done.append(change)
        self.undone.clear()

        def take_back() -> None:
            _remove(change, self.done)
            self.undone[:0] = undone

        return take_back


def move_change(
    source: list[SettingChange | StoredChange],
    target: list[SettingChange | StoredChange],
    opposite: SettingChange,
) -> Callable[[], None]:
    """Replaces the newest change in `source`, which is undone or redone, by its opposite in
    `target`. Calling the result, where the opposite could not be saved, moves it back."""
    change = source.pop()
    target.append(opposite)

    def take_back() -> None:
        _remove(opposite, target)
        source.append(change)

    return take_back


def _remove(
    change: SettingChange | StoredChange, changes: list[SettingChange | StoredChange]
) -> None:
    """Removes a change."""
    changes[:] = [one for one in changes if one is not change]


DEFAULTS = LoadedSettings(Settings())


def language_choices() -> tuple[str, ...]:
    """The values that `language` can have."""
    return (AUTO, *languages())


def with_setting(settings: Settings, key: str, value: str | bool) -> Settings:
    """The settings with one of them changed."""
    changed: dict[str, Any] = {key: value}
    return settings._replace(**changed)


def read_settings() -> LoadedSettings:
    """Reads the settings file. A missing or invalid value becomes its default, and so does every
    value where the file can't be read or there is no home folder."""
    try:
        path = settings_path()
    except NoHomeFolder:
        return DEFAULTS
    try:
        refuse_special(path)
        text = path.read_text(ENCODING)
    except InputError as error:
        return LoadedSettings(Settings(), (str(error),))
    except (FileNotFoundError, NotADirectoryError):
        return DEFAULTS
    except (OSError, UnicodeDecodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else _("not UTF-8 text")
        text = error.object.decode("latin-1") if isinstance(error, UnicodeDecodeError) else ""
        problem = _("Couldn't read the settings in {path} ({reason}). Using the defaults.")
        return _unreadable(problem.format(path=path, reason=reason), text)
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = at[1] if at else len(text.splitlines())
        problem = _(
            "Line {line} of {path} isn't valid TOML. Using the default settings until it's fixed."
        )
        return _unreadable(problem.format(path=path, line=line), text)
    return _validate(values, text, path)


def write_setting(key: str, value: str | bool) -> None:
    """Changes one setting in the file, keeping its comments and its other lines.

    Raises InputError for an invalid value or a file that isn't TOML, CalmtrackError for what the
    file system refuses; the file is then as it was.
    """
    if not _is_valid(key, value):
        raise InputError(
            _('{key} can\'t be "{value}". It can be {choices}.').format(
                key=key, value=value, choices=_choices(key)
            )
        )
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        path = settings_path()
    except NoHomeFolder as error:
        raise no_home_error(error) from error
    refuse_special(path)
    try:
        document = tomlkit.parse(path.read_text(ENCODING) if path.exists() else _template())
        document[key] = value
        private_folder(path.parent)
        with atomic_write(path) as file:
            file.write(tomlkit.dumps(document).encode())
    except UnicodeEncodeError as error:
        raise InputError(
            _(
                "The value of {key} contains characters that aren't text. Remove them and try "
                "again."
            ).format(key=key)
        ) from error
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise InputError(
            _(
                "The settings in {path} aren't valid TOML. Nothing was changed. Fix the "
                "file, then try again."
            ).format(path=path)
        ) from error
    except OSError as error:
        raise CalmtrackError(
            _("Couldn't save the settings in {path}: {reason}. Nothing was changed.").format(
                path=path, reason=os_reason(error)
            )
        ) from error


def _template() -> str:
    return _TEMPLATE.format(languages=", ".join(languages()))


def _named_choices(key: str) -> tuple[str, ...]:
    """All values of a setting that has a name for each; empty for the others."""
    return {"theme": THEMES, "language": language_choices()}.get(key, ())


def _choices(key: str) -> str:
    """The valid values of a setting, in words."""
    if choices := _named_choices(key):
        return ", ".join(choices)
    return _("true or false") if key in BOOLEAN_KEYS else _("a path")


def _validate(values: Mapping[str, Any], text: str, path: Path) -> LoadedSettings:
    settings, problems = Settings(), []
    for key, value in values.items():
        at = {"path": path, "line": _line_of(key, text), "key": key}
        if key in _IN_THE_DIARY:
            problems.append(
                _(
                    "Line {line} of {path}: {key} is stored in the diary, so it was ignored here. "
                    'Change it with "calmtrack config {key} VALUE".'
                ).format(**at)
            )
        elif key not in Settings._fields:
            problems.append(
                _(
                    'Line {line} of {path}: there\'s no setting called "{key}". It was ignored.'
                ).format(**at)
            )
        elif not _is_valid(key, value):
            problems.append(
                _(
                    'Line {line} of {path}: {key} can\'t be "{value}". Using the default. '
                    "It can be {choices}."
                ).format(value=value, choices=_choices(key), **at)
            )
        else:
            absolute = _absolute_diary(value, path.parent) if key == "diary" else value
            settings = with_setting(settings, key, absolute)
    hides_diary = not _is_valid("diary", values.get("diary", ""))
    return LoadedSettings(settings, tuple(problems), hides_diary)


def _unreadable(problem: str, text: str) -> LoadedSettings:
    """The defaults for a file that isn't valid TOML; a line of it can still set `diary`."""
    # Of UTF-16 every other byte is 0 where the characters are ASCII.
    text = text.replace("\0", "")
    line = re.search(r"""^[\sÿþ\ufeff"']*diary["']?\s*=""", text, re.MULTILINE)
    return LoadedSettings(Settings(), (problem,), line is not None)


def _absolute_diary(value: str, folder: Path) -> str:
    """The diary's path, a relative one resolved against the folder of the settings file, so that
    it doesn't depend on the working directory. The default, a URL, `~` and an absolute path stay
    as they are."""
    scheme = "sqlite:///" if value.startswith("sqlite:///") else ""
    name = value.removeprefix(scheme)
    if not name or "://" in name or name.startswith("~") or Path(name).is_absolute():
        return value
    return f"{scheme}{folder.absolute() / name}"


def _is_valid(key: str, value: object) -> bool:
    if choices := _named_choices(key):
        return value in choices
    return isinstance(value, bool) if key in BOOLEAN_KEYS else isinstance(value, str)


def _line_of(key: str, text: str) -> int:
    """The line on which a key is set, from 1; 1 when it isn't found."""
    setting = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]|\s*\[+\s*{re.escape(key)}\b""")
    for number, line in enumerate(text.splitlines(), start=1):
        if setting.match(line):
            return number
    return 1
