"""The diary file: private, marked with calmtrack's application id, and never another program's."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from tests.diary.factories import TODAY, Clock
from tracker.diary.diary import Diary
from tracker.diary.fast_today import today_view
from tracker.errors import CalmtrackError
from tracker.exporters.csv_export import CsvOptions, write_csv
from tracker.location import Location
from tracker.store import integrity
from tracker.store.schema import APPLICATION_ID, SCHEMA

pytestmark = pytest.mark.about_a_file


def mode(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077])
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Sets the umask to several values."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("any_umask")
def test_only_its_owner_can_read_it_and_enter_its_folder(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a new folder" / "diary.db"
    Diary(Location(path), now=clock).press("hug")
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert [p.name for p in path.parent.iterdir()] == ["diary.db"]


def test_an_existing_folder_keeps_its_mode(tmp_path: Path, clock: Clock) -> None:
    tmp_path.chmod(0o755)
    Diary(Location(tmp_path / "diary.db"), now=clock).press("hug")
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize(
    "name", ["evening & night?.db", "100%.db", "#1.db", "日記.db", "a'b\"c.db", "mode=ro&.db"]
)
def test_it_can_have_any_name(tmp_path: Path, clock: Clock, name: str) -> None:
    path = tmp_path / name
    diary = Diary(Location(path), now=clock)
    diary.rate(7)
    assert diary.day().calm == 7
    assert today_view(Location(path), clock) == diary.day()
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_it_can_have_a_name_that_is_not_utf_8(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.db")
    diary = Diary(Location(path), now=clock)
    diary.rate(7)
    assert today_view(Location(path), clock) == diary.day()
    assert [bytes(p) for p in tmp_path.iterdir()] == [bytes(tmp_path) + b"/caf\xe9.db"]


def test_it_is_marked_as_a_diary_of_its_revision(diary: Diary) -> None:
    assert diary.location.path is not None
    with closing(sqlite3.connect(diary.location.path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (f"{SCHEMA:04}",)
        ]


def test_an_empty_file_is_a_new_diary(location: Location, clock: Clock) -> None:
    assert location.path is not None
    location.path.touch()
    diary = Diary(location, now=clock)
    assert diary.is_new()
    assert diary.day().calm is None
    assert location.path.stat().st_size == 0
    diary.rate(7)
    assert diary.day().calm == 7


def test_a_database_without_tables_is_a_new_diary(location: Location, clock: Clock) -> None:
    assert location.path is not None
    with closing(sqlite3.connect(location.path)) as connection:
        connection.execute("VACUUM")
    diary = Diary(location, now=clock)
    assert diary.is_new()
    diary.rate(7)
    assert diary.day().calm == 7


def a_text_file(path: Path) -> None:
    """A text file."""
    path.write_text("milk\nbread\n" * 100)


def a_short_text_file(path: Path) -> None:
    """A text file of one word."""
    path.write_text("milk")


def bytes_at_random(path: Path) -> None:
    """Random bytes."""
    path.write_bytes(bytes(n * 37 % 256 for n in range(5000)))


def anothers_database(path: Path) -> None:
    """A database of another program."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1")


def anothers_marked_database(path: Path) -> None:
    """A database of another program with an application id and no table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA application_id = 252006674; VACUUM")


def anothers_database_with_a_log(path: Path) -> None:
    """A database of another program in WAL mode."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE bookmark (url TEXT)")


