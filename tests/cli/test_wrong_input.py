"""Invalid input gets one sentence and exit code 2, and changes nothing."""

import shlex
from contextlib import suppress
from pathlib import Path

import click
import pytest

from tests.cli.command_line import CommandLine
from tracker.cli.app import COMMANDS, calmtrack
from tracker.cli.suggestions import (
    COMMAND_LINES,
    INSTEAD_OF_DAY,
    INSTEAD_OF_OPTION,
    INSTEAD_OF_WORDS,
)
from tracker.diary.diary import Diary

ESC_NAME = "hug\x1b[31m"

INVALID_COMMANDS = [
    # the practice
    ("log", "nonsense"),
    ("log", ""),
    ("log", ESC_NAME),
    ("log", "g\udcff"),
    ("log",),
    ("log", "calm", "7"),
    ("clear", "nonsense"),
    ("explain", "nonsense"),
    ("rest", "hug", "nonsense"),
    # the amount
    ("log", "hug", "-1"),
    ("log", "hug", "--", "-1"),
    ("log", "hug", "many"),
    ("log", "hug", "1.5"),
    ("log", "hug", "-1.5"),
    ("log", "hug", "١"),
    ("log", "hug", ""),
    ("log", "hug", "+"),
    ("log", "hug", "+-1"),
    ("log", "hug", "+0"),
    ("log", "hug", "100001"),
    ("log", "hug", "9" * 5000),
    ("log", "hug", "2", "--no"),
    ("log", "hug", "1", "2"),
    # the score
    ("calm",),
    ("calm", "11"),
    ("calm", "-1"),
    ("calm", "7.5"),
    ("calm", "fine"),
    # the day
    ("log", "hug", "--day", "tomorrow"),
    ("log", "hug", "--day", "2026-11-25"),
    ("log", "hug", "--day", "2026-02-30"),
    ("log", "hug", "--day", "1899-12-31"),
    ("log", "hug", "--day", "9999-99-99"),
    ("journal", "--from", "today", "--to", "yesterday"),
    ("search", "anna", "--from", "today", "--to", "yesterday"),
    ("log", "hug", "--day", ""),
    ("log", "hug", "--day"),
    ("calm", "5", "--day", "someday"),
    ("clear", "hug", "--day", "2027-01-01"),
    ("today", "--day", "soon"),
    ("week", "someday"),
    ("week", "-x"),
    ("streaks", "--day", "2027-01-01"),
    ("explain", "hug", "--day", "2027-01-01"),
    # the note
    ("log", "hug", "--note", "a\0b"),
    ("log", "hug", "--note", "half \ud800"),
    ("log", "hug", "--note", "x" * 10_001),
    ("calm", "5", "--note", "x" * 10_001),
    # rest days
    ("rest",),
    ("rest", "hug", "--all"),
    ("rest", "hug", "--from", "2026-12-02", "--to", "2026-12-01"),
    ("rest", "hug", "--to", "2028-12-01"),
    # steps
    ("undo", "0"),
    ("undo", "-1"),
    ("undo", "all"),
    ("redo", "1001"),
    # files
    ("export", "--layout", "weeks"),
    ("export", "--delimiter", ";;"),
    ("export", "--delimiter", '"'),
    ("export", "-o", "~nobody-here/diary.csv"),
    ("import", "~nobody-here/diary.csv"),
    ("import",),
    ("import", ""),
    ("import", "diary.csv", "--moods", ""),
    ("export", "-o", ""),
    ("backup", ""),
    ("restore", ""),
    ("merge", ""),
    ("config", "diary", ""),
    ("config", "diary", "sqlite:///"),
    # practices
    ("practices", "add", ""),
    ("practices", "add", "Hug"),
    ("practices", "add", "x" * 61),
    ("practices", "add", "Piano", "--key", "h"),
    ("practices", "add", "Piano", "--key", "q"),
    ("practices", "add", "Piano", "--amount", "0", "--unit", "times"),
    ("practices", "add", "Piano", "--amount", "two"),
    ("practices", "add", "Piano", "--days-per-week", "8"),
    ("practices", "edit", "hug", "--unit", "litres"),
    ("practices", "edit", "hug", "--history", "forget"),
    ("practices", "edit", "hug", "--days-per-week", "0"),
    ("practices", "archive", "nonsense"),
    ("practices", "archive"),
    ("practices", "restore", "hug"),
    ("practices", "delete", "nonsense"),
    ("practices", "move", "hug", "0"),
    ("practices", "move", "hug", "-1"),
    ("practices", "move", "hug", "9"),
    ("practices", "move", "hug", "first"),
    ("practices", "move", "hug"),
    ("practices", "card", "nonsense"),
    ("practices", "edit", "nonsense"),
    ("practices", "shuffle"),
    # the command itself
    ("tody",),
    ("frobnicate",),
    ("log", "hug", "--dya", "mon"),
    ("--frobnicate",),
    ("today", "--json=yes"),
    ("status", "surplus"),
    ("--diary", "", "log", "hug"),
    ("--diary", "sqlite:///", "log", "hug"),
    ("--diary", "~nobody-here/diary.db", "log", "hug"),
    ("--diary", "letters://of/mine", "log", "hug"),
    ("--diary", "sqlite://", "log", "hug"),
]


