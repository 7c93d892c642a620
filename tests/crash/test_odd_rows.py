"""Rows that calmtrack could not have written, stored by raw SQL: left out, named, repaired."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.effort import some_of
from tests.tui.conftest import TODAY, location
from tracker.cli import app as command_line
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, InputError
from tracker.importers.merge import merge
from tracker.location import Location

__all__ = ["location"]

YESTERDAY = (TODAY - timedelta(days=1)).isoformat()
HUG_YESTERDAY = f"practice_id='hug' AND day='{YESTERDAY}'"


@pytest.fixture
def diary(location: Location) -> Diary:
    """A diary with two days of two practices."""
    diary = Diary(location)
    diary.create(("hug", "laughter"))
    for day in (TODAY, TODAY - timedelta(days=1)):
        diary.log("hug", day, note="long")
        diary.log("laughter", day)
        diary.rate(6, day, note="fine")
    return diary


def sql(diary: Diary, *statements: str) -> None:
    """Runs SQL on the file with CHECK constraints and foreign keys off."""
    assert diary.location.path is not None
    with closing(sqlite3.connect(diary.location.path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


ODD_ROWS = {
    "a day that is none": f"UPDATE entry SET day='2026-02-30' WHERE {HUG_YESTERDAY}",
    "an evening on no day": f"UPDATE evening SET day='2026-02-30' WHERE day='{YESTERDAY}'",
    "a day of the first century": f"UPDATE evening SET day='0001-01-01' WHERE day='{YESTERDAY}'",
    "a day that is a number": f"UPDATE evening SET day=5 WHERE day='{YESTERDAY}'",
    "an amount that is text": f"UPDATE entry SET amount='x' WHERE day='{YESTERDAY}'",
    "half an amount": f"UPDATE entry SET amount=1.5 WHERE day='{YESTERDAY}'",
    "an amount without end": f"UPDATE entry SET amount=9223372036854775807 WHERE day='{YESTERDAY}'",
    "an unknown state": f"UPDATE entry SET state='lost' WHERE day='{YESTERDAY}'",
    "a note of bytes": f"UPDATE entry SET note=x'00ff' WHERE day='{YESTERDAY}'",
    "a calm of eleven": f"UPDATE evening SET calm=11 WHERE day='{YESTERDAY}'",
    "a calm that is text": f"UPDATE evening SET calm='calm' WHERE day='{YESTERDAY}'",
    "no such time": f"UPDATE evening SET logged_at='late' WHERE day='{YESTERDAY}'",
    "a time of bytes": f"UPDATE evening SET logged_at=x'31' WHERE day='{YESTERDAY}'",
    "a change without a time": f"UPDATE entry SET updated_at='9999-12-31' WHERE day='{YESTERDAY}'",
    "a change at the end of time": "UPDATE entry SET updated_at='9999-12-31T23:59:59.999999Z'",
    "a week of no days": "UPDATE goal SET days_per_week=0 WHERE practice_id='hug'",
    "a goal of text": "UPDATE goal SET amount='x' WHERE practice_id='hug'",
    "no goal": "DELETE FROM goal WHERE practice_id='hug'",
    "a practice of an unknown unit": "UPDATE practice SET unit='miles' WHERE id='hug'",
    "a practice with a long letter": "UPDATE practice SET key='hh' WHERE id='hug'",
    "a practice with a capital letter": "UPDATE practice SET key='H' WHERE id='hug'",
    "a practice added never": "UPDATE practice SET added_on='never' WHERE id='hug'",
    "a practice without a step": "UPDATE practice SET step='x' WHERE id='hug'",
    "a practice that maybe overlaps": "UPDATE practice SET overlap='maybe' WHERE id='hug'",
    "a span backwards": "INSERT INTO out_of_list VALUES ('hug','2026-11-10','2026-11-01','x')",
    "a span from never": "INSERT INTO out_of_list VALUES ('hug','never',NULL,'x')",
    "a day that turns at abc": "INSERT INTO kept VALUES ('day_turns_at','\"abc\"','x')",
    "a turn in another zone": "INSERT INTO kept VALUES ('day_turns_at','\"04:00+02:00\"','x')",
    "a week that starts on text": "INSERT INTO kept VALUES ('week_starts_on','\"1\"','x')",
    "no JSON in kept": "INSERT INTO kept VALUES ('support','{','x')",
    "coin months of a number": "INSERT INTO kept VALUES ('coin_months','5','x')",
    "a coin month of nothing": "INSERT INTO kept VALUES ('coin_months','[{}]','x')",
    "a jar of numbers": "INSERT INTO kept VALUES ('jar','[1]','x')",
    "a gentle line shown never": "INSERT INTO kept VALUES ('gentle_shown_on','\"never\"','x')",
    "a diary begun never": "UPDATE kept SET value='\"never\"' WHERE key='begun_on'",
    "a diary begun on no day at all": "DELETE FROM kept WHERE key='begun_on'",
    "a streak that is none": "UPDATE streak_state SET state='{}'",
    "a streak until never": "UPDATE OR REPLACE streak_state SET settled_day='never'",
    "a step of bytes": "UPDATE change SET what=x'00'",
    "a step of an unknown kind": "UPDATE change SET what='x'",
    "a step without its row": "UPDATE change_row SET before='{'",
    "a step with another's row": "UPDATE change_row SET before='[]' WHERE kind='entry'",
    "a step made never": "UPDATE change SET at='never'",
    "a step that maybe is undone": "UPDATE change SET undone='x'",
    "a note with a NUL": "UPDATE entry SET note='Anna' || char(0) || 'x'",
    "two practices with one letter": "UPDATE practice SET key='h'",
    "a step on no day": "UPDATE change_row SET day='never' WHERE kind='entry'",
}  # fmt: skip

COMMANDS = (
    ["today"], ["today", "--json"], ["today", "--day", "yesterday"], ["week"], ["week", "--json"],
    ["week", "--markdown"], ["year"], ["year", "--of", "calm"], ["trend"], ["streaks"],
    ["month"], ["month", "--json"],
    ["streaks", "--json"], ["explain", "laughter"], ["insights"], ["insights", "--json"],
    ["coin"], ["support"], ["people"], ["jar"], ["status"], ["nudge"], ["practices"],
    ["export"], ["export", "--layout", "days"], ["export", "--format", "json"], ["config"],
    ["where"], ["log", "laughter"], ["calm", "1"], ["clear", "laughter"], ["rest", "laughter"],
    ["undo"], ["redo"], ["undo", "6"], ["redo", "6"], ["backup"],
)  # fmt: skip


def run(diary: Diary, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Runs a command in this process; returns its exit code and output."""
    assert diary.location.path is not None
    code = command_line.run(["--diary", str(diary.location.path), *arguments])
    output = capfd.readouterr()
    return code, output.out, output.err