def anothers_database_left_with_a_log(path: Path) -> None:
    """The same after a crash: its last writes are only in the WAL file."""
    draft = path.with_name("draft.db")
    with closing(sqlite3.connect(draft)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE bookmark (url TEXT)")
        for beside in ("", "-wal"):
            shutil.copy(f"{draft}{beside}", f"{path}{beside}")
    draft.unlink()


def a_newer_diary(path: Path) -> None:
    """A diary of a later version."""
    Diary(Location(path), now=Clock()).press("hug")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")


FOREIGN = {
    a_text_file: "isn't a calmtrack diary",
    a_short_text_file: "isn't a calmtrack diary",
    bytes_at_random: "isn't a calmtrack diary",
    anothers_database: "isn't a calmtrack diary",
    anothers_marked_database: "isn't a calmtrack diary",
    anothers_database_with_a_log: "isn't a calmtrack diary",
    anothers_database_left_with_a_log: "isn't a calmtrack diary",
    a_newer_diary: "newer version of calmtrack",
}


@pytest.mark.parametrize(
    ("make", "message"), FOREIGN.items(), ids=lambda v: getattr(v, "__name__", "")
)
def test_a_file_that_is_not_a_diary_is_rejected_and_not_changed(
    location: Location, clock: Clock, make: Callable[[Path], None], message: str
) -> None:
    assert location.path is not None
    make(location.path)
    before = {p.name: p.read_bytes() for p in location.path.parent.iterdir()}
    diary = Diary(location, now=clock)
    for ask in (
        diary.day,
        diary.week,
        diary.undo,
        diary.create,
        lambda: diary.press("hug"),
        lambda: today_view(location, clock),
    ):
        with pytest.raises(CalmtrackError, match=message) as trouble:
            ask()
        assert "\n" not in str(trouble.value)
        assert str(location.path) in str(trouble.value)
    assert {p.name: p.read_bytes() for p in location.path.parent.iterdir()} == before


@pytest.mark.parametrize("what", ["a folder", "a file for a folder", "nothing to write into"])
def test_an_obstructing_file_or_folder_is_reported_in_one_sentence(
    tmp_path: Path, clock: Clock, what: str
) -> None:
    path = tmp_path / "diary.db"
    if what == "a folder":
        path.mkdir()
    elif what == "a file for a folder":
        path.write_text("x")
        path /= "diary.db"
    else:
        path = Path("/proc/nowhere/diary.db")
    diary = Diary(Location(path), now=clock)
    with pytest.raises(CalmtrackError) as trouble:
        diary.press("hug")
    assert str(path) in str(trouble.value)
    assert str(trouble.value).count("\n") == 0


def test_a_damaged_diary_is_not_changed(diary: Diary, clock: Clock) -> None:
    assert diary.location.path is not None
    diary.press("hug")
    content = bytearray(diary.location.path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    diary.location.path.write_bytes(content)
    for ask in (
        Diary(diary.location, now=clock).day,
        lambda: Diary(diary.location, now=clock).press("hug"),
        lambda: today_view(diary.location, clock),
    ):
        with pytest.raises(CalmtrackError, match="is damaged"):
            ask()
    assert diary.location.path.read_bytes() == bytes(content)


def test_entries_of_a_missing_practice_are_reported_as_damage(diary: Diary, clock: Clock) -> None:
    path = diary.location.path
    assert path is not None
    diary.log("hug", note="with Anna")
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'practice'"
        (page,) = connection.execute(query).fetchone()
    content = bytearray(path.read_bytes())
    table = slice((page - 1) * 4096, page * 4096)
    # The practice is still in its index.
    content[table] = content[table].replace(b"hughHug", b"hubhHug")
    damaged = bytes(content)
    path.write_bytes(damaged)
    for ask in (
        diary.day,
        lambda: diary.journal.evenings_on([TODAY]),
        lambda: write_csv(diary, StringIO(), CsvOptions()),
        lambda: today_view(diary.location, clock),
    ):
        with pytest.raises(CalmtrackError, match=r'is damaged.* run "calmtrack doctor --repair"'):
            ask()
    assert path.read_bytes() == damaged
    list(diary.maintenance.repair())
    assert [row.amount for row in diary.day().practices if row.practice.id == "hug"] == [1]


def test_a_diary_that_is_emptied_or_replaced_while_it_is_open(diary: Diary, tmp_path: Path) -> None:
    path = diary.location.path
    assert path is not None
    diary.press("hug")
    whole = path.read_bytes()
    other = tmp_path / "other.db"
    anothers_database(other)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    for content in (b"", other.read_bytes(), path.read_bytes()):
        path.write_bytes(content)
        for ask in (diary.day, lambda: diary.press("hug"), diary.undo):
            with pytest.raises(
                CalmtrackError, match=r'emptied or replaced.* Run "calmtrack doctor'
            ):
                ask()
        assert path.read_bytes() == content
    path.write_bytes(whole)
    assert diary.day().practices[0].amount == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_read_only_diary_can_be_read(diary: Diary, clock: Clock) -> None:
    assert diary.location.path is not None
    diary.rate(7)
    diary.location.path.chmod(0o400)
    again = Diary(diary.location, now=clock)
    assert again.day().calm == 7
    assert today_view(diary.location, clock) == again.day()
    with pytest.raises(CalmtrackError, match="is read-only"):
        again.rate(8)


def test_a_manipulated_id_selects_no_other_folder(tmp_path: Path) -> None:
    diary = Diary(Location(tmp_path / "diary.db"))
    diary.log("hug")
    with closing(sqlite3.connect(tmp_path / "diary.db")) as connection:
        connection.execute("UPDATE diary_id SET id = '../../x'")
        connection.commit()
    diary.maintenance.back_up_daily()
    diary.rate(6)
    assert all(one.path.parent == tmp_path / "backups/diary" for one in diary.maintenance.backups())
    assert diary.maintenance.backups()
    with diary.store.reading() as reader:
        assert reader.diary_id().isalnum()


@pytest.mark.parametrize("ids", [("../../x",), ("a" * 32, "b" * 32), ()], ids=len)
def test_a_restored_diary_keeps_its_backups_whatever_its_id(
    tmp_path: Path, ids: tuple[str, ...]
) -> None:
    path = tmp_path / "diary.db"
    diary = Diary(Location(path))
    diary.log("hug")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM diary_id")
        connection.executemany("INSERT INTO diary_id VALUES (?)", [(one,) for one in ids])
        connection.commit()
    diary.maintenance.back_up_daily()
    (backup,) = diary.maintenance.backups()
    own_id = integrity.diary_id(path)
    diary.maintenance.restore(backup.path)
    assert integrity.diary_id(path) == own_id
    assert diary.maintenance.backups() == (backup,)
