"""`calmtrack config` shows and changes the settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location


def test_all_settings_with_their_files(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "home" / "config.toml"
    monkeypatch.setenv("COLUMNS", f"{len(str(file)) + 1}")
    lines = type_in.ok("config").lines
    assert [line.split()[:2] for line in lines[:4]] == [
        ["day_turns_at", "04:00"],
        ["week_starts_on", "monday"],
        ["theme", "night"],
        ["quiet", "false"],
    ]
    ending = f"The first two are stored in the diary, the others in {file}."
    assert " ".join(lines).endswith(ending)
    assert json.loads(type_in.ok("config", "--json").out)["quiet"] is False
    assert not (tmp_path / "home").exists()


def test_all_settings_as_plain_text(type_in: CommandLine, tmp_path: Path) -> None:
    lines = type_in.ok("config", "--plain").lines
    assert lines[0] == "day_turns_at is 04:00, stored in the diary."
    file = tmp_path / "home" / "config.toml"
    assert lines[4] == f"animations is true, stored in {file}."
    assert lines[7] == f"language is auto, stored in {file}."
    assert lines[8] == f"diary is default location, stored in {file}."


@pytest.mark.parametrize(
    ("key", "typed", "then"),
    [
        ("day_turns_at", "3", "03:00"),
        ("day_turns_at", "0:30", "00:30"),
        ("day_turns_at", "12:00", "12:00"),
        ("week_starts_on", "sun", "sunday"),
        ("week_starts_on", "Saturday", "saturday"),
        ("theme", "day", "day"),
        ("quiet", "true", "true"),
        ("language", "en", "en"),
        ("animations", "False", "false"),
        *(("quiet", word, "true") for word in ("yes", "ON", "1", " y ")),
        *(("prompts", word, "false") for word in ("no", "Off", "0")),
        ("diary", "/tmp/elsewhere.db", "/tmp/elsewhere.db"),
    ],
)
def test_a_setting_is_changed_and_saved(
    type_in: CommandLine, key: str, typed: str, then: str
) -> None:
    assert type_in.ok("config", key, typed).lines[0].startswith(f"{key} is now {then}.")
    assert type_in.ok("config", key).out == f"{then}\n"
    value: object = {"true": True, "false": False}.get(then, then)
    assert json.loads(type_in.ok("config", key, "--json").out) == {key: value}


def test_a_setting_that_is_set_to_what_it_was_says_so(type_in: CommandLine) -> None:
    changed = type_in.ok("config", "week-starts-on", "sunday").out
    assert changed == "week_starts_on is now sunday. It was monday.\n"
    again = type_in.ok("config", "week_starts_on", "sunday").out
    assert again == "week_starts_on is already sunday.\n"
    type_in.ok("undo")
    assert type_in("undo").out == "Nothing to undo.\n"


def test_a_setting_is_turned_on_and_off_in_the_words_of_the_language(type_in: CommandLine) -> None:
    for language, on, off in (("de", "an", "aus"), ("de", "ja", "nein"), ("es", "si", "no")):
        set_language(language)
        assert "true" in type_in.ok("config", "quiet", on).out
        assert "false" in type_in.ok("config", "quiet", off).out


def test_the_start_of_a_day_is_typed_as_it_is_said(type_in: CommandLine) -> None:
    set_language("de")
    for typed, then in (("3 Uhr", "03:00"), ("3:30 Uhr", "03:30")):
        changed = type_in.ok("config", "day_turns_at", typed).lines[0]
        assert changed.startswith(f"day_turns_at ist jetzt {then}. Vorher: ")
    assert type_in("config", "day_turns_at", "13 Uhr").err == (
        "Ein neuer Tag kann zwischen 00:00 und 12:00 Uhr beginnen. Schreib die Zeit wie 04:00, "
        "nicht „13 Uhr“.\n"
    )


@pytest.mark.parametrize(
    ("typed", "then"),
    [("Español", "es"), ("deutsch", "de"), ("EN", "en"), ("Wie im System", "auto")],
)
def test_a_language_is_chosen_by_its_own_name(type_in: CommandLine, typed: str, then: str) -> None:
    set_language("de")
    assert type_in.ok("config", "language", typed).out
    assert type_in.ok("config", "language").out == f"{then}\n"


@pytest.mark.parametrize("typed", ["Tag", "tag (hell)", "day"])
def test_a_theme_is_chosen_by_the_name_that_settings_show(type_in: CommandLine, typed: str) -> None:
    set_language("de")
    assert "day" in type_in.ok("config", "theme", typed).out


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        (
            "day_turns_at",
            "12:01",
            'A new day can start between 00:00 and 12:00. Use a time like 04:00, not "12:01".',
        ),
        (
            "day_turns_at",
            "4 o'clock",
            'A new day can start between 00:00 and 12:00. Use a time like 04:00, not "4 o\'clock".',
        ),
        ("day_turns_at", "99:99", "A new day can start"),
        ("week_starts_on", "fo", 'I don\'t recognise the weekday "fo". Use monday to sunday.'),
        ("theme", "sunset", 'theme can\'t be "sunset". It can be night, day,'),
        ("quiet", "perhaps", 'quiet can\'t be "perhaps". It can be true or false.'),
        ("animations", "none", 'animations can\'t be "none". It can be true or false.'),
        ("colour", "blue", 'No setting called "colour". The settings are day_turns_at,'),
    ],
)
def test_an_invalid_value_is_reported_and_changes_nothing(
    type_in: CommandLine, tmp_path: Path, key: str, typed: str, sentence: str
) -> None:
    answer = type_in("config", key, typed)
    assert answer.code == 2
    assert answer.err.startswith(sentence)
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_a_change_in_the_diary_can_be_undone(type_in: CommandLine) -> None:
    type_in.ok("config", "week_starts_on", "sunday")
    assert (
        'the setting "A week starts on". It was Sunday; now it\'s Monday.' in type_in.ok("undo").out
    )
    assert type_in.ok("config", "week_starts_on").out == "monday\n"


def test_when_a_day_turns_decides_which_day_it_is(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:30:00+01:00")
    assert type_in.ok("today").lines[0] == "Tuesday 24 November 2026"
    type_in.ok("config", "day_turns_at", "0")
    assert type_in.ok("today").lines[0] == "Wednesday 25 November 2026"


def test_weeks_start_on_the_chosen_day(type_in: CommandLine, three_weeks: Diary) -> None:
    type_in.ok("config", "week_starts_on", "sunday")
    assert type_in.ok("week").lines[0].startswith("Sunday 22 November")
    assert three_weeks.outdated_streak_caches() == []


def test_the_status_of_a_quiet_screen_has_no_score(type_in: CommandLine) -> None:
    type_in.ok("calm", "7")
    assert "calm 7" in type_in.ok("status").out
    type_in.ok("config", "quiet", "true")
    assert "7" not in type_in.ok("status").out


def test_the_location_of_the_diary_can_be_set(type_in: CommandLine, tmp_path: Path) -> None:
    type_in.ok("config", "diary", str(tmp_path / "elsewhere" / "mine.db"))
    type_in.ok("calm", "8")
    assert Diary(Location(tmp_path / "elsewhere" / "mine.db")).day().calm is not None
    assert not (tmp_path / "home" / "diary.db").exists()
    other = tmp_path / "other.db"
    assert type_in("--diary", str(other), "where").lines[0] == str(other)


def test_only_settings_for_the_next_start_say_so(type_in: CommandLine) -> None:
    changed = type_in.ok("config", "language", "en").lines
    assert changed[1] == "If calmtrack is open now, it uses this from its next start."
    assert len(type_in.ok("config", "theme", "day").lines) == 1


def test_a_setting_that_undo_does_not_know_says_how_to_go_back(type_in: CommandLine) -> None:
    assert type_in.ok("config", "theme", "day").out == (
        'theme is now day. It was night. To go back, run "calmtrack config theme night".\n'
    )
    assert type_in.ok("config", "theme", "night").out.startswith("theme is now night.")
    assert type_in.ok("config", "week_starts_on", "sunday").out == (
        "week_starts_on is now sunday. It was monday.\n"
    )
    assert "It was Sunday; now it's Monday." in type_in.ok("undo").out


@pytest.mark.parametrize("word", ["default", "Default location"])
def test_the_diary_is_at_its_default_location_again(
    type_in: CommandLine, tmp_path: Path, word: str
) -> None:
    type_in.ok("calm", "8")
    home = type_in.ok("where").lines[0]
    type_in.ok("config", "diary", str(tmp_path / "mine.db"))
    assert "calmtrack config diary default" in type_in("config", "diary", "").err
    assert type_in.ok("config", "diary", word).out == (
        f"The diary is now at the default location, {home}.\n"
        "If calmtrack is open now, it uses this from its next start.\n"
    )
    assert type_in.ok("config", "diary").out == "default location\n"
    assert type_in.ok("today", "--plain").lines[1].startswith("Calm")


def test_with_an_unreadable_location_nothing_is_written_elsewhere(
    type_in: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "home" / "config.toml"
    file.parent.mkdir(mode=0o700)
    file.write_text("diary = ~/other.db\n")
    for words in (("log", "hug"), ("today",), ("status",), ("export",), ()):
        answer = type_in(*words)
        assert (answer.code, answer.out) == (2, "")
        assert f"Couldn't read where your diary is in {file}" in answer.err
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]
    type_in.ok("--diary", str(tmp_path / "named.db"), "status")


@pytest.mark.parametrize("typed", ["mine.db", "./mine.db", "sqlite:///mine.db"])
def test_the_diary_is_the_same_in_every_folder(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.db"
    assert type_in.ok("config", "diary", typed).lines == [
        f"diary is now {path}.",
        "There's no diary at this location yet. It's created when you first log something.",
        "If calmtrack is open now, it uses this from its next start.",
    ]
    (tmp_path / "another").mkdir()
    monkeypatch.chdir(tmp_path / "another")
    assert type_in.ok("where").lines[0] == str(path)


def test_an_invalid_setting_is_reported_on_standard_error(
    type_in: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "config.toml").write_text("theme = 7\n")
    answer = type_in("week")
    assert answer.code == 0
    assert answer.err.startswith("Line 1 of ")
    assert "This week isn't over yet." in answer.out
    assert type_in("status").err == ""


def test_a_password_in_the_diarys_address_is_never_shown(type_in: CommandLine) -> None:
    output = type_in.ok("config", "diary", "postgresql://me:geheim@db.example.org/diary").lines
    assert output[0] == "diary is now postgresql://me@db.example.org/diary."


@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
def test_a_relative_location_is_relative_to_the_settings(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    settings = tmp_path / "home" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(f'diary = "{prefix}mine/2026.db"\n')
    mine = str(tmp_path / "home" / "mine" / "2026.db")
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        assert type_in.ok("where").lines[0] == mine
    assert type_in.ok("config", "diary").out == f"{mine}\n"
