"""The settings file: a person can edit it, and an invalid one never prevents a start."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from tracker.errors import InputError
from tracker.location import settings_path
from tracker.settings import (
    THEMES,
    LoadedSettings,
    SettingChange,
    SettingHistory,
    Settings,
    move_change,
    read_settings,
    write_setting,
)
from tracker.tui.theme import OURS


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for calmtrack."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write_config(text: str) -> Path:
    """Writes the settings file and returns its path."""
    path = settings_path()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_apply_and_no_file_is_created(home: Path) -> None:
    assert read_settings() == LoadedSettings(Settings())
    assert not home.exists()


def test_values_are_read_from_the_file() -> None:
    write_config('theme = "day"\nquiet = true\ndiary = "~/mine.db"\n')
    assert read_settings() == LoadedSettings(Settings("day", quiet=True, diary="~/mine.db"))


def test_an_invalid_value_is_reported_with_its_line_and_the_default_is_used(
    subtests: pytest.Subtests,
) -> None:
    cases: list[tuple[str, int, str]] = [
        ('# mine\n\ntheme = "sunset"\n', 3, "theme"),
        ('theme = "day"\nquiet = "yes"\n', 2, "quiet"),
        ("quiet = 1", 1, "quiet"),
        ('animations = "none"', 1, "animations"),
        ("\n\n'diary' = 7", 3, "diary"),
        ("theme.dark = true", 1, "theme"),
        ('quiet = false\n[theme]\nname = "day"\n', 2, "theme"),
    ]
    for text, line, key in cases:
        with subtests.test(text=text, line=line, key=key):
            write_config(text)
            read = read_settings()
            (complaint,) = read.problems
            assert complaint.startswith(f"Line {line} of ")
            assert f"{key} can't be" in complaint
            assert getattr(read.settings, key) == getattr(Settings(), key)


def test_an_invalid_setting_leaves_the_others_in_effect() -> None:
    write_config('quiet = true\ntheme = "sunset"\n')
    assert read_settings().settings == Settings(quiet=True)


def test_an_unknown_setting_is_reported_and_preserved() -> None:
    path = write_config('colour = "blue"\n')
    assert 'no setting called "colour"' in read_settings().problems[0]
    write_config('week_starts_on = "sunday"\n')
    assert '"calmtrack config week_starts_on VALUE"' in read_settings().problems[0]
    write_config('colour = "blue"\n')
    write_setting("quiet", True)
    assert 'colour = "blue"' in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["theme = \n", "quiet = true\nthis is no TOML\n", "a = [1,\n"])
def test_invalid_toml_is_reported_with_its_line_and_never_overwritten(text: str) -> None:
    path = write_config(text)
    read = read_settings()
    assert read.settings == Settings()
    assert "Line " in read.problems[0]
    with pytest.raises(InputError, match="Fix the file"):
        write_setting("quiet", True)
    assert path.read_text("utf-8") == text


def test_a_broken_file_that_may_name_a_diary_is_detected() -> None:
    for text in ("diary = ~/x.db\n", 'theme = \n"diary"="x.db"\n', "diary = 5\n"):
        write_config(text)
        assert read_settings().hides_diary, text
    encoded = (
        'diary = "x.db"\n'.encode("utf-16"),
        'diary = "x.db"\n'.encode("utf-16-le"),
        b"\xef\xbb\xbf" + 'diary = "Läufe.db"\n'.encode("latin-1"),
        'diary = "x.db"\ntheme = \n'.encode("utf-8-sig"),
    )
    for written_as in encoded:
        write_config("").write_bytes(written_as)
        assert read_settings().hides_diary, written_as
    for text in ('# diary = "x.db"\ntheme = \n', "theme = 5\n", 'diary = "x.db"\n', ""):
        write_config(text)
        assert not read_settings().hides_diary, text


def test_a_byte_order_mark_is_ignored() -> None:
    path = write_config("")
    path.write_bytes(b'\xef\xbb\xbftheme = "day"\r\n')
    read = read_settings()
    assert (read.settings.theme, read.problems) == ("day", ())
    write_setting("quiet", True)
    assert read_settings().settings.theme == "day"


def test_a_file_that_is_not_utf_8_is_reported() -> None:
    path = write_config("")
    path.write_bytes(b'theme = "\xff"')
    assert "Couldn't read" in read_settings().problems[0]
    with pytest.raises(InputError):
        write_setting("quiet", True)


def test_a_new_file_has_explaining_comments_and_is_private(home: Path) -> None:
    write_setting("theme", "day")
    path = home / "config.toml"
    text = path.read_text("utf-8")
    assert "true hides scores" in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_settings() == LoadedSettings(Settings(theme="day"))
    assert list(home.iterdir()) == [path]


def test_changing_a_setting_preserves_comments_and_order() -> None:
    path = write_config(
        '# evenings only\ntheme = "nord"  # cold\n\n# for the train\nquiet = true\n'
    )
    write_setting("theme", "day")
    assert path.read_text("utf-8") == (
        '# evenings only\ntheme = "day"  # cold\n\n# for the train\nquiet = true\n'
    )


@pytest.mark.parametrize(("key", "value"), [("theme", "sunset"), ("quiet", "yes"), ("diary", True)])
def test_saving_an_invalid_value_raises_an_error(home: Path, key: str, value: str | bool) -> None:
    with pytest.raises(InputError, match=f"{key} can't be"):
        write_setting(key, value)
    assert not home.exists()


def test_every_theme_in_the_settings_exists() -> None:
    theirs = {name for name in BUILTIN_THEMES if not name.startswith("ansi-")}
    assert set(THEMES) == {*OURS, *theirs}


def test_without_calmtrack_home_the_settings_are_in_the_systems_config_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CALMTRACK_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert settings_path().is_relative_to(tmp_path)


def test_a_change_that_could_not_be_saved_leaves_the_history_as_it_was() -> None:
    first, second, refused = (SettingChange("quiet", before) for before in (False, True, False))
    history = SettingHistory()
    history.record(first)
    history.record(second)
    move_change(history.done, history.undone, first)
    assert (history.done, history.undone) == ([first], [first])
    history.record(refused)()
    assert (history.done, history.undone) == ([first], [first])
    move_change(history.done, history.undone, refused)()
    assert (history.done, history.undone) == ([first], [first])
