"""`calmtrack export` and `import`: files, options, and importing an export again."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, Shell
from tracker.cli.output import UNDO_HINT
from tracker.diary.diary import Diary
from tracker.location import Location


@pytest.mark.usefixtures("three_weeks")
def test_a_file_and_a_pipe_get_the_same_bytes(
    type_in: CommandLine, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    message = type_in.ok("export", "-o", str(file)).out
    rows = file.read_bytes().count(b"\r\n") - 1
    assert message == (
        f"Exported {rows} entries to {file}. The file isn't encrypted: "
        "anyone who can open it can read it.\n"
        "It doesn't contain goals, letters, questions or archive dates. For a complete copy, use "
        "--format json.\n"
    )
    assert file.stat().st_mode & 0o777 == 0o600
    piped = shell("export")
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout == file.read_bytes()


@pytest.mark.usefixtures("three_weeks")
def test_what_was_written_to_the_home_folder_is_named_with_a_tilde(
    type_in: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notice breaks a longer path in the middle, where a terminal can't select it whole."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert " to ~/diary.json. " in type_in.ok("export", "-o", "~/diary.json").out
    assert " to ~/r.html. " in type_in.ok("recap", "--html", str(tmp_path / "r.html")).out


@pytest.mark.usefixtures("three_weeks")
def test_an_export_of_days_says_what_it_lacks(type_in: CommandLine, tmp_path: Path) -> None:
    message = type_in.ok("export", "--layout", "days", "-o", str(tmp_path / "days.csv")).out
    assert message.endswith(
        "It doesn't contain names, units, goals, letters, questions or archive dates. For a "
        "complete copy, use --format json.\n"
    )
    week = type_in.ok(
        "export", "--layout", "days", "--from", "-7", "-o", str(tmp_path / "week.csv")
    ).out
    assert "doesn't contain" not in week


@pytest.mark.usefixtures("three_weeks")
def test_exports_as_csv_and_json_report_the_same_number_of_entries(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("clear", "hug")
    counts = [
        type_in.ok("export", "-o", str(tmp_path / name)).out.partition(" to ")[0]
        for name in ("diary.csv", "diary.json")
    ]
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("three_weeks")
def test_a_name_that_ends_in_json_gets_json(type_in: CommandLine, tmp_path: Path) -> None:
    type_in.ok("export", "-o", str(tmp_path / "a.json"))
    type_in.ok("export", "-o", str(tmp_path / "b.json"), "--format", "json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    refused = type_in("export", "-o", str(tmp_path / "c.json"), "--layout", "days")
    assert (refused.code, refused.err.startswith("--layout only works with")) == (2, True)


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    ("name", "options", "advice"),
    [
        ("a.zip", [], "use --format loop."),
        ("a.XLSX", [], "choose a name that ends in .csv. For Excel, add --excel."),
        ("a.csv", ["--format", "json"], "use --format csv."),
        ("a.json", ["--format", "csv"], "use --format json."),
        ("a.json", ["--format", "loop"], "choose a name that ends in .zip."),
    ],
)
def test_a_name_that_ends_as_another_format_is_refused(
    type_in: CommandLine, tmp_path: Path, name: str, options: list[str], advice: str
) -> None:
    refused = type_in("export", "-o", str(tmp_path / name), *options)
    assert refused.code == 2
    assert advice in refused.err
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.usefixtures("three_weeks")
def test_the_standard_output_can_be_named(type_in: CommandLine) -> None:
    assert type_in.ok("export", "-o", "-").out == type_in.ok("export").out


@pytest.mark.usefixtures("three_weeks")
def test_an_existing_file_is_overwritten_only_with_force(
    type_in: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text("mine")
    answer = type_in("export", "-o", str(file))
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "--force" in answer.err
    assert file.read_text() == "mine"
    type_in.ok("export", "-o", str(file), "--force")
    assert file.read_bytes().startswith(b"day,kind,practice")


def test_an_export_of_yesterday_can_be_replaced(
    type_in: CommandLine, location: Location, tmp_path: Path
) -> None:
    Diary(location).rate(7)
    file = tmp_path / "diary.csv"
    type_in.ok("export", "-o", str(file))
    # The same text at the offset at which a diary file has its application id.
    assert file.read_bytes()[68:72] == b"calm"
    type_in.ok("export", "-o", str(file), "--force")


def test_a_tsv_file_has_tabs_between_its_cells(type_in: CommandLine, tmp_path: Path) -> None:
    type_in.ok("log", "hug", "--note", "one, two")
    path = tmp_path / "diary.TSV"
    type_in.ok("export", "-o", str(path))
    assert path.read_text("utf-8").startswith("day\tkind\tpractice\t")
    type_in.ok("import", str(path))
    type_in.ok("export", "-o", str(path), "--force", "--delimiter", ",")
    assert path.read_text("utf-8").startswith("day,kind,practice,")


@pytest.mark.usefixtures("three_weeks")
def test_days_a_span_and_a_spreadsheet_can_be_asked_for(type_in: CommandLine) -> None:
    days = type_in.ok("export", "--layout", "days", "--from", "-2", "--to", "yesterday").out
    assert [line[:10] for line in days.split("\r\n")] == [
        "day,weekda",
        "2026-11-22",
        "2026-11-23",
        "",
    ]
    type_in.ok("note", "hug", "with Anna")
    assert "with Anna" in type_in.ok("export").out
    assert "with Anna" not in type_in.ok("export", "--no-notes").out
    excel = type_in.ok("export", "--excel", "--delimiter", ";").out
    assert excel.startswith('\ufeff"day";"kind"')
    assert "note (raw)" in type_in.ok("export", "--raw").out


def test_no_control_character_is_printed_to_a_terminal(
    type_in: CommandLine,
) -> None:
    type_in.ok("log", "hug", "--note", "\x1b[2Jgone\x9b2J\u202e")
    assert "\x1b" in type_in.ok("export").out
    type_in.at_a_terminal()
    message = type_in.ok("export").out
    assert "gone" in message
    assert not set(message) & {"\x1b", "\x9b", "\u202e", "\r"}


def test_a_missing_file_is_reported_in_one_sentence(
    type_in: CommandLine, location: Location
) -> None:
    answer = type_in("import", "no/such.csv")
    path = Path.cwd() / "no/such.csv"
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"There's no file at {path}. Nothing was changed.\n"
    assert location.path is not None
    assert not location.path.exists()


@pytest.mark.usefixtures("three_weeks")
def test_a_csv_by_days_says_that_it_has_no_units(type_in: CommandLine, tmp_path: Path) -> None:
    type_in.ok("practices", "add", "Read a book", "--unit", "minutes")
    type_in.ok("log", "read-a-book", "25")
    file = tmp_path / "days.csv"
    lacks = "doesn't contain names, units, goals, letters, questions or archive dates."
    assert lacks in type_in.ok("export", "--layout", "days", "-o", str(file)).out
    elsewhere = ("--diary", str(tmp_path / "elsewhere.db"))
    assert lacks in type_in.ok(*elsewhere, "import", str(file)).out
    assert "Read a book: 25 times" in type_in.ok(*elsewhere, "today", "--plain").out


@pytest.mark.usefixtures("three_weeks")
def test_an_export_can_be_imported_again(type_in: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    type_in.ok("export", "-o", str(file))
    rows = file.read_bytes().count(b"\r\n") - 1
    elsewhere = ("--diary", str(tmp_path / "elsewhere.db"))

    message = type_in(*elsewhere, "import", str(file), "--dry-run").out
    lacks = "A CSV file doesn't contain goals, letters, questions or archive dates."
    assert f"Preview: this would add {rows} new entries. {lacks} A JSON export" in message
    assert not (tmp_path / "elsewhere.db").exists()
    message = type_in.ok(*elsewhere, "import", str(file)).out
    assert f"Imported {rows} new entries." in message
    assert type_in.ok(*elsewhere, "export").out.encode() == file.read_bytes()
    message = type_in.ok(*elsewhere, "import", str(file)).out
    assert (
        f"There was nothing new to import. {rows} entries in the file are the same in your "
        "diary." in message
    )
    assert lacks not in message
    assert type_in.ok(*elsewhere, "undo").lines[0].startswith("Undid: import from diary.csv")


@pytest.mark.usefixtures("three_weeks")
def test_a_json_export_of_the_whole_diary_can_be_imported_again(
    type_in: CommandLine, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "diary.json"
    message = type_in.ok("export", "--format", "json", "-o", str(file)).out
    assert f"entries to {file}. The file isn't encrypted" in message
    assert file.stat().st_mode & 0o777 == 0o600
    assert shell("export", "--format", "json").stdout == file.read_bytes()
    elsewhere = ("--diary", str(tmp_path / "elsewhere.db"))
    message = type_in.ok(*elsewhere, "import", str(file)).out
    assert "\nImported " in message
    assert "updated" not in message
    assert type_in.ok(*elsewhere, "export", "--format", "json").out.encode() == file.read_bytes()
    piped = type_in.ok(*elsewhere, "import", "-", stdin=file.read_bytes()).out
    assert piped.startswith("There was nothing new to import.")


def test_json_printed_to_a_terminal_has_no_control_characters(type_in: CommandLine) -> None:
    type_in.ok("log", "hug", "--note", "\x9b2Jgone\u202e")
    type_in.at_a_terminal()
    message = type_in.ok("export", "--format", "json").out
    assert "gone" in message
    assert not set(message) & {"\x1b", "\x9b", "\u202e", "\r"}


@pytest.mark.parametrize("option", [["--excel"], ["--from", "-3"], ["--layout", "entries"]])
def test_json_is_the_whole_diary(type_in: CommandLine, option: list[str]) -> None:
    answer = type_in("export", "--format", "json", *option)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"{option[0]} only works with --format csv. --format json always exports the whole diary.\n"
    )


SAMPLES = Path(__file__).parent.parent / "importers" / "samples"


def test_a_file_can_be_named_by_its_url(type_in: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "my moods.csv"
    file.write_text("day,calm\n2026-11-20,7\n", encoding="utf-8")
    lines = type_in.ok("import", file.as_uri()).lines
    assert lines[-2].startswith("Imported 1 new entry.")
    assert lines[-1] == UNDO_HINT
    assert UNDO_HINT not in type_in.ok("import", str(file)).lines


def test_options_say_how_another_trackers_file_is_read(
    type_in: CommandLine, tmp_path: Path
) -> None:
    moods = tmp_path / "moods"
    moods.write_text("# mine\nsad = 2\naverage = 5\n")
    options = ("--moods", str(moods), "--map", "nature / walk=nature-walk", "--source", "daylio")
    file = str(SAMPLES / "daylio/MichaelCurrin/sample.csv")
    how = "To give these moods a calm score, use --moods FILE."
    assert how in type_in.ok("import", file, "--dry-run").lines
    foreseen = type_in.ok("import", file, *options, "--dry-run").lines
    message = type_in.ok("import", file, *options).lines
    assert foreseen[0] == (
        "Nature walk (new): 1 day, 27 September 2021. 1 done (goal: 20 minutes)."
    )
    assert message[:-2] == foreseen[2:-1]
    assert (
        "Calm scores for moods (number of entries in brackets): sad 2 (1), average 5 (2)."
        in message
    )
    assert message[-2] == "Imported 4 new entries."
    assert how not in message
    rows = type_in.ok("export").lines[1:]
    assert [row.split(",")[5] for row in rows] == ["5", "5", "20", "2"]


def test_skipped_rows_are_counted(type_in: CommandLine) -> None:
    message = type_in.ok("import", str(SAMPLES / "synthetic/synthetic.streaks.csv")).lines
    assert message[-2].endswith(
        "1 item in the file is left out. The messages about this import say why."
    )


def test_invalid_options_are_reported_in_one_sentence(
    type_in: CommandLine, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[list[str], str]] = [
        (["--map", "Meditate"], "takes HABIT=PRACTICE"),
        (["--map", "=hug"], "takes HABIT=PRACTICE"),
        (["--new", "Running"], '--new takes HABIT=NAME, like "Sport=Running"'),
        (
            ["--map", "Gym=hug", "--skip", "gym"],
            '--map "Gym=hug" has no effect with --skip "gym". Leave one of them out.',
        ),
        (["--new", "Gym=A", "--new", "Gym=B"], '--new "Gym=B" has no effect with --new "Gym=A".'),
        (["--map", "x=zzz"], 'No practice called "zzz"'),
        (["--source", "paper"], "'paper' is not one of"),
        (
            ["--source", "daylio"],
            "doesn't look like an export of Daylio. Nothing was imported. Name another",
        ),
        (["--prefer", "mine"], "--prefer"),
        (["--moods", "no/such"], "There's no file at"),
    ]
    for options, message in cases:
        with subtests.test(options=options, message=message):
            answer = type_in("import", str(SAMPLES / "synthetic/synthetic.habitkit.json"), *options)
            assert answer.code in (1, 2)
            assert message in answer.err
            assert answer.err.count("\n") == 1
            assert answer.out == ""


@pytest.mark.usefixtures("three_weeks")
def test_an_export_for_loop_can_be_imported_again(
    type_in: CommandLine, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "loop.zip"
    message = type_in.ok("export", "--format", "loop", "-o", str(file)).out
    assert f"entries to {file}. The file isn't encrypted" in message
    assert file.stat().st_mode & 0o777 == 0o600
    assert shell("export", "--format", "loop").stdout[:4] == b"PK\x03\x04"
    elsewhere = ("--diary", str(tmp_path / "elsewhere.db"))
    message = type_in.ok(*elsewhere, "import", str(file)).out
    assert "updated" not in message
    mine, theirs = type_in.ok("export").lines, type_in.ok(*elsewhere, "export").lines
    assert [row.rpartition(",")[0] for row in theirs] == [row.rpartition(",")[0] for row in mine]
    type_in.at_a_terminal()
    answer = type_in("export", "--format", "loop")
    assert (answer.code, answer.out) == (2, "")


@pytest.mark.usefixtures("three_weeks")
@pytest.mark.parametrize(
    ("written_as", "options", "message"),
    [
        ("csv", ["--map", "Hug=laughter"], "--map doesn't work with calmtrack files."),
        ("json", ["--activities"], "--activities doesn't work with JSON files."),
        ("csv", ["--skip", "hug"], "In a CSV of entries, delete the lines."),
        ("json", ["--skip", "hug"], "--skip doesn't work with JSON files."),
        ("json", ["--date-format", "DD/MM/YYYY"], "--date-format doesn't work with JSON files."),
        ("json", ["--prefer", "file"], "the newest one wins"),
    ],
)
def test_options_for_other_trackers_are_rejected_for_calmtracks_files(
    type_in: CommandLine, tmp_path: Path, written_as: str, options: list[str], message: str
) -> None:
    file = tmp_path / "diary"
    type_in.ok("export", "--format", written_as, "-o", str(file))
    answer = type_in("import", str(file), *options)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_an_import_names_the_option_that_uses_the_entries_of_the_file(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("log", "hug", "1")
    file = tmp_path / "days.csv"
    file.write_text(type_in.ok("export", "--layout", "days").out.replace(",1,", ",3,"))
    hint = "To use the file's entries instead, add --prefer file."
    for option in (["--dry-run"], []):
        assert type_in.ok("import", str(file), *option).lines[-1] == hint
    for prefer in ("diary", "file"):
        assert hint not in type_in.ok("import", str(file), "--prefer", prefer).out
    assert "Already logged" in type_in.ok("log", "hug", "3").out


@pytest.mark.parametrize("to_file", [False, True])
def test_an_export_whose_end_is_before_its_start_is_rejected(
    type_in: CommandLine, tmp_path: Path, *, to_file: bool
) -> None:
    type_in.ok("log", "hug")
    where = ["-o", str(tmp_path / "empty.csv")] if to_file else []
    refused = type_in("export", "--from", "2026-11-20", "--to", "2026-11-02", *where)
    assert (refused.code, refused.out, refused.err) == (
        2,
        "",
        "The first day, Friday 20 November 2026, is after the last day, Monday 2 November 2026. "
        "Swap them.\n",
    )
    assert not (tmp_path / "empty.csv").exists()


def test_undoing_an_import_of_one_entry_names_its_practice(type_in: CommandLine) -> None:
    header = b"day,kind,practice,name,unit,amount,state,note\r\n"
    row = b"2026-11-20,practice,laughter,Laughter,yes/no,1,logged,\r\n"
    type_in.ok("log", "hug")
    type_in.ok("import", "-", stdin=header + row)
    undone = type_in.ok("undo").out
    assert undone.startswith("Undid: import from ")
    assert undone.endswith("Laughter was yes; now it's empty.\n")


def test_an_imported_practice_that_takes_a_word_of_commands_is_named(
    type_in: CommandLine, tmp_path: Path
) -> None:
    type_in.ok("practices", "edit", "hug", "--name", "Cuddles", "--key", "c")
    path = tmp_path / "table.csv"
    path.write_text("date,Hüg\n2026-11-01,x\n", encoding="utf-8")
    sentence = 'In commands, "hug" means Hüg. For Cuddles, type "cuddles".'
    for options in (["--dry-run"], []):
        assert sentence in type_in.ok("import", str(path), *options).lines
    assert sentence not in type_in.ok("import", str(path)).lines
    assert "Logged: Hüg" in type_in.ok("log", "hug").out


def test_where_no_diary_exists_yet_nothing_is_in_it_already(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    export, diary = tmp_path / "all.json", tmp_path / "new.db"
    type_in.ok("export", "-o", str(export))
    preview = type_in("import", str(export), "--dry-run", "--diary", str(diary)).out
    assert "Hug (new): " in preview
    assert "already in your diary)" not in preview
    type_in.ok("import", str(export), "--diary", str(diary))
    preview = type_in.ok("import", str(export), "--dry-run", "--diary", str(diary)).out
    assert "Hug (already in your diary): " in preview