def test_invalid_input_prints_one_sentence_and_changes_nothing(
    type_in: CommandLine, three_weeks: Diary, subtests: pytest.Subtests
) -> None:
    for words in INVALID_COMMANDS:
        with subtests.test(words=words):
            path = three_weeks.location.path
            assert path is not None
            before = _files(path.parent)

            answer = type_in(*words)

            assert answer.code == 2, answer
            assert answer.out == ""
            assert answer.err.count("\n") == 1
            assert answer.err.endswith((".\n", "?\n", "…\n"))
            assert "Traceback" not in answer.err
            assert not set(answer.err) & {"\x1b", "\x9b", "\r"}
            assert _files(path.parent) == before


def test_the_error_message_says_what_is_valid(
    type_in: CommandLine, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        (
            ("log", "hug", "-1"),
            (
                "The amount must be 0 or more, not -1. To log that you "
                "didn't do the practice, use 0."
            ),
        ),
        (
            ("today", "--day", "9999-12-31"),
            "9999-12-31 is out of range. A diary covers the years 1900 to 2200.",
        ),
        (("log", "hug", "--day", "-99999"), "-99999 is out of range."),
        (("rest", "hug", "--from", "mon", "--to", "0001-01-01"), "0001-01-01 is out of range."),
        (
            ("search", "anna", "--from", "2026-11-24", "--to", "2026-11-23"),
            "The first day, Tuesday 24 November 2026, is after the last day, Monday 23 November",
        ),
        (("log", "hg"), 'No practice called "hg". Did you mean hug?'),
        (("note", "clam", "x"), 'No practice called "clam". Did you mean calm?'),
        (("clear", "clam"), 'No practice called "clam". Did you mean calm?'),
        (("year", "soon"), 'I don\'t recognise the year "soon". Use one like 2026.'),
        (
            ("year", "hug"),
            'I don\'t recognise the year "hug". Use one like 2026. For one practice, or calm, run '
            '"calmtrack year --of hug".',
        ),
        (
            ("support", "remove", "1"),
            "To remove a support message, give the others: \"calmtrack support --edit 'Call Anna' "
            "'A walk'\" replaces them all.",
        ),
        (
            ("practices", "edit", "gratitude", "--key", "w"),
            "The letter w already logs Nature walk. Try r.",
        ),
        (
            ("practices", "edit", "laughter", "--daily-goal", "2"),
            "No such option '--daily-goal'. Did you mean --amount?",
        ),
        (("year", "--of", "clam"), 'No practice called "clam". Did you mean calm?'),
        (("rest", "all"), 'For all your practices, use --all: "calmtrack rest --all".'),
        (
            ("log", "laughter", "23.11.2026"),
            '"23.11.2026" is a day. A day goes after --day. For example "calmtrack '
            'log laughter --day 23.11.2026".',
        ),
        (
            ("rest", "laughter", "27.11."),
            'A day goes after --from. For example "calmtrack rest laughter --from 27.11.".',
        ),
        (
            ("log", "laughter", "tonight"),
            '"tonight" is a day. A day goes after --day. For example "calmtrack '
            'log laughter --day today".',
        ),
        (
            ("log", "hug", "last", "monday", "3"),
            "For example \"calmtrack log hug 3 --day 'last monday'\".",
        ),
        (("log", "2026-11-23", "--no"), '"calmtrack log hug --no --day 2026-11-23".'),
        (("log", "hug", "tomorrow"), "Wednesday 25 November 2026 is in the future."),
        (("log", "hug", "yodel"), 'No practice called "yodel".'),
        (("log", "calm", "7"), "Calm isn't a practice. Rate it from 0 to 10"),
        (("note",), "Which note? For example \"calmtrack note calm 'in the rain'\"."),
        (("note", "hug"), "Which note? For example \"calmtrack note hug 'in the rain'\"."),
        (
            ("note", "A long day"),
            "What is the note for? Put a practice, or calm, before its text. For example "
            "\"calmtrack note hug 'A long day'\".",
        ),
        (("calm", "7.5"), 'Calm is a whole number from 0 to 10, not "7.5".'),
        (("calm", "yesterday", "7"), 'For example "calmtrack calm 7 --day yesterday".'),
        (("calm", "7", "yesterday"), 'For example "calmtrack calm 7 --day yesterday".'),
        (("log", "hug", "--day", "2026-11-25"), "Wednesday 25 November 2026 is in the future"),
        (("tody",), 'No command called "tody". Did you mean today?'),
        (("LOG", "hug"), 'No command called "LOG". Did you mean log?'),
        (("practices", "LIST"), 'No command called "LIST". Did you mean list?'),
        (("log", "hug", "--dya", "mon"), "No such option '--dya'. Did you mean --day?"),
        (("log", "hug", "--dairy", "x"), "Did you mean --diary?"),
        (("--json", "log", "h"), "'--json'. Did you mean \"calmtrack log h --json\"? Run"),
        (("--day", "mon", "log", "h"), 'Did you mean "calmtrack log h --day mon"? Run'),
        (("--json",), 'Did you mean "calmtrack today --json"? Run'),
        (("people", "--day", "mon"), "No such option '--day'. Run"),
        (("export", "--json"), 'Did you mean "--format json"?'),
        (("journal", "--date", "mon"), '"calmtrack journal mon", "calmtrack today mon"?'),
        (("journal", "--day"), "No such option '--day'. Run"),
        (("forget", "--force"), "Did you mean --yes?"),
        (("log", "hug", "--note"), 'requires an argument. Run "calmtrack log --help"'),
        (("log", "hug", "2", "laughter"), 'The amount "2" goes last, and counts for every'),
        (("log", "2", "hug"), 'For example "calmtrack log hug 2".'),
        (("log", "walk", "45m", "hug"), 'No practice called "walk". Did you mean nature-walk?'),
        (("backup", "list"), '"calmtrack backup" alone lists the backups.'),
        (("week", "mon", "--day", "tue"), '--day has no effect with "mon". Leave one of them out.'),
        (("tonight",), 'No command called "tonight". Did you mean "calmtrack", "calmtrack today"?'),
        (("7",), 'Did you mean "calmtrack calm 7"?'),
        (("hug",), 'Did you mean "calmtrack log hug"?'),
        (("rename", "hug"), 'called "rename". Did you mean "calmtrack practices edit hug"? Run'),
        (("goal", "hug", "7"), 'called "goal". Did you mean "calmtrack practices edit hug"? Run'),
        (("practices", "new"), 'No command called "new". Did you mean add?'),
        (("log",), "Which practice?"),
        (("clear",), 'Run "calmtrack clear --help" to see how it\'s used.'),
        (("import", ""), "The path is empty."),
        (("import", "  "), "The path is empty."),
        (("config", "diary", "  "), "The diary's path can't be empty."),
        (("export", "-o", ""), "The path is empty."),
        (("restore", ""), "The path is empty."),
        (("merge", ""), "The path is empty."),
        *(
            (words, "A diary can't be piped, so \"-\" doesn't work here. Choose a file, or pipe")
            for words in (
                *(("merge", "-"), ("restore", "-"), ("backup", "-"), ("config", "diary", "-")),
                *(("today", "--diary", "-"), ("--diary", "-", "log", "hug")),
            )
        ),
        (("prompts", "--add", "x"), "Did you mean \"calmtrack prompts add 'What was new?'\"?"),
        (("config", "diary", ""), "The diary's path can't be empty. To use the default location"),
        (("practices", "add", "Piano", "--key", "h"), "The letter h already logs Hug. Try p."),
    ]
    for words, message in cases:
        with subtests.test(words=words, message=message):
            assert message in type_in(*words).err


