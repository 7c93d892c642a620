"""A diary of every released schema opens with all that is in it, and is upgraded whole or not at
all, checked with a copy of this version that has one revision more."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.crash.hostile import HOSTILE
from tests.diary.factories import Clock
from tests.importers.factories import as_csv
from tests.journeys.terminal import environment, run
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError
from tracker.location import Location
from tracker.store.schema import SCHEMA

KILLS = int(os.environ.get("CALMTRACK_KILLS", "40"))
"""The number of kills: 40 in the gate, CALMTRACK_KILLS=500 for the long run."""

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
RELEASED = sorted(int(path.stem.rpartition("-")[2]) for path in FIXTURES.glob("diary-schema-*.db"))
NEWEST = RELEASED[-1]
"""The newest released schema: SCHEMA, or the one before it while SCHEMA isn't released."""
NOW = {"CALMTRACK_NOW": "2026-11-24T21:30:00+01:00"}

TABLES = ("practice", "goal", "out_of_list", "entry", "evening", "change", "change_row", "kept")
"""The tables that an upgrade keeps; it may empty the cache of streaks."""

LATER = SCHEMA + 1

REVISION_HEADER = f"""
import sqlalchemy as sa
from alembic import op

revision = "{LATER:04}"
down_revision = "{SCHEMA:04}"

def upgrade():
"""

RECREATES_TWO_TABLES = """
    with op.batch_alter_table("practice", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.Text))
    with op.batch_alter_table("change", recreate="always") as table:
        table.add_column(sa.Column("device", sa.Text))
"""
"""`practice` and `change` are the tables that others point to; rows of `change_row` go with
their `change`."""

FAILS_MIDWAY = """
    op.create_table("half_there", sa.Column("id", sa.Integer))
    op.execute("UPDATE entry SET note = 'overwritten' WHERE amount > 0")
    raise RuntimeError("a mistake in the revision")
"""

VIOLATES_A_CONSTRAINT_MIDWAY = """
    op.create_table("half_there", sa.Column("id", sa.Integer))
    op.execute("UPDATE entry SET note = 'overwritten' WHERE amount > 0")
    op.execute("INSERT INTO goal SELECT * FROM a_table_that_is_not_there")
"""

LEAVES_ORPHANS = """
    op.execute("DELETE FROM practice WHERE id = 'hug'")
"""

FOREIGN_KEYS_OFF = 'connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")'

FORK_SERVER = """
import os, signal, sys
from tracker.cli.app import run

def command(seconds, *words):
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    signal.setitimer(signal.ITIMER_PROF, float(seconds))
    os._exit(run(list(words)))

run(["--diary", sys.argv[1], "log", "hug"])
print("ready", flush=True)
for line in sys.stdin:
    act, *words = line.rstrip("\\n").split("\\t")
    if act == "start":
        child = os.fork()
        if child == 0:
            command(*words)
        print(child, flush=True)
    else:
        _, status, used = os.wait4(int(words[0]), 0)
        print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, flush=True)
"""
"""Imports the later calmtrack once, then forks for each command, so that kills hit the upgrade and
not the start of Python."""


@dataclass(frozen=True)
class LaterVersion:
    """A later version of calmtrack, and a home folder."""

    folder: Path
    home: Path

    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return environment(self.home, {"PYTHONPATH": str(self.folder), **NOW})

    def start(self, path: Path, *words: str) -> subprocess.Popen[str]:
        """Starts a command on a diary."""
        return subprocess.Popen(
            [sys.executable, "-m", "tracker", "--diary", str(path), *words],
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, path: Path, *words: str) -> tuple[int, str, str]:
        """Runs a command; returns exit code, output and errors."""
        child = self.start(path, *words)
        out, errors = child.communicate(timeout=60)
        return child.returncode, out, errors


