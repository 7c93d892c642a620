"""The person's local time, and how moments are stored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tracker.clock import just_after, later_of, local, now, utc_micros, utc_seconds
from tracker.errors import InputError

moments = st.integers(-(2**31), 2**32).map(lambda seconds: datetime.fromtimestamp(seconds / 7, UTC))


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Returns a function that sets the machine's time zone."""
    with monkeypatch.context() as patch:
        yield patch
    time.tzset()


class TestAClockSetByTheEnvironment:
    @pytest.mark.parametrize(
        ("text", "moment", "offset"),
        [
            ("2026-11-24T21:30:00+01:00", (2026, 11, 24, 21, 30), 1),
            ("2026-11-24T21:30+01:00", (2026, 11, 24, 21, 30), 1),
            ("2026-11-24 21:30-08:00", (2026, 11, 24, 21, 30), -8),
            ("2026-11-24T21:30Z", (2026, 11, 24, 21, 30), 0),
        ],
    )
    def test_stands_still_in_its_own_zone(
        self,
        monkeypatch: pytest.MonkeyPatch,
        text: str,
        moment: tuple[int, int, int, int, int],
        offset: int,
    ) -> None:
        monkeypatch.setenv("CALMTRACK_NOW", text)
        assert now() == datetime(*moment, tzinfo=timezone(timedelta(hours=offset)))
        assert now().utcoffset() == timedelta(hours=offset)
        assert now() == now()

    @pytest.mark.parametrize(
        "text",
        [
            "tonight",
            "2026-11-24",
            "2026-11-24T21:30",
            "2026-13-01T00:00Z",
            "2026-02-30T00:00Z",
            "21:30+01:00",
            " ",
            "2026-11-24T21:30+25:00",
            "1899-12-31T23:00+01:00",
            "9999-12-31T23:59-05:00",
            "{text}",
        ],
    )
    def test_set_to_anything_else_raises_a_one_line_error(
        self, monkeypatch: pytest.MonkeyPatch, text: str
    ) -> None:
        monkeypatch.setenv("CALMTRACK_NOW", text)
        with pytest.raises(InputError) as wrong:
            now()
        assert f'CALMTRACK_NOW is "{text}"' in str(wrong.value)
        assert "2026-11-24T21:30+01:00" in str(wrong.value)

    @pytest.mark.real_clock
    @pytest.mark.any_day
    def test_an_empty_value_means_the_machines_clock(self, zone: pytest.MonkeyPatch) -> None:
        zone.setenv("CALMTRACK_NOW", "")
        assert abs(now().timestamp() - time.time()) < 60  # noqa: TID251


@pytest.mark.real_clock
@pytest.mark.any_day
class TestTheMachinesClock:
    def test_is_aware_and_in_the_local_zone(self, zone: pytest.MonkeyPatch) -> None:
        zone.setenv("TZ", "Asia/Kolkata")
        assert now().utcoffset() == timedelta(hours=5, minutes=30)

    def test_gives_a_moment_the_offset_that_was_in_force_then(
        self, zone: pytest.MonkeyPatch
    ) -> None:
        zone.setenv("TZ", "Europe/Lisbon")
        summer, winter = (datetime(2026, month, 20, 20, tzinfo=UTC) for month in (7, 12))
        with time_machine.travel(winter.isoformat()):
            assert (local(summer).hour, local(winter).hour) == (21, 20)
        zone.setenv("CALMTRACK_NOW", "2026-12-20T20:00+02:00")
        assert local(summer).hour == 22

    def test_reads_the_zone_again_when_the_user_travels(self, zone: pytest.MonkeyPatch) -> None:
        for place, hours in (("Etc/GMT-13", 13), ("Etc/GMT+9", -9)):
            zone.setenv("TZ", place)
            assert now().utcoffset() == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("utc", "hours"), [("2026-07-01T12:00:00Z", 2), ("2026-12-01T12:00:00Z", 1)]
    )
    def test_observes_summer_and_winter_time(
        self, zone: pytest.MonkeyPatch, utc: str, hours: int
    ) -> None:
        zone.setenv("TZ", "Europe/Berlin")
        moment = datetime.fromisoformat(utc)
        # A number, because time-machine would take over the zone of an aware datetime.
        with time_machine.travel(moment.timestamp(), tick=False):
            assert now().utcoffset() == timedelta(hours=hours)
            assert now() == moment


def test_a_moment_is_stored_in_utc_to_the_second() -> None:
    moment = datetime.fromisoformat("2026-11-25T00:15:03.999999+01:00")
    assert utc_seconds(moment) == "2026-11-24T23:15:03Z"


def test_a_time_of_change_is_stored_in_utc_to_the_microsecond() -> None:
    moment = datetime.fromisoformat("2026-11-25T00:15:03+01:00")
    assert utc_micros(moment) == "2026-11-24T23:15:03.000000Z"


@given(moments, moments)
def test_the_order_of_the_texts_is_the_order_of_the_moments(one: datetime, two: datetime) -> None:
    assert (utc_micros(one) < utc_micros(two)) == (one < two)


class TestTheTimeOfTheNextChange:
    NOON = "2026-11-24T12:00:00.000000Z"

    def test_is_its_own_when_there_was_none(self) -> None:
        assert later_of(self.NOON, None) == self.NOON

    def test_is_its_own_when_it_is_later(self) -> None:
        assert later_of(self.NOON, "2026-11-24T11:59:59.999000Z") == self.NOON

    @pytest.mark.parametrize(
        ("earlier", "moved"),
        [
            (NOON, "2026-11-24T12:00:00.001000Z"),
            ("2026-11-24T11:59:59.999999Z", "2026-11-24T12:00:00.000999Z"),
            ("2026-12-31T23:59:59.999999Z", "2027-01-01T00:00:00.000999Z"),
        ],
    )
    def test_is_a_millisecond_after_it_when_it_is_not_later(self, earlier: str, moved: str) -> None:
        assert later_of(self.NOON, earlier) == moved

    def test_of_an_undo_is_one_microsecond_after_the_undone_change(self) -> None:
        assert just_after("2026-12-31T23:59:59.999999Z") == "2027-01-01T00:00:00.000000Z"
        assert self.NOON < just_after(self.NOON) < later_of(self.NOON, self.NOON)

    @given(moments, moments)
    def test_always_grows(self, one: datetime, two: datetime) -> None:
        assert later_of(utc_micros(one), utc_micros(two)) > utc_micros(two)
        assert later_of(utc_micros(one), utc_micros(two)) >= utc_micros(one)