def test_what_is_suggested_for_a_word_or_an_option_exists() -> None:
    assert not COMMAND_LINES.keys() & COMMANDS.keys()
    for line in {line for lines in COMMAND_LINES.values() for line in lines} - {"--version"}:
        _parse(shlex.split(line))
    for line in INSTEAD_OF_DAY.values():
        _parse(shlex.split(line.format(day="'last monday'"))[1:])
    for command, line in INSTEAD_OF_WORDS.items():
        _parse([command, *shlex.split(line.format(number=14))])
    for (command, _option), lines in INSTEAD_OF_OPTION.items():
        for line in lines:
            words = shlex.split(line)
            whole = words[1:] if words[0] == "calmtrack" else [*command.split(), *words]
            with suppress(click.MissingParameter, click.BadOptionUsage):
                _parse(whole)


def _parse(words: list[str]) -> None:
    """Parses a command without running it. Raises UsageError for what doesn't exist."""
    context = click.Context(calmtrack)
    group: click.Group = calmtrack
    while words:
        name, command, words = group.resolve_command(context, words)
        assert command is not None
        if not isinstance(command, click.Group):
            command.make_context(name, words, parent=context)
            return
        group = command


def test_a_day_after_a_command_that_changes_one_gets_the_command_to_type(
    type_in: CommandLine, three_weeks: Diary, subtests: pytest.Subtests
) -> None:
    cases: dict[tuple[str, ...], str] = {
        ("calm", "7", "yesterday"): "calmtrack calm 7 --day yesterday",
        ("calm", "7", "last", "monday"): "calmtrack calm 7 --day 'last monday'",
        ("note", "calm", "Rain", "-1"): "calmtrack note calm Rain --day -1",
        ("clear", "hug", "mon"): "calmtrack clear hug --day mon",
        ("clear", "yesterday"): "calmtrack clear hug --day yesterday",
        ("rest", "hug", "tomorrow"): "calmtrack rest hug --from tomorrow",
        ("rest", "--all", "fri"): "calmtrack rest --all --from fri",
        ("rest", "tomorrow"): "calmtrack rest hug --from tomorrow",
    }
    for words, command in cases.items():
        with subtests.test(words=words):
            answer = type_in(*words)

            assert answer.code == 2
            assert f'For example "{command}".' in answer.err
            assert type_in(*shlex.split(command)[1:]).code == 0
            type_in.ok("undo")
    assert three_weeks.day().calm is None