@pytest.mark.parametrize("odd", some_of(ODD_ROWS, 2))
def test_one_odd_row_breaks_no_command_and_doctor_repairs_it(
    diary: Diary, odd: str, capfd: pytest.CaptureFixture[str]
) -> None:
    sql(diary, ODD_ROWS[odd])
    is_named = bool(diary.bad_rows())
    code, out, _ = run(diary, capfd, "doctor")
    assert (code == 1) is (is_named or "differ" in out), out
    for arguments in COMMANDS:
        code, _, err = run(diary, capfd, *arguments)
        assert "Traceback" not in err
        assert code in (0, 1, 2)
        assert "went wrong in calmtrack" not in err, err
    assert run(diary, capfd, "doctor", "--repair")[0] == 0
    assert diary.bad_rows() == []
    assert diary.maintenance.diagnose() == ()
    for arguments in COMMANDS:
        assert "went wrong in calmtrack" not in run(diary, capfd, *arguments)[2]


def test_doctor_repairs_odd_steps_a_nul_and_a_letter_of_two_practices(
    diary: Diary, capfd: pytest.CaptureFixture[str]
) -> None:
    sql(
        diary,
        ODD_ROWS["a step made never"] + " WHERE id = 1",
        ODD_ROWS["a step that maybe is undone"] + " WHERE id = 2",
        ODD_ROWS["a note with a NUL"] + f" WHERE practice_id = 'hug' AND day = '{TODAY}'",
        ODD_ROWS["two practices with one letter"],
    )
    out = run(diary, capfd, "doctor")[1]
    assert out.startswith("4 rows of the diary have values that calmtrack never writes")
    for name in ("change 1 (at)", "change 2 (undone)", "entry 2026-11-24 hug (note)",
                 "practice laughter (key)"):  # fmt: skip
        assert name in out
    run(diary, capfd, "doctor", "--repair")
    assert diary.bad_rows() == []
    rows = {row.practice.id: row for row in diary.day().practices}
    assert [rows[name].practice.key for name in ("hug", "laughter")] == ["h", None]
    assert rows["hug"].note == "Anna\ufffdx"
    assert diary.undo() is not None


