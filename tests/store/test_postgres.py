"""A diary on a PostgreSQL server: what differs there, and one sentence for each failure."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

import psycopg
import pytest

from tests.diary.factories import TODAY, Clock, row_of
from tests.effort import some_of
from tests.postgres import LOCKED, PASSWORD, Server
from tests.proxy import Proxy, proxy_to
from tracker.diary.diary import Diary
from tracker.errors import CalmtrackError, DatabaseUnavailable, InputError
from tracker.location import Location
from tracker.models import Entry, EntryState, Evening
from tracker.store.store import Store
from tracker.store.writer import Writer

AT = "2026-11-24T20:30:00.000000Z"


@pytest.fixture
def server_location(server: Server) -> Location:
    """A location in a new, empty schema."""
    return server.new_location()


@pytest.fixture
def server_diary(server_location: Location, clock: Clock) -> Diary:
    """A diary on the server."""
    diary = Diary(server_location, now=clock)
    diary.press("hug")
    return diary


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """A proxy to the server."""
    with proxy_to(server.socket) as proxy:
        yield proxy


def schema_of(location: Location) -> str:
    """The schema in a URL."""
    assert location.url is not None
    return location.url.rpartition("%3D")[2]


def through(proxy: Proxy, location: Location) -> Location:
    """The location of the same diary through the proxy."""
    options = f"options=-csearch_path%3D{schema_of(location)}"
    return Location(
        None, f"postgresql+psycopg://postgres@127.0.0.1:{proxy.port}/postgres?{options}"
    )


def error_of(act: Callable[[], object]) -> CalmtrackError:
    """Runs a function that raises CalmtrackError; returns its one-line message."""
    with pytest.raises(CalmtrackError) as trouble:
        act()
    assert "\n" not in str(trouble.value)
    return trouble.value


class TestAUrl:
    @pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_can_have_each_name_of_the_scheme(
        self, server_location: Location, clock: Clock, name: str
    ) -> None:
        assert server_location.url is not None
        place = Location(None, server_location.url.replace("postgresql+psycopg", name))
        Diary(place, now=clock).rate(7)
        assert Diary(server_location, now=clock).day().calm == 7

    def test_of_another_database_is_rejected(self, subtests: pytest.Subtests) -> None:
        cases: list[str] = [
            "mysql://me@host/d",
            "nonsense://host",
            "sqlite+pysqlite:///x.db",
            "postgresql://h:x/d",
        ]
        for url in cases:
            with subtests.test(url=url):
                assert isinstance(error_of(partial(Store, Location(None, url))), InputError)

    def test_without_the_driver_says_how_to_install_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        trouble = error_of(lambda: Store(Location(None, "postgresql://me:sesame@host/d")))
        assert "calmtrack[postgres]" in str(trouble)
        assert "sesame" not in str(trouble)

    def test_selects_the_schema_of_one_of_many_diaries(self, server: Server, clock: Clock) -> None:
        places = [server.new_location() for _ in range(3)]
        for score, place in enumerate(places):
            Diary(place, now=clock).rate(score)
        assert [Diary(place, now=clock).day().calm for place in places] == [0, 1, 2]

    def test_of_a_missing_schema_is_reported(self, server: Server, clock: Clock) -> None:
        diary = Diary(Location(None, server.url("nowhere")), now=clock)
        assert "CREATE SCHEMA" in str(error_of(diary.day))
        assert "CREATE SCHEMA" in str(error_of(lambda: diary.press("hug")))

    def test_of_a_missing_database_is_reported(self, server: Server, clock: Clock) -> None:
        diary = Diary(Location(None, server.url("x", database="nowhere")), now=clock)
        assert "CREATE DATABASE" in str(error_of(diary.day))

    def test_of_an_unreachable_server_is_reported(self, clock: Clock) -> None:
        diary = Diary(Location(None, "postgresql://127.0.0.1:1/diary"), now=clock)
        assert isinstance(error_of(diary.day), DatabaseUnavailable)


class TestAPassword:
    def url(self, server: Server, password: str, location: Location) -> str:
        return server.url(schema_of(location), user=f"{LOCKED}:{quote(password, safe='')}")

    def test_opens_the_diary(self, server: Server, server_location: Location, clock: Clock) -> None:
        server.run_sql(f"GRANT ALL ON SCHEMA {schema_of(server_location)} TO {LOCKED}")
        diary = Diary(Location(None, self.url(server, PASSWORD, server_location)), now=clock)
        diary.rate(7)
        assert diary.day().calm == 7

    def test_that_is_wrong_is_reported_and_never_printed(
        self, server: Server, server_location: Location, clock: Clock
    ) -> None:
        diary = Diary(Location(None, self.url(server, "wrong/&open", server_location)), now=clock)
        trouble = error_of(diary.day)
        output = f"{trouble}{trouble!r}{diary.location.label}{diary.location!r}"
        assert "didn't accept the login" in output
        assert "wrong" not in output
        assert "wrong" not in "".join(traceback.format_exception(trouble))

    def test_that_is_missing_is_reported(
        self, server: Server, server_location: Location, clock: Clock
    ) -> None:
        diary = Diary(
            Location(None, server.url(schema_of(server_location), user=LOCKED)), now=clock
        )
        assert "didn't accept the login" in str(error_of(diary.day))

    def test_of_an_unknown_user_is_reported(
        self, server: Server, server_location: Location, clock: Clock
    ) -> None:
        diary = Diary(
            Location(None, server.url(schema_of(server_location), user="nobody")), now=clock
        )
        assert "didn't accept the login" in str(error_of(diary.day))


class TestAnExistingSchema:
    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE {}.practice (id text)",
            "CREATE TABLE {}.alembic_version (version_num text)",
            "CREATE TABLE {0}.alembic_version AS SELECT 'ae10' AS version_num;"
            " CREATE TABLE {0}.change_row (id text)",
        ],
    )
    def test_of_another_program_is_not_changed(
        self, server: Server, server_location: Location, clock: Clock, statement: str
    ) -> None:
        for one in statement.format(schema_of(server_location)).split(";"):
            server.run_sql(one)
        diary = Diary(server_location, now=clock)
        assert "isn't a calmtrack diary" in str(error_of(diary.day))
        assert "isn't a calmtrack diary" in str(error_of(lambda: diary.press("hug")))

    def test_of_a_newer_calmtrack_is_not_changed(
        self, server: Server, server_diary: Diary, clock: Clock
    ) -> None:
        schema = schema_of(server_diary.location)
        server.run_sql(f"UPDATE {schema}.alembic_version SET version_num = '0099'")
        another = Diary(server_diary.location, now=clock)
        for act in (server_diary.day, server_diary.undo, another.day, another.create):
            assert "newer version of calmtrack" in str(error_of(act))


def test_a_diary_can_be_read_by_a_read_only_role(
    server: Server, server_diary: Diary, clock: Clock
) -> None:
    schema = schema_of(server_diary.location)
    server.run_sql(f"GRANT USAGE ON SCHEMA {schema} TO {LOCKED}")
    server.run_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {LOCKED}")
    url = server.url(schema, user=f"{LOCKED}:{quote(PASSWORD, safe='')}")
    guest = Diary(Location(None, url), now=clock)
    assert row_of(guest, "hug").amount == 1
    assert "doesn't have enough permissions" in str(error_of(lambda: guest.press("hug")))


def test_a_violated_constraint_is_reported_without_the_values(server_diary: Diary) -> None:
    def act(writer: Writer) -> None:
        writer.save_evenings([Evening(TODAY, 11, "a very private word", None)])

    trouble = error_of(lambda: server_diary.change("import", "x", act))
    assert "CheckViolation" in str(trouble)
    assert "private" not in "".join(traceback.format_exception(trouble))


def test_a_writer_waits_for_another_and_then_reports_a_timeout(
    server: Server, server_diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.postgres.BUSY_SECONDS", 0.2)
    with server_diary.store.writing(AT):
        other = Diary(server_diary.location, now=Clock())
        assert "Another program is using" in str(error_of(lambda: other.press("hug")))
        assert row_of(other, "hug").amount == 1
    other.press("hug")
    assert row_of(other, "hug").amount == 2


def test_writers_of_different_diaries_do_not_wait_for_each_other(
    server: Server, server_diary: Diary, clock: Clock
) -> None:
    with server_diary.store.writing(AT):
        Diary(server.new_location(), now=clock).press("hug")


def test_a_reader_has_a_consistent_snapshot(server_diary: Diary) -> None:
    with server_diary.store.reading() as reader:
        before = reader.entry("hug", TODAY)
        other = Diary(server_diary.location, now=Clock())
        pressing = threading.Thread(target=lambda: other.press("hug"))
        pressing.start()
        pressing.join()
        assert reader.entry("hug", TODAY) == before
    assert row_of(server_diary, "hug").amount == 2


class TestALostConnection:
    def test_is_reported_and_reestablished(
        self, proxy: Proxy, server_diary: Diary, clock: Clock
    ) -> None:
        far = Diary(through(proxy, server_diary.location), now=clock)
        far.press("hug")
        proxy.cut()
        for act in (far.day, lambda: far.press("hug")):
            assert isinstance(error_of(act), DatabaseUnavailable)
        proxy.accept_again()
        far.press("hug")
        assert row_of(server_diary, "hug").amount == 3

    def test_between_two_queries_is_not_noticed(
        self, proxy: Proxy, server_diary: Diary, clock: Clock
    ) -> None:
        far = Diary(through(proxy, server_diary.location), now=clock)
        far.press("hug")
        proxy.interrupt()
        far.press("hug")
        assert row_of(server_diary, "hug").amount == 3

    def test_in_the_middle_of_a_change_rolls_it_back(
        self, proxy: Proxy, server_diary: Diary, clock: Clock
    ) -> None:
        far = Diary(through(proxy, server_diary.location), now=clock)

        def act(writer: Writer) -> None:
            writer.save_entries([Entry(TODAY, "hug", EntryState.LOGGED, 9, "", None)])
            proxy.interrupt()
            writer.practices()

        assert isinstance(error_of(lambda: far.change("import", "x", act)), DatabaseUnavailable)
        assert row_of(server_diary, "hug").amount == 1

    def test_during_a_commit_has_an_unknown_outcome(
        self, proxy: Proxy, server_diary: Diary, clock: Clock
    ) -> None:
        far = Diary(through(proxy, server_diary.location), now=clock)

        def keep() -> None:
            with far.store.writing(AT) as writer:
                writer.save_evenings([Evening(TODAY, 5, "", None)])
                proxy.interrupt()

        trouble = error_of(keep)
        assert "Check whether your change is there" in str(trouble)
        assert not isinstance(trouble, DatabaseUnavailable)

    def test_connections_are_closed_after_use(
        self, server: Server, server_location: Location
    ) -> None:
        Diary(server_location, now=Clock()).press("hug")
        name = schema_of(server_location)
        with psycopg.connect(f"host={server.folder} user=postgres dbname=postgres") as connection:
            connection.execute("SET lock_timeout = '2s'")
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.mark.parametrize("encoding", some_of(["LATIN1", "SQL_ASCII"], 1))
def test_a_database_of_another_encoding_stores_what_it_can(
    server: Server, clock: Clock, encoding: str
) -> None:
    name = f"{encoding.lower()}_{os.getpid()}"
    server.run_sql(
        f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0"
        " LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    diary = Diary(Location(None, server.url("public", database=name)), now=clock)
    diary.log("hug", note="schön")
    if encoding == "LATIN1":
        error = str(error_of(lambda: diary.log("hug", note="mit Żaneta")))
        assert "can't store all characters, because its encoding isn't UTF-8" in error
    assert row_of(diary, "hug").note == "schön"
    diary.store.database.engine.dispose()
    server.run_sql(f"DROP DATABASE {name}")