def test_a_note_without_quotation_marks_gets_the_command_to_type(type_in: CommandLine) -> None:
    answer = type_in("note", "calm", "A", "long", "day", "--day", "mon")

    assert answer.code == 2
    assert "\"calmtrack note calm 'A long day' --day mon\"" in answer.err


def test_words_after_a_command_that_takes_none_get_the_command_to_type(
    type_in: CommandLine, subtests: pytest.Subtests
) -> None:
    cases: dict[tuple[str, ...], str] = {
        ("status", "yesterday"): "calmtrack today yesterday",
        ("on-this-day", "yesterday"): "calmtrack today yesterday",
        ("export", "mon"): "calmtrack export --from mon --to mon",
        ("export", "diary.csv"): "-o diary.csv",
        ("trend", "90"): "--days 90",
        ("trend", "quarter"): "--days N",
        ("trend", "3m"): "--days N",
        ("yesterday",): "calmtrack today yesterday",
        ("2026-11-20",): "calmtrack today 2026-11-20",
    }
    for words, suggestion in cases.items():
        with subtests.test(words=words):
            answer = type_in(*words)

            assert answer.code == 2
            assert f'Did you mean "{suggestion}"?' in answer.err


def test_a_day_for_a_command_without_days_is_part_of_the_command_to_type(
    type_in: CommandLine, subtests: pytest.Subtests
) -> None:
    cases: dict[tuple[str, ...], str] = {
        ("status", "--day", "yesterday"): "calmtrack today yesterday",
        ("on-this-day", "--day", "2026-10-04"): "calmtrack today 2026-10-04",
        ("on-this-day", "--date=4 oct"): "calmtrack today '4 oct'",
        ("forget", "--day", "2026-10-04"): "calmtrack forget 2026-10-04",
        ("month", "--day", "2026-10-04"): "calmtrack month 2026-10-04",
        ("year", "--day", "2025-10-04"): "calmtrack year 2025",
        ("undo", "--day", "mon"): "calmtrack clear hug --day mon",
    }
    for words, suggestion in cases.items():
        with subtests.test(words=words):
            assert f'Did you mean "{suggestion}"?' in type_in(*words).err
    assert "Did you mean" not in type_in("status", "--day", "november").err