def test_an_entry_with_an_impossible_time_of_change_can_be_logged_again(diary: Diary) -> None:
    sql(diary, "UPDATE entry SET updated_at='9999-12-31'")
    diary.log("hug", amount=5)
    assert next(r for r in diary.day().practices if r.practice.id == "hug").amount == 5


def test_a_row_that_cannot_be_read_is_not_overwritten(diary: Diary) -> None:
    sql(diary, f"UPDATE entry SET amount='x' WHERE day='{TODAY}' AND practice_id='hug'")
    with pytest.raises(CalmtrackError, match=r"hug 2026-11-24 can't be read.*doctor --repair"):
        diary.log("hug")
    diary.log("laughter")
    list(diary.maintenance.repair())
    row = next(r for r in diary.day().practices if r.practice.id == "hug")
    assert (row.amount, row.note) == (None, "long")
    diary.log("hug")


def test_a_practice_with_a_note_on_no_day_is_not_removed_by_undo(diary: Diary) -> None:
    diary.practices.add("Tea")
    entry = "'never', 'tea', 'logged', NULL, 'with Anna', NULL, '2026-11-24T20:00:00.000000Z'"
    sql(diary, f"INSERT INTO entry VALUES ({entry})")
    with pytest.raises(CalmtrackError, match=r"tea can't be read.*doctor --repair"):
        diary.undo()
    assert diary.practices.find("tea").name == "Tea"


@pytest.mark.parametrize(
    "odd", ["UPDATE evening SET day='never'", f"UPDATE entry SET day='' WHERE {HUG_YESTERDAY}"]
)
def test_a_diary_with_a_note_on_no_day_is_not_merged(
    diary: Diary, odd: str, tmp_path: Path
) -> None:
    other = Diary(Location(tmp_path / "other" / "diary.db"))
    other.create(("hug",))
    other.log("hug", TODAY - timedelta(days=1), note="with Anna")
    other.rate(5, TODAY, note="fine")
    sql(other, odd)
    with pytest.raises(InputError, match=r"entries that can't be read \((calm|hug)\)"):
        merge(diary, other.location)


ODD_RECORDS = (
    "kind='x'", "kind=x'00'", "key='x'", "day='never'", "day=5", "day=x'00'", "day=''",
    "content='{'", "content='null'", "content=5", "source=x'00'",
    "content='null', kind='kept', day=''", "at=5",
)  # fmt: skip
"""The last one is readable: an invalid time counts as unknown."""


def test_odd_steps_and_records_are_omitted_from_the_undo_list(
    diary: Diary, capfd: pytest.CaptureFixture[str]
) -> None:
    content = json.dumps({"calm": 1, "day": str(TODAY), "logged_at": None, "note": ""})
    row = f"'evening', 'calm', '{TODAY}'"
    for number, odd in enumerate(ODD_RECORDS, start=1):
        sql(
            diary,
            f"INSERT INTO conflict_record VALUES ({number}, 'x', 'merge b', {row}, '{content}')",
            f"UPDATE conflict_record SET {odd} WHERE id = {number}",
        )
    for odd in ("kind='x'", "day=5", "day='never'", "day=x'00'", "day=''", "updated_at=5"):
        sql(
            diary,
            "DELETE FROM change_row",
            f"INSERT INTO change_row SELECT id, {row}, NULL, NULL FROM change",
            f"UPDATE change_row SET {odd}",
        )
        sql(diary, "UPDATE change SET what='mystery thing'")
        code, out, err = run(diary, capfd, "undo", "--list")
        can_undo = odd == "updated_at=5"
        assert (code, err, out.startswith("Nothing to undo")) == (0, "", not can_undo), odd
        assert (run(diary, capfd, "undo")[0] == 0) is can_undo, odd
    assert "mystery thing" in out
    assert [line[:10] for line in out.split("undo --record N")[1].splitlines()[1:]] == [
        "  13  Calm"
    ]


