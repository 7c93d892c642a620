"""The command line in German: its messages, the words it accepts, and what is not translated."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.command_line import TODAY, CommandLine, Golden, Shell, on_evening
from tests.shared_file import built_once
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language
from tracker.location import Location

COMMANDS = {
    "today": ("today",),
    "today_plain": ("today", "--plain"),
    "week": ("week",),
    "week_plain": ("week", "--plain"),
    "streaks": ("streaks",),
    "month": ("month",),
    "year": ("year",),
    "explain": ("explain", "hug"),
    "insights": ("insights",),
    "trend": ("trend",),
    "practices": ("practices",),
    "people": ("people",),
    "about": ("about",),
}


@pytest.fixture
def german_weeks(german: None, location: Location, german_weeks_file: Path) -> Diary:
    """A diary with three weeks of entries, created in German."""
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700)
    shutil.copy(german_weeks_file, location.path)
    return Diary(location)


@pytest.fixture(scope="module")
def german_weeks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of that diary, built once per run."""
    set_language("de")
    return built_once(tmp_path_factory, "cli_drei_wochen.db", _log_three_weeks)


def _log_three_weeks(path: Path) -> None:
    for back in range(21, 0, -1):
        then = on_evening(Location(path), date.fromordinal(TODAY.toordinal() - back))
        if back not in (5, 12):
            then.rate((back * 3) % 5 + 4, note="Langer Tag." if back == 3 else None)
        if back not in (9, 16, 17, 18, 19):
            then.log("hug", amount=1 + back % 2)
        if back % 3 == 0:
            then.log("nature-walk", amount=10 if back == 3 else 30)
        if back % 6 == 0:
            then.log("gratitude", amount=2, note="@Anna hat angerufen")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_german_output_of_a_command(
    type_in: CommandLine, german_weeks: Diary, golden: Golden, name: str
) -> None:
    message = type_in.ok(*COMMANDS[name]).out
    golden(f"german/{name}.txt", message)
    assert all(len(line) <= 80 for line in message.splitlines()) or "plain" in name