def test_a_note_that_is_not_utf_8_is_rejected(type_in: CommandLine, three_weeks: Diary) -> None:
    for stdin in (b"\xff\xfe", b"\0", b"\0" * 3_000_000, b"x" * 3_000_000):
        answer = type_in("log", "hug", "--note", "-", stdin=stdin)
        assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert three_weeks.day().practices[0].amount is None


@pytest.mark.parametrize("clock", ["tonight", "2026-11-24", "9999-12-31T23:00:00+00:00", "1-1-1"])
def test_an_invalid_clock_is_reported(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", clock)
    for words in (("today",), ("log", "hug"), ()):
        answer = type_in(*words)
        assert (answer.code, answer.err.count("\n")) == (2, 1)


def _files(folder: Path) -> dict[str, bytes]:
    """The files in a folder with their contents."""
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("words", [("forget", "today"), ("erase",)])
def test_an_answer_that_is_no_text_is_no_yes(
    type_in: CommandLine, three_weeks: Diary, words: tuple[str, ...]
) -> None:
    before = three_weeks.day()
    answer = type_in(*words, stdin=b"\xff\xfe\n")
    assert (answer.code, answer.err) == (1, "Nothing was changed.\n")
    assert three_weeks.day() == before


def test_a_date_of_the_coming_weeks_is_not_logged_a_year_ago(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 24 November, `3 dec` is a slip of the fingers, not a day of last year."""
    type_in.ok("log", "hug")
    refused = type_in("log", "hug", "--day", "3 dec")
    assert refused.err.startswith("Thursday 3 December 2026 is in the future.")
    monkeypatch.setenv("CALMTRACK_NOW", "2027-01-03T21:30+01:00")
    assert "31 December 2026" in type_in.ok("log", "hug", "--day", "31.12.").out


def test_a_range_of_a_month_that_is_not_over_needs_no_year(type_in: CommandLine) -> None:
    type_in.ok("log", "hug")
    exported = type_in.ok("export", "--from", "1.11.", "--to", "30.11.", "-o", "-")
    assert exported.out.count("hug") == 1
    assert "Hug" in type_in.ok("journal", "--from", "1 nov", "--to", "30 nov").out
