"""How the command behaves among other programs: what it imports, prints and leaves behind."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cli.command_line import CommandLine, Shell
from tests.effort import some_of
from tracker.cli.output import print_lines, wrap_sentences
from tracker.diary.diary import Diary
from tracker.location import Location

LARGE_LIBRARIES = ("sqlalchemy", "alembic", "pendulum", "textual")

LOADED = """
import sys
from tracker.cli.app import run
run(sys.argv[2:])
print(*(name for name in sys.argv[1].split(",") if name in sys.modules), file=sys.stderr)
"""

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\u202eevil\u2066\u200f\rover\n\u2028line"
CONTROL_CHARACTERS = {
    *map(chr, range(32)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202e\u2066\u200f\u2028",
} - {"\n"}


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("status",), ()], ids=str)
def test_quick_commands_import_no_large_library(three_weeks: Diary, words: tuple[str, ...]) -> None:
    assert _loaded(LARGE_LIBRARIES, *words) == ""


@pytest.mark.parametrize(
    "words", some_of([("serve", "--help"), ("log", "hug"), ("--help",), ("status",)], 1)
)
def test_the_web_server_is_imported_only_for_serve(
    three_weeks: Diary, words: tuple[str, ...]
) -> None:
    assert _loaded(("aiohttp", "textual_serve", "jinja2", "tracker.web"), *words) == ""


def test_logging_imports_no_screens(three_weeks: Diary) -> None:
    assert _loaded(("textual", "alembic"), "log", "hug") == ""


def test_hostile_text_reaches_no_terminal(type_in: CommandLine, three_weeks: Diary) -> None:
    type_in.ok("log", "hug", "--note", HOSTILE)
    type_in.ok("calm", "5", "--note", HOSTILE)
    type_in.ok("rest", "joy", "--note", HOSTILE)
    asked = [("today",), ("week",), ("streaks",), ("explain", "hug"), ("practices",)]
    for words in [*asked, *((*one, "--plain") for one in asked[:4])]:
        assert not set(type_in.ok(*words).out) & CONTROL_CHARACTERS, words
    for words in asked:
        output = type_in.ok(*words, "--json").out
        assert output.isascii()
        assert not set(output) & CONTROL_CHARACTERS
    day = json.loads(type_in.ok("today", "--json").out)
    assert day["calm_note"] == HOSTILE


def test_a_hostile_name_in_the_file_reaches_no_terminal(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    _rename_in_database(three_weeks, HOSTILE)
    type_in.ok("log", "hug")
    type_in.ok("rest", "--all")
    asked = ("today", "week", "streaks", "explain", "practices", "status", "undo")
    for word in asked:
        output = type_in.ok(word, *(["hug"] if word == "explain" else []))
        assert not set(output.out) & CONTROL_CHARACTERS, word


def test_everything_printed_is_sanitized(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines(HOSTILE)
    assert not set(capsys.readouterr().out) & CONTROL_CHARACTERS


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    "words", some_of(["calmtrack --help", "calmtrack export", "calmtrack week --json"], 1)
)
def test_a_closed_pipe_is_handled(words: str) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *words.split()[1:]],
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=120,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that Linux has")
@pytest.mark.usefixtures("three_weeks")
def test_a_full_output_device_is_reported_in_one_sentence() -> None:
    for words in ["export"], ["today"]:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "tracker", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=120,
            )
        assert done.returncode == 1
        assert done.stderr.count(b"\n") == 1
        assert os.strerror(errno.ENOSPC).encode() in done.stderr


@pytest.mark.parametrize("closed", some_of(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"], 1))
def test_a_closed_standard_stream_is_handled(three_weeks: Diary, closed: str) -> None:
    command = f'exec "{sys.executable}" -m tracker log hug {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=120, input=b"")
    assert (done.returncode, done.stderr) == (0, b"")
    assert three_weeks.day().practices[0].amount == 1


def test_marks_that_the_encoding_lacks_are_replaced(
    shell: Shell, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = shell("today")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"h  Hug" in done.stdout


def test_quotation_marks_that_the_encoding_lacks_are_plain_ones(
    shell: Shell, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    three_weeks.set_week_starts_on(6)
    done = shell("undo", "--list")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'the setting "A week starts on"' in done.stdout


@pytest.mark.parametrize(
    ("code", "undone", "note"),
    [
        ("de", b"Rueckgaengig gemacht: ", b'Ruhe: 7 von 10.\n  Notiz: Schoen "suess"!\n'),
        ("es", b"Deshecho: ", b'Calma: 7 de 10.\n  Nota: Schon "suss"!\n'),
    ],
)
def test_letters_that_the_encoding_lacks_are_similar_ones(
    shell: Shell, location: Location, monkeypatch: pytest.MonkeyPatch, code: str, undone: bytes,
    note: bytes,
) -> None:  # fmt: skip
    monkeypatch.setenv("LC_ALL", f"{code}_XX.UTF-8")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    shell("calm", "7", "--note", "Schön „süß“!")
    shell("log", "hug")
    assert shell("undo").stdout.startswith(undone)
    shown = shell("today").stdout
    assert note in shown
    assert b"?" not in shown
    # What is stored stays as it was typed.
    assert Diary(location).day().calm_note == "Schön „süß“!"
    exported = shell("export").stdout.decode()
    assert "Schön „süß“!" in exported


def test_ctrl_c_exits_without_a_traceback(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_keyboard_interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Diary, "day", raise_keyboard_interrupt)
    answer = type_in("today")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def _loaded(names: tuple[str, ...], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, ",".join(names), *words],
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stderr.strip()


def _rename_in_database(diary: Diary, name: str) -> None:
    """Writes a name into the database that calmtrack would reject."""
    assert diary.location.path is not None
    with closing(sqlite3.connect(diary.location.path)) as connection:
        connection.execute("UPDATE practice SET name = ?, question = ?", (name, name))
        connection.commit()


@pytest.mark.parametrize(
    "words",
    [("today",), ("week",), ("year",), ("year", "--of", "hug"), ("trend",), ("streaks",),
     ("month",), ("month", "--of", "hug"),
     ("explain", "hug"), ("insights",), ("practices", "list"), ("people",)],
)  # fmt: skip
@pytest.mark.usefixtures("three_weeks")
def test_the_output_fits_a_narrow_terminal(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    table = type_in.ok(*words).lines
    monkeypatch.setenv("COLUMNS", "40")
    narrow = type_in.ok(*words).lines
    assert max(map(cell_len, narrow)) <= 40
    if max(cell_len(line.rstrip()) for line in table) > 40:
        monkeypatch.delenv("COLUMNS")
        whole = [table, type_in.ok(*words, "--plain").lines]
        assert " ".join(narrow).split() in [" ".join(lines).split() for lines in whole]


NAMES = st.text('Hug, 深呼吸 é📚"', min_size=1, max_size=40).filter(
    lambda name: any(character.isalpha() for character in name) and name.strip().casefold() != "hug"
)
TABLES = [("today",), ("week",), ("streaks",), ("month",), ("year",), ("practices",)]


@given(width=st.integers(60, 120), name=NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_is_drawn_at_each_width_of_a_terminal(
    type_in: CommandLine, three_weeks: Diary, width: int, name: str
) -> None:
    three_weeks.practices.edit("nature-walk", name=name)
    three_weeks.rate(7)
    three_weeks.log("nature-walk", amount=10)
    for words in TABLES:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            lines = type_in.ok(*words).lines
        assert max(map(cell_len, lines)) <= width, words
        assert any(line.startswith(("   h Hug  ", "  h  Hug  ", "h  hug  ")) for line in lines), (
            words
        )


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize("width", ["79", "71"])
def test_a_split_window_still_shows_the_week_as_a_table(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    type_in.ok("practices", "edit", "joy", "--name", 'Read 📚 a book, "slowly"')
    monkeypatch.setenv("COLUMNS", width)
    (row,) = [line for line in type_in.ok("week").lines if line.startswith("   j ")]
    assert row.startswith("   j Read 📚 a")
    assert "…" in row


@pytest.mark.usefixtures("three_weeks")
def test_a_recap_is_drawn_in_60_columns(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    month, year = type_in.ok("recap").lines, type_in.ok("recap", "2026").lines
    assert max(map(cell_len, (*month, *year))) <= 60
    assert "  Mo     Tu     We     Th     Fr     Sa     Su" in month
    assert any(line.startswith("     Jan Feb") for line in year)


@pytest.mark.usefixtures("three_weeks")
def test_the_last_column_of_a_table_is_wrapped_where_it_is_too_wide(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "56")
    lines = type_in.ok("insights").lines
    assert max(map(cell_len, lines)) <= 56
    place = lines.index("  Softening      - not compared  feeling calm is part of")
    assert lines[place + 1] == f"{' ' * 33}it"


@pytest.mark.usefixtures("three_weeks")
def test_a_long_sentence_keeps_the_marks_of_a_streak(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "45")
    lines = type_in.ok("explain", "hug").lines
    assert any("  ●  " in line for line in lines)
    assert max(map(cell_len, lines)) <= 45


@pytest.mark.usefixtures("three_weeks")
def test_facts_for_a_narrow_terminal_keep_the_spaces_of_a_name(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("practices", "edit", "hug", "--name", "Hug  of\xa0the day")
    monkeypatch.setenv("COLUMNS", "40")
    assert "Hug  of\xa0the day: id hug." in type_in.ok("practices").lines


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    "words",
    [("undo", "--list"), ("coin",), ("jar",), ("support",), ("reminder",), ("prompts",),
     ("backup", "my copy"), ("doctor",), ("insights", "--how"), ("practices", "card", "hug"),
     ("rest", "hug", "--to", "fri"), ("log", "swimming"), ("config",), ("erase",)],
)  # fmt: skip
def test_sentences_are_wrapped_on_a_narrow_terminal_and_not_in_a_pipe(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    type_in.at_a_terminal()
    answer = type_in(*words)
    narrow = (answer.out + answer.err).splitlines()
    for line in narrow:
        # Only what is copied is wider: a path, or a command.
        assert cell_len(line) <= 40 or "/" in line or line.startswith(('"calmtrack ', "calmtrack "))
    if words == ("backup", "my copy"):
        assert any(line.startswith(str(Path.cwd() / "my copy")) for line in narrow)


@pytest.mark.parametrize(
    "words",
    [("restore", "{path}"), ("backup", "{path}/x.db"), ("merge", "{path}"), ("import", "{path}"),
     ("recap", "--svg", "{path}/x.svg"), ("export", "-o", "{path}/x.csv")],
)  # fmt: skip
@pytest.mark.usefixtures("three_weeks")
def test_an_error_about_a_file_keeps_its_words_and_its_path(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    path = f"{Path.cwd()}/my folder of/no such"
    monkeypatch.setenv("COLUMNS", "40")
    sentence = type_in(*(word.format(path=path) for word in words)).err
    type_in.at_a_terminal()
    lines = type_in(*(word.format(path=path) for word in words)).err.splitlines()
    assert " ".join(lines).split() == sentence.split()
    assert all(cell_len(line) <= 40 or f"{Path.cwd()}/my folder of/no" in line for line in lines)
    assert any(f"{Path.cwd()}/my folder of/no" in line for line in lines)


def test_an_error_about_a_diary_with_spaces_in_its_path_keeps_it_whole(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path.cwd() / "my own disk" / "the diary.db"
    path.parent.mkdir()
    path.write_bytes(b"no diary")
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("COLUMNS", "40")
    type_in.at_a_terminal()
    lines = type_in("log", "hug").err.splitlines()
    assert any(str(path) in line for line in lines)
    assert all(cell_len(line) <= 40 or str(path) in line for line in lines)


def test_words_with_a_slash_after_a_path_are_wrapped(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    type_in.at_a_terminal()
    line = "Files in /tmp/a and yes/no practices or more/less, twice and more"
    assert wrap_sentences(line) == [
        "Files in /tmp/a and yes/no practices or",
        "more/less, twice and more",
    ]


@pytest.mark.usefixtures("three_weeks")
def test_a_pipe_gets_a_sentence_on_one_line(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    path = Path.cwd() / "another copy"
    out = type_in.ok("backup", str(path)).out
    assert out == f"Backed up the diary to {path} and checked the copy.\n"


@pytest.mark.usefixtures("three_weeks")
def test_commands_and_paths_to_copy_are_not_broken(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, location: Location
) -> None:
    home = str(location.path)
    monkeypatch.setenv("COLUMNS", "30")
    type_in.at_a_terminal()
    assert '"calmtrack reminder install --at 21:30".' in type_in.ok("reminder").lines
    assert 'calmtrack prompts add "What was new today?"' in type_in.ok("prompts").lines
    assert home in type_in.ok("where").lines
    assert f"{home}." in type_in.ok("doctor").lines
    listed = type_in.ok("undo", "--list").lines
    assert listed[:3] == ["You can undo, newest first (in", "brackets: when you changed", "it):"]


@pytest.mark.usefixtures("three_weeks")
def test_two_spaces_in_a_note_keep_the_table(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("log", "hug", "--note", "word  " * 20)
    monkeypatch.setenv("COLUMNS", "70")
    assert any(line.startswith("  h  Hug  ") for line in type_in.ok("today").lines)