def make_later_version(
    folder: Path, revision: str, *, without_foreign_keys_off: bool = False
) -> LaterVersion:
    """Creates a copy of this version with one more revision."""
    code = folder / "later"
    for name in ("tracker", "data"):
        shutil.copytree(ROOT / name, code / name)
    schema = code / "tracker" / "store" / "schema.py"
    schema.write_text(schema.read_text().replace(f"SCHEMA = {SCHEMA}\n", f"SCHEMA = {LATER}\n"))
    versions = code / "tracker" / "store" / "migrations" / "versions"
    (versions / f"rev_{LATER:04}.py").write_text(REVISION_HEADER + revision)
    if without_foreign_keys_off:
        upgrade = versions.parent / "__init__.py"
        assert FOREIGN_KEYS_OFF in upgrade.read_text()
        upgrade.write_text(upgrade.read_text().replace(FOREIGN_KEYS_OFF, "pass"))
    home = folder / "home"
    home.mkdir()
    return LaterVersion(code, home)


@pytest.fixture(scope="module")
def later_version(tmp_path_factory: pytest.TempPathFactory) -> LaterVersion:
    """A later version whose revision recreates two tables."""
    return make_later_version(tmp_path_factory.mktemp("later"), RECREATES_TWO_TABLES)


@dataclass(frozen=True)
class ForkServer:
    """A process that has imported the later version and forks for each command."""

    process: subprocess.Popen[str]

    def start(self, path: Path, *words: str, seconds: float = 0) -> int:
        """Starts a command on a diary; returns its process id. With `seconds` the kernel ends it by
        SIGPROF, which has no handler, after so much processor time."""
        return int(self._request("start", str(seconds), "--diary", str(path), *words))

    def wait_for(self, child: int) -> tuple[int, float]:
        """Waits for a command; returns its exit code, or minus the signal's number, and its
        processor time in seconds."""
        code, used = self._request("wait", str(child)).split()
        return int(code), float(used)

    def run(self, path: Path, *words: str) -> int:
        """Runs a command until it exits."""
        return self.wait_for(self.start(path, *words))[0]

    def _request(self, *words: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@pytest.fixture(scope="module")
def fork_server(
    later_version: LaterVersion, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ForkServer]:
    """A fork server of the later version that has upgraded a diary before."""
    warm = copy_diary(tmp_path_factory.mktemp("warm") / "diary.db")
    with subprocess.Popen(
        [sys.executable, "-c", FORK_SERVER, str(warm)],
        env=later_version.environment(),
        cwd=later_version.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Logged: Hug")
        assert process.stdout.readline() == "ready\n"
        assert schema_of(warm) == LATER
        yield ForkServer(process)
        assert process.stdin is not None
        process.stdin.close()


def fixture(schema: int) -> Path:
    """The diary file of a released schema."""
    return FIXTURES / f"diary-schema-{schema}.db"


@cache
def current_diary() -> bytes:
    """A diary of SCHEMA: the newest released one, upgraded if SCHEMA isn't released yet."""
    if NEWEST == SCHEMA:
        return fixture(NEWEST).read_bytes()
    with TemporaryDirectory() as folder:
        path = copy_diary(Path(folder) / "diary.db", NEWEST)
        Diary(Location(path), Clock()).practices.all()
        assert schema_of(path) == SCHEMA
        return path.read_bytes()


def copy_diary(path: Path, schema: int = SCHEMA) -> Path:
    """Copies a diary of a released schema, or of SCHEMA, to a path."""
    content = current_diary() if schema == SCHEMA else fixture(schema).read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def expected_csv(schema: int = NEWEST) -> str:
    """The CSV export of the diary of a released schema."""
    return (FIXTURES / f"diary-schema-{schema}.csv").read_bytes().decode()


def schema_of(path: Path) -> int:
    """The schema version of a diary."""
    with closing(sqlite3.connect(path)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a diary, limited to the columns of the newest released schema."""
    with closing(sqlite3.connect(fixture(NEWEST))) as released:
        columns = {table: _columns(released, table) for table in TABLES}
    rows = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            own = _columns(connection, table)
            names = ", ".join(name for name in columns[table] if name in own)
            rows[table] = sorted(connection.execute(f"SELECT {names} FROM {table}"), key=repr)
    return rows


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def check_schema(path: Path) -> int:
    """Asserts that a diary is sound and completely of the released or the later schema; returns
    which."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        practice = {row[1] for row in connection.execute("PRAGMA table_info(practice)")}
        change = {row[1] for row in connection.execute("PRAGMA table_info(change)")}
    assert revisions == [(f"{schema:04}",)]
    assert not [name for name in names if "tmp" in name or "half" in name]
    assert ("colour" in practice) == ("device" in change) == (schema == LATER)
    assert schema in (SCHEMA, LATER)
    return int(schema)


def copy_before_upgrade(path: Path) -> Path:
    """Asserts that there is one verified copy of the old diary."""
    (copy,) = (path.parent / "aside").iterdir()
    assert copy.name == f"diary-schema-{SCHEMA}.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert check_schema(copy) == SCHEMA
    return copy


RELEASED_ROWS = rows_of(fixture(NEWEST))


# A diary of every released schema


def test_there_is_a_diary_of_every_released_schema() -> None:
    assert {path.name for path in FIXTURES.glob("diary-schema-*")} == {
        f"diary-schema-{schema}.{kind}" for schema in RELEASED for kind in ("db", "csv")
    }
    # A new schema needs the file of the one before it, if no release has created it yet.
    assert RELEASED in (list(range(1, SCHEMA)), list(range(1, SCHEMA + 1)))


@pytest.mark.parametrize("schema", RELEASED)
def test_it_opens_with_every_row_and_note(tmp_path: Path, schema: int) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db", schema)
    exported = run(tmp_path, "--diary", str(path), "export", "-o", "out.csv", env=NOW)
    assert exported.stderr == ""
    assert (tmp_path / "out.csv").read_bytes().decode() == expected_csv(schema)
    assert schema_of(path) == SCHEMA
    assert Diary(Location(path)).outdated_streak_caches() == []


@pytest.mark.parametrize("schema", RELEASED)
def test_its_notes_are_unchanged(tmp_path: Path, schema: int) -> None:
    diary = Diary(Location(copy_diary(tmp_path / "diary.db", schema)), Clock())
    with diary.stream() as (rows, entries, evenings):
        notes = {e.note for e in entries} | {e.note for e in evenings}
    with closing(sqlite3.connect(tmp_path / "diary.db")) as connection:
        days = connection.execute("SELECT count(*) FROM evening").fetchone()
    assert (len(rows.practices), days) == (8, (40,))
    for name in ("markup", "SQL", "all of C0 but NUL", "ten thousand", "a command formula"):
        assert HOSTILE[name] in notes, name


@pytest.mark.thorough
@pytest.mark.parametrize("schema", RELEASED)
def test_every_step_can_be_undone_and_redone(tmp_path: Path, schema: int) -> None:
    diary = Diary(Location(copy_diary(tmp_path / "diary.db", schema)), Clock())
    steps = 0
    while diary.undo() is not None:
        steps += 1
    assert steps == 239
    assert as_csv(diary).count("\r\n") == 1
    assert [p.id for p in diary.practices.all()] == [
        *("hug", "laughter", "nature-walk", "gratitude", "good-talk", "safe-moment", "joy")
    ]
    assert diary.outdated_streak_caches() == []
    for _ in range(steps):
        assert diary.redo() is not None
    assert as_csv(diary) == expected_csv(schema)
    assert diary.redo() is not None, "the step that was taken back when the diary was made"
    assert diary.redo() is None
    assert diary.outdated_streak_caches() == []


CONFLICT_STEPS = """
INSERT INTO change VALUES (900, '2026-11-20T20:00:00.000000Z', 'log hug', FALSE);
INSERT INTO change_row VALUES (900, 'entry', 'hug', '2026-10-02', NULL);
INSERT INTO change VALUES (901, '2026-11-21T20:00:00.000000Z', 'merge other.db', FALSE);
INSERT INTO change_row VALUES (901, 'entry', 'hug', '2026-10-02', '{"note": "mine"}');
INSERT INTO change_row VALUES (901, 'evening', 'calm', '2026-10-02', '{"calm": 3, "note": ""}');
INSERT INTO change VALUES (902, '2026-11-21T20:00:00.000000Z', 'merge other.db', FALSE);
INSERT INTO change_row VALUES (902, 'entry', 'hug', '2026-10-02',
    '{"amount": 2, "day": "2026-10-02", "logged_at": null, "note": "lost", "practice_id": "hug",
      "state": "logged"}');
INSERT INTO change_row VALUES (902, 'evening', 'calm', '2026-10-02',
    '{"calm": null, "day": "2026-10-02", "logged_at": null, "note": ""}');
INSERT INTO change VALUES (903, '2026-11-21T20:00:00.000000Z', 'merge other.db', FALSE);
INSERT INTO change_row VALUES (903, 'entry', 'hug', '2026-10-03', NULL);
"""
"""The undo steps of a merge in calmtrack 1.0 in which two rows lost, one of them blank, and one was
new."""


def test_skipped_rows_of_a_merge_in_schema_1_are_no_undo_steps(tmp_path: Path) -> None:
    path = copy_diary(tmp_path / "diary.db", 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM change WHERE undone")
        connection.executescript(CONFLICT_STEPS)
        connection.commit()
    diary = Diary(Location(path), Clock())
    (record,) = diary.conflict_records()
    assert (record.what, record.subject, record.at) == (
        "merge",
        "other.db",
        "2026-11-21T20:00:00.000000Z",
    )
    assert (record.row.amount, record.row.note) == (2, "lost")
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT id FROM change WHERE id >= 900 ORDER BY id")
        assert found.fetchall() == [(900,), (903,)]
    assert len(rows_of(path)["change_row"]) == len(rows_of(fixture(1))["change_row"]) - 1 + 2
    steps = [diary.undo() for _ in range(2)]
    assert [(step.what, step.first_day) for step in steps if step] == [
        ("merge", date(2026, 10, 3)),
        ("log", date(2026, 10, 2)),
    ]


def test_an_upgraded_diary_has_an_id(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "other"):
        path = copy_diary(tmp_path / name / "diary.db", 1)
        Diary(Location(path), Clock()).press("hug")
        with closing(sqlite3.connect(path)) as connection:
            ids.add(connection.execute("SELECT id FROM diary_id").fetchone())
    assert len(ids) == 2


# A later version


@pytest.mark.thorough
def test_a_later_version_upgrades_it_and_loses_nothing(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db")
    code, shown, errors = later_version.run(path, "export")
    assert (code, errors) == (0, "")
    assert shown.splitlines() == expected_csv().splitlines()
    assert check_schema(path) == LATER
    assert rows_of(path) == RELEASED_ROWS
    assert all(RELEASED_ROWS.values())
    assert path.stat().st_mode & 0o777 == 0o600
    assert rows_of(copy_before_upgrade(path)) == RELEASED_ROWS
    assert later_version.run(path, "log", "hug", "+2")[0] == 0
    assert later_version.run(path, "undo", "240")[:2] != (1, "")
    assert len(rows_of(path)["change"]) == 240


@pytest.mark.thorough
def test_with_foreign_keys_on_the_undo_log_would_be_emptied(tmp_path: Path) -> None:
    """Shows that the test above can fail: with foreign keys on, recreating a table deletes the rows
    that refer to it."""
    only_change = "\n    with" + RECREATES_TWO_TABLES.split("    with")[2]
    version = make_later_version(tmp_path, only_change, without_foreign_keys_off=True)
    path = copy_diary(tmp_path / "calm" / "diary.db")
    assert version.run(path, "today")[0] == 0
    assert rows_of(path)["change"] == RELEASED_ROWS["change"]
    assert rows_of(path)["change_row"] == []
    assert rows_of(copy_before_upgrade(path)) == RELEASED_ROWS


@pytest.mark.thorough
def test_this_version_refuses_an_upgraded_diary(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db")
    assert later_version.run(path, "today")[0] == 0
    before = path.read_bytes()
    for words in (["log", "hug"], ["today"], ["export"], ["undo"], ["status"], ["backup", "b.db"],
                  ["forget", "2026-10-05", "--yes"], ["doctor", "--repair"]):  # fmt: skip
        done = run(tmp_path, "--diary", str(path), *words, check=False)
        assert done.returncode == 1, words
        (sentence,) = (done.stdout + done.stderr).splitlines()
        assert "newer version of calmtrack" in sentence
        assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.rglob("*.db*")) == [
        f"diary-schema-{SCHEMA}.db",
        "diary.db",
    ]


@pytest.mark.thorough
def test_an_open_app_refuses_a_diary_upgraded_meanwhile(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db")
    open_all_along = Diary(Location(path), Clock())
    open_all_along.press("hug")
    assert later_version.run(path, "today")[0] == 0
    before = path.read_bytes()
    with pytest.raises(CalmtrackError, match="newer version of calmtrack"):
        open_all_along.press("hug")
    with pytest.raises(CalmtrackError, match="newer version of calmtrack"):
        open_all_along.day()
    assert path.read_bytes() == before


@pytest.mark.thorough
def test_a_copy_is_made_of_each_old_diary_that_reappears(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    """A restore or a sync tool may replace the diary by an older file, repeatedly."""
    path = copy_diary(tmp_path / "calm" / "diary.db")
    for _ in range(2):
        assert later_version.run(copy_diary(path), "today")[0] == 0
        copy_before_upgrade(path)
    Diary(Location(copy_diary(path)), Clock()).log("joy", note="written between two upgrades")
    other = rows_of(path)
    assert later_version.run(path, "today")[0] == 0
    first, second = sorted((path.parent / "aside").iterdir())
    assert {first.name, second.name} == {
        f"diary-schema-{SCHEMA}-2.db",
        f"diary-schema-{SCHEMA}.db",
    }
    assert (rows_of(first), rows_of(second)) == (other, RELEASED_ROWS)


# Concurrency


@pytest.mark.thorough
def test_three_at_once_one_upgrades_and_all_succeed(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db")
    running = [
        later_version.start(path, *words)
        for words in (["log", "hug", "--note", "at once"], ["calm", "6"], ["today"])
    ]
    answers = [child.communicate(timeout=60) for child in running]
    assert [child.returncode for child in running] == [0, 0, 0], answers
    assert [errors for _, errors in answers] == ["", "", ""]
    check_two_evenings(path)


@pytest.mark.thorough
def test_three_at_once_repeatedly(tmp_path: Path, fork_server: ForkServer) -> None:
    for number in range(10):
        path = copy_diary(tmp_path / str(number) / "diary.db")
        children = [
            fork_server.start(path, *words)
            for words in (["log", "hug", "--note", "at once"], ["calm", "6"], ["today"])
        ]
        assert [fork_server.wait_for(child)[0] for child in children] == [0, 0, 0]
        check_two_evenings(path)


def check_two_evenings(path: Path) -> None:
    """Asserts that an upgraded diary has a hug and a rating more than the released one."""
    assert check_schema(path) == LATER
    copy_before_upgrade(path)
    rows = rows_of(path)
    # The undone step can't be redone after a new one.
    assert len(rows["change"]) == len(RELEASED_ROWS["change"]) - 1 + 2
    assert set(RELEASED_ROWS["entry"]) < set(rows["entry"])
    assert set(RELEASED_ROWS["evening"]) < set(rows["evening"])
    assert len(rows["entry"]) == len(RELEASED_ROWS["entry"]) + 1
    assert len(rows["evening"]) == len(RELEASED_ROWS["evening"]) + 1
    for table in ("practice", "goal", "out_of_list"):
        assert rows[table] == RELEASED_ROWS[table]
    assert rows_of(copy_before_upgrade(path))["practice"] == RELEASED_ROWS["practice"]


# Kills and failures


@pytest.mark.thorough
def test_killed_at_any_moment_the_schema_is_the_old_or_the_new_one(
    tmp_path: Path, fork_server: ForkServer
) -> None:
    chance = random.Random(20261124)
    path = copy_diary(tmp_path / "calm" / "diary.db")
    code, longest = fork_server.wait_for(fork_server.start(path, "today"))
    assert code == 0
    schemas, in_mid_write = [], 0
    for _ in range(KILLS):
        shutil.rmtree(path.parent)
        copy_diary(path)
        child = fork_server.start(path, "today", seconds=chance.uniform(0.001, longest * 1.1))
        assert fork_server.wait_for(child)[0] in (0, -signal.SIGPROF)
        in_mid_write += path.with_name("diary.db-journal").exists()
        schemas.append(check_schema(path))
        assert rows_of(path) == RELEASED_ROWS
        if schemas[-1] == LATER:
            assert rows_of(copy_before_upgrade(path)) == RELEASED_ROWS
        assert fork_server.run(path, "log", "hug") == 0
        assert check_schema(path) == LATER
        assert len(rows_of(path)["entry"]) == len(RELEASED_ROWS["entry"]) + 1
        assert rows_of(copy_before_upgrade(path)) == RELEASED_ROWS
        assert not list(path.parent.rglob("*unfinished*"))
    print(f"{KILLS} kills, {in_mid_write} in mid-write, {schemas.count(LATER)} after the upgrade")
    # If every kill came too early or too late, the test would prove nothing.
    assert set(schemas) == {SCHEMA, LATER}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("revision", "sentence"),
    [
        (FAILS_MIDWAY, "a bug in calmtrack"),
        (VIOLATES_A_CONSTRAINT_MIDWAY, "Couldn't use the diary"),
        (LEAVES_ORPHANS, "a bug in calmtrack"),
    ],
    ids=["a mistake", "refused by SQLite", "rows left without their practice"],
)
def test_a_failed_upgrade_changes_nothing(
    tmp_path: Path, later_version: LaterVersion, revision: str, sentence: str
) -> None:
    failing = make_later_version(tmp_path, revision)
    path = copy_diary(tmp_path / "calm" / "diary.db")
    before = path.read_bytes()
    for words in (["log", "hug"], ["today"]):
        code, shown, errors = failing.run(path, *words)
        assert (code, shown) == (1, "")
        assert len(errors.splitlines()) == 1
        assert sentence in errors
        assert path.read_bytes() == before
        assert not path.with_name("diary.db-journal").exists()
    assert check_schema(path) == SCHEMA
    assert rows_of(path) == RELEASED_ROWS
    copy_before_upgrade(path)
    assert run(tmp_path, "--diary", str(path), "today", env=NOW).returncode == 0
    assert later_version.run(path, "today")[0] == 0
    assert check_schema(path) == LATER
    assert rows_of(path) == RELEASED_ROWS


@pytest.mark.thorough
def test_a_diary_that_is_being_read_is_upgraded_later(
    tmp_path: Path, later_version: LaterVersion
) -> None:
    path = copy_diary(tmp_path / "calm" / "diary.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM entry").fetchone()
        code, shown, errors = later_version.run(path, "today")
        other.execute("COMMIT")
    assert (code, shown) == (1, "")
    assert "Another program is using" in errors
    assert len(errors.splitlines()) == 1
    assert check_schema(path) == SCHEMA
    assert later_version.run(path, "today")[0] == 0
    assert check_schema(path) == LATER