def test_a_repair_leaves_a_copy_of_what_it_changed(diary: Diary) -> None:
    sql(diary, f"UPDATE evening SET calm=11 WHERE day='{YESTERDAY}'")
    list(diary.maintenance.repair())
    assert diary.location.path is not None
    (copy,) = (diary.location.path.parent / "aside").glob("*.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT max(calm) FROM evening").fetchone() == (11,)


def test_a_practice_with_an_impossible_id_keeps_its_entries_under_a_new_one(diary: Diary) -> None:
    sql(
        diary,
        "UPDATE practice SET id='$(rm)' WHERE id='hug'",
        *(
            f"UPDATE {table} SET practice_id='$(rm)' WHERE practice_id='hug'"
            for table in ("entry", "goal", "streak_state")
        ),
        f"UPDATE entry SET amount='x' WHERE practice_id='$(rm)' AND day='{YESTERDAY}'",
    )
    assert [row.practice.id for row in diary.day().practices] == ["laughter"]
    list(diary.maintenance.repair())
    (hug,) = (row for row in diary.day().practices if row.practice.name == "Hug")
    assert (hug.practice.id, hug.amount, hug.note) == ("practice-1", 1, "long")
    assert diary.bad_rows() == []
    # Its undo steps refer to a practice that no longer exists; the others can still be undone.
    undone = []
    while (step := diary.undo()) is not None:
        undone.append((step.what, step.subject))
    assert undone == [("rate", "calm"), ("log", "laughter")] * 2


def test_undo_skips_any_number_of_steps_of_a_practice_that_is_missing(diary: Diary) -> None:
    diary.rate(9)
    number = "WITH RECURSIVE n(i) AS (VALUES (1001) UNION ALL SELECT i + 1 FROM n LIMIT 1200)"
    sql(
        diary,
        f"{number} INSERT INTO change SELECT i, '{TODAY}T20:30:00.000000Z', 'log yoga', 0 FROM n",
        f"{number} INSERT INTO change_row SELECT i, 'entry', 'yoga', '{TODAY}', NULL, NULL FROM n",
    )
    step = diary.undo()
    assert step is not None
    assert (step.what, step.subject) == ("rate", "calm")


INVALID_VALUES: list[object] = [
    None,
    True,
    5,
    -1,
    1.5,
    "never",
    "0001-01-01",
    [],
    [5],
    [{}],
    {},
    "04:00+02:00",
]
"""JSON values; VALID_VALUES lists those that are valid for a key."""

VALID_VALUES: dict[str, list[object]] = {
    "begun_on": [], "welcomed": [True], "day_turns_at": [], "week_starts_on": [5],
    "support": [[]], "gentle_shown_on": [], "gentle_muted": [True], "jar": [[]],
    "coin_months": [[]],
}  # fmt: skip


@pytest.mark.parametrize("key", VALID_VALUES)
def test_json_with_an_invalid_app_state_is_rejected(
    diary: Diary, key: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for value in INVALID_VALUES:
        if value in VALID_VALUES[key]:
            continue
        row = {"key": key, "value": value, "updated_at": "2026-11-24T20:00:00.000000Z"}
        file = tmp_path / "in.json"
        file.write_text(json.dumps({"calmtrack": 1, "kept": [row]}))
        code, _, err = run(diary, capfd, "import", str(file))
        assert (code, len(err.splitlines())) == (2, 1), (value, err)
    diary.rate(1)
    assert diary.coin_month.status_lines()


def test_an_internal_error_is_one_sentence_and_a_private_log(
    diary: Diary,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    secret = "".join(("my", "note"))

    def raise_internal_error(*_: object, **__: object) -> None:
        raise KeyError(secret)

    monkeypatch.setattr("tracker.diary.period_views.week_view", raise_internal_error)
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path / "settings"))
    code, out, err = run(diary, capfd, "week")
    log = tmp_path / "settings" / "errors.log"
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "(KeyError)" in err
    assert str(log) in err
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text()
    assert "diary_base.py" in text
    assert secret not in text