def test_an_evening_by_the_command_line(type_in: CommandLine, german: None) -> None:
    assert type_in.ok("status").out == "der Abend ist noch offen\n"
    assert type_in.ok("nudge", "--print").out.startswith("Wie ruhig war es heute?")
    assert type_in.ok("log", "umarmung", "2").out == "Eingetragen: Umarmung, 2 Mal.\n"
    assert type_in.ok("log", "s", "--day", "gestern").out.startswith(
        "Eingetragen für Montag, 23. November: Spaziergang, 20 Minuten."
    )
    assert "Das war's für heute. Schlaf gut." in type_in.ok("calm", "7").out
    assert type_in.ok("status").out == "Ruhe 7 · 1 von 8\n"
    assert type_in.ok("nudge", "--print").out == ""
    output = type_in.ok("rest", "gespräch", "--from", "fr", "--to", "so").out
    assert (
        output
        == "Gespräch: 3 Ruhetage eingetragen, Freitag, 27. November bis Sonntag, 29. November.\n"
    )
    assert type_in.ok("undo").out == (
        "Rückgängig gemacht: Ruhetage, Freitag, 27. November bis Sonntag, 29. November. "
        "Gespräch: 3 Ruhetage sind weg.\n"
    )
    assert type_in.ok("config", "week_starts_on", "so").out == (
        "week_starts_on ist jetzt sunday. Vorher: monday.\n"
    )
    assert type_in.ok("where").lines[1] == "Heute begonnen."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("log", "hugg"), "Eine Gewohnheit „hugg“ gibt es nicht. Meinst du umarmung?"),
        (("calm", "11"), "Ruhe ist eine ganze Zahl von 0 bis 10, nicht 11."),
        (("log", "hug", "--day", "neulich"), "Das Datum „neulich“ kenne ich nicht. Versuch heute"),
        (("note", "ruh", "x"), "Eine Gewohnheit „ruh“ gibt es nicht. Meinst du calm?"),
        (("lgo",), "Einen Befehl „lgo“ gibt es nicht. Meinst du log?"),
        (("log", "hug", "200000"), "Die Menge für einen Tag kann höchstens 100.000 sein."),
        (("log", "hug", "--nope"), "Es gibt keine Option '--nope'."),
        (("clear",), "Es fehlt 'PRACTICE...|calm'."),
    ],
)
def test_errors_are_reported_in_german(
    type_in: CommandLine, german: None, typed: tuple[str, ...], sentence: str
) -> None:
    answer = type_in(*typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(sentence)


def test_an_example_has_a_word_of_the_list_in_german(type_in: CommandLine, german: None) -> None:
    assert type_in("log").err.endswith('"calmtrack log umarmung".\n')
    assert type_in("note", "See").err.endswith('"calmtrack note umarmung See".\n')
    archived = type_in.ok("practices", "archive", "safe-moment").out
    assert '"calmtrack practices restore geborgenheit"' in archived
    type_in.ok("practices", "restore", "geborgenheit")
    assert '"calmtrack coin lachen"' in type_in.ok("coin").out


def test_calm_may_be_typed_in_german(type_in: CommandLine, german: None) -> None:
    type_in.ok("calm", "7")
    assert type_in.ok("note", "ruhe", "am See").out == "Ruhe: Notiz gespeichert.\n"
    assert "Ruhe" in type_in.ok("year", "--of", "Ruhe").lines[0]
    assert type_in("log", "ruhe", "7").err.startswith("Ruhe ist keine Gewohnheit.")
    assert type_in.ok("clear", "ruhe").out.startswith("Geleert: Ruhe. Vorher: 7. Zurück geht es")
    assert type_in.ok("practices", "add", "Ruhe").out.endswith(
        'In Befehlen tippst du "ruhe" für Ruhe und "calm" dafür, wie ruhig du warst.\n'
    )
    assert type_in.ok("log", "ruhe").out.startswith("Eingetragen: Ruhe.")


def test_what_i_wrote_is_quoted_as_german_quotes_it(
    type_in: CommandLine, german: None, tmp_path: Path
) -> None:
    type_in.ok("rest", "hug", "--note", "Wochenende in Wien")
    answers = [
        type_in.ok("rest", "hug", "--note", "Wien").out,
        type_in.ok("undo").out,
        type_in.ok("rest", "hug", "--off").out,
        type_in.ok("practices", "edit", "hug", "--question", "Drücker?").out,
        type_in.ok("undo").out,
        type_in.ok("prompts", "add", "Was war neu?").out,
        type_in.ok("undo").out,
    ]
    file = tmp_path / "days.csv"
    file.write_text("day,calm,calm_note\n2026-11-20,5,See\n", "utf-8")
    type_in.ok("import", str(file))
    file.write_text("day,calm,calm_note\n2026-11-20,5,Meer\n", "utf-8")
    answers.append(type_in.ok("import", str(file), "--prefer", "file").out)
    for written in ("Wochenende in Wien", "Drücker?", "Was war neu?", "See", "Meer"):
        assert f"„{written}“" in "".join(answers)
    for answer in answers:
        assert '"' not in re.sub('"calmtrack [^"]*"', "", answer)


@pytest.mark.parametrize("word", ["Ruhe", "ruhe", "calm", "Calm"])
def test_a_column_becomes_calm_by_the_german_word_too(
    type_in: CommandLine, german: None, tmp_path: Path, word: str
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Datum;Wie es war\n01.11.2026;4\n", encoding="utf-8")
    mapping = ("--map", f"Wie es war={word}", "--scale", "5")
    lines = type_in.ok("import", str(table), *mapping, "--dry-run").lines
    assert lines[0].startswith("Ruhe: 1 Abend, 1. November 2026.")


def test_yes_may_be_typed_in_german(type_in: CommandLine, german_weeks: Diary) -> None:
    left = type_in("forget", "2026-11-20", stdin=b"nein\n")
    assert left.code == 1
    assert "Nichts wurde geändert." in left.err
    assert "ist gelöscht (" in type_in.ok("forget", "2026-11-20", stdin=b"Ja\n").out


def test_what_the_operating_system_refuses_is_said_in_german(
    type_in: CommandLine, german_weeks: Diary, tmp_path: Path
) -> None:
    for path, reason in (
        (tmp_path / "nicht" / "da.csv", "Datei oder Ordner nicht gefunden"),
        (tmp_path, "Das ist ein Ordner"),
    ):
        answer = type_in("export", "-o", str(path), "--force")
        assert answer.err == (
            f"{path} ließ sich nicht schreiben: {reason}. Dort wurde nichts geändert.\n"
        )
    answer = type_in("backup", str(tmp_path / "nicht" / "da.db"))
    assert "Datei oder Ordner nicht gefunden" in answer.err


def test_machine_readable_output_is_the_same_in_every_language(
    type_in: CommandLine, german_weeks: Diary, tmp_path: Path
) -> None:
    today = json.loads(type_in.ok("today", "--json").out)
    assert [*today] == ["day", "calm", "calm_note", "checked_in", "practices", "coin"]
    assert {row["unit"] for row in today["practices"]} == {"yes/no", "times", "minutes"}
    assert {row["state"] for row in today["practices"]} == {"pending"}
    assert today["practices"][0]["id"] == "hug"
    type_in.ok("export", "-o", str(tmp_path / "a.csv"))
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8").splitlines()))
    assert list(rows[0]) == (
        ["day", "kind", "practice", "name", "unit", "amount", "state", "note", "logged_at"]
    )
    assert {row["state"] for row in rows} == {"logged"}
    type_in.ok("export", "--layout", "days", "-o", str(tmp_path / "b.csv"))
    days = list(csv.DictReader((tmp_path / "b.csv").read_text("utf-8").splitlines()))
    assert days[0]["weekday"] in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
                                  "Saturday", "Sunday")  # fmt: skip
    assert "nichts Neues" in type_in.ok("import", str(tmp_path / "a.csv")).out


def test_stored_names_do_not_change_with_the_language(
    type_in: CommandLine, three_weeks: Diary, german: None
) -> None:
    message = type_in.ok("today").out
    assert "h  Hug" in message
    assert "Umarmung" not in message
    assert type_in.ok("practices", "add", "Boden spüren").out.startswith(
        "Boden spüren (bare-feet) ist jetzt dabei."
    )
    assert type_in("practices", "add", "Hug").code == 2


@pytest.mark.thorough
def test_german_is_used_for_a_german_lang_without_its_locale(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The locale that LANG names need not be installed."""
    monkeypatch.delenv("LC_ALL")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert shell("log", "umarmung").stdout.decode() == "Eingetragen: Umarmung, 1 Mal.\n"
    assert shell("calm", "6").stdout.decode().startswith("Ruhe: 6 von 10.")
    assert shell("status").stdout.decode() == "Ruhe 6 · 1 von 8\n"
    assert shell("config", "language", "en").stdout.decode().startswith("language is now en. ")
    assert shell("status").stdout.decode() == "calm 6 · 1 of 8\n"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert shell("config", "language", "de").returncode == 0
    assert shell("today").stdout.decode().startswith("Dienstag, 24. November 2026")
    assert "Umarmung" in shell("today").stdout.decode()


def test_a_wrong_language_is_rejected(type_in: CommandLine) -> None:
    answer = type_in("config", "language", "klingon")
    assert answer.code == 2
    assert re.search('language can\'t be "klingon". It can be auto, en, de', answer.err)


@pytest.mark.parametrize("command", ["", "log", "practices", "coin"])
def test_help_is_in_german(
    type_in: CommandLine, german: None, golden: Golden, command: str
) -> None:
    message = type_in.ok(*command.split(), "--help").out
    golden(f"german/help_{command or 'calmtrack'}.txt", message)
    assert all(len(line) <= 80 for line in message.splitlines())


def test_days_are_completed_in_both_languages(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("_CALMTRACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "calmtrack log hug --day ")
    monkeypatch.setenv("COMP_CWORD", "4")
    message = shell().stdout.decode()
    assert "gestern" in message
    assert "yesterday" in message
    assert "montag" in message


def test_a_german_export_replaces_the_practices_of_an_empty_english_diary(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "all.json"
    type_in.ok("export", "--format", "json", "-o", str(whole))
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "new"))
    type_in.ok("log", "joy")
    type_in.ok("undo")
    set_language("de")
    try:
        type_in.ok("import", str(whole))
    finally:
        set_language("auto")
    again = tmp_path / "again.json"
    type_in.ok("export", "--format", "json", "-o", str(again))
    assert (
        json.loads(again.read_text("utf-8"))["practices"]
        == (json.loads(whole.read_text("utf-8"))["practices"])
    )


def test_the_coin_uses_the_name_that_the_list_has(
    three_weeks: Diary, german: None, type_in: CommandLine
) -> None:
    """In a diary that was begun in English, the practices keep their English names."""
    type_in.ok("calm", "7")
    month = type_in.ok("coin", "gratitude").out
    assert "Gratitude" in month
    evenings = [on_evening(three_weeks.location, TODAY + timedelta(days=n)) for n in range(1, 8)]
    sentences = [evening.coin_of(evening.day()) for evening in evenings]
    assert any('"Gratitude"' in one or "„Gratitude“" in one for one in sentences)
    assert not any("Dankbarkeit" in text for text in (month, *sentences))
