"""The coin-flip month at the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.cli.command_line import CommandLine


def test_a_coin_month_is_started_shown_after_the_rating_and_stopped(type_in: CommandLine) -> None:
    assert "You haven't started a coin-flip month yet." in type_in.ok("coin").out
    started = type_in.ok("coin", "w")
    assert started.lines[0].startswith("Coin-flip month for Nature walk: 0 of 28 days")
    tomorrow = f"Coin-flip month: {started.lines[1][0].lower()}{started.lines[1][1:]}"
    assert tomorrow in type_in.ok("calm", "7").lines
    assert tomorrow not in type_in.ok("calm", "7", "--day", "yesterday").lines
    assert type_in.ok("coin", "--stop").lines[0] == (
        "The coin-flip month is stopped. Everything you logged stays."
    )
    assert "coin" not in type_in.ok("calm", "6").out
    assert type_in.ok("undo").code == 0


def test_undo_and_redo_say_whether_the_coin_month_runs_now(type_in: CommandLine) -> None:
    type_in.ok("coin", "w")
    type_in.ok("coin", "--stop")
    runs, is_over = "It runs until Tuesday 22 December.", "It's no longer running."
    for command, verb, now in (
        ("undo", "Undid", runs),
        ("undo", "Undid", is_over),
        ("redo", "Redid", runs),
        ("redo", "Redid", is_over),
    ):
        assert type_in.ok(command).out == f"{verb}: coin-flip month for Nature walk. {now}\n"


def test_today_says_what_the_coin_says_as_tonight_does(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json.loads(type_in.ok("today", "--json").out)["coin"] is None
    type_in.ok("coin", "w")
    assert "Coin-flip" not in type_in.ok("today").out
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T21:30:00+01:00")
    today, tomorrow = (f"Coin-flip month: {one[0].lower()}{one[1:]}" for one in coins(type_in))
    for shown in (type_in.ok("today"), type_in.ok()):
        assert shown.lines[-1] == f"  {today}"
    assert type_in.ok("today", "--plain").lines[-1] == today
    assert json.loads(type_in.ok("today", "--json").out)["coin"] == {"sentence": today}
    for shown in (type_in.ok("today", "yesterday"), type_in.ok("today", "tomorrow")):
        assert "Coin-flip" not in shown.out
    type_in.ok("calm", "7")
    assert f"  {tomorrow}" in type_in.ok("today").lines
    assert json.loads(type_in.ok("today", "--json").out)["coin"] == {"sentence": tomorrow}
    type_in.ok("rest", "w", "--to", "tomorrow")
    resting = "Coin-flip month: Nature walk has a rest day tomorrow."
    assert f"  {resting}" in type_in.ok("today").lines
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-29T21:30:00+01:00")
    assert "  Coin-flip month: the result is in." in type_in.ok("today").out
    type_in.ok("coin")
    assert "Coin-flip" not in type_in.ok("today").out


def coins(type_in: CommandLine) -> list[str]:
    """The sentences of today's and tomorrow's coin."""
    return type_in.ok("coin").lines[1:]


def test_patterns_say_how_the_coin_month_is_going(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Coin-flip month" not in type_in.ok("insights").lines
    type_in.ok("coin", "w")
    status = " ".join(type_in.ok("coin").lines)
    assert type_in.ok("insights", "--plain").lines[-2:] == ["Coin-flip month", status]
    assert status in " ".join(type_in.ok("insights").out.split())
    assert "Coin-flip month" not in type_in.ok("insights", "yesterday").lines


def test_a_result_read_at_the_command_line_is_no_longer_announced(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = "the result is in"
    type_in.ok("coin", "w")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-22T21:30:00+01:00")
    assert announced in type_in.ok("calm", "7").out
    type_in.ok("coin", "--json")
    assert announced in type_in.ok("today").out, "a script isn't a reader"
    type_in.ok("coin")
    assert announced not in type_in.ok("today").out


def test_the_example_is_a_practice_of_the_list_that_a_coin_may_choose(
    type_in: CommandLine,
) -> None:
    assert type_in.ok("coin").lines[-1].endswith('run "calmtrack coin laughter".')
    for practice in ("laughter", "nature-walk"):
        type_in.ok("practices", "archive", practice)
    assert type_in.ok("coin").lines[-1].endswith('run "calmtrack coin gratitude".')


def test_the_coin_month_is_printed_as_json(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = json.loads(type_in.ok("coin", "--json").out)
    assert shown == {
        "month": None,
        "lines": ["You haven't started a coin-flip month yet."],
        "earlier": [],
    }
    started = json.loads(type_in.ok("coin", "w", "--json").out)
    assert started["month"] == {
        "id": "nature-walk", "first_day": "2026-11-25", "last_day": "2026-12-22", "active": True,
    }  # fmt: skip
    assert started["lines"] == type_in.ok("coin").lines
    for day, is_active in ((22, True), (23, False)):
        with monkeypatch.context() as then:
            then.setenv("CALMTRACK_NOW", f"2026-12-{day}T12:00:00+01:00")
            assert json.loads(type_in.ok("coin", "--json").out)["month"]["active"] is is_active
    stopped = json.loads(type_in.ok("coin", "--stop", "--json").out)
    assert stopped["month"]["active"] is False


def test_the_result_of_an_earlier_month_is_printed_below_the_present_one(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("coin", "w")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-23T21:30:00+01:00")
    (result,) = type_in.ok("coin").lines
    earlier = f"Earlier, 25 November – 22 December 2026: {result}"
    assert type_in.ok("coin", "laughter").lines[-1] == earlier
    type_in.ok("coin", "--stop")
    assert type_in.ok("coin").lines == [
        "Coin-flip month for Laughter: stopped early, so nothing is compared.",
        earlier,
    ]
    assert json.loads(type_in.ok("coin", "--json").out)["earlier"] == [
        {
            "id": "nature-walk",
            "first_day": "2026-11-25",
            "last_day": "2026-12-22",
            "line": earlier,
        }
    ]


def test_stopping_the_second_four_weeks_prints_the_result_of_the_first(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("coin", "w")
    for days in range(16):
        evening = date(2026, 11, 25) + timedelta(days=days)
        monkeypatch.setenv("CALMTRACK_NOW", f"{evening}T21:30:00+01:00")
        type_in.ok("calm", "6")
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-23T21:30:00+01:00")
    result, tally, _offer = type_in.ok("coin").lines
    earlier = f"Earlier, 25 November – 22 December 2026: {result}"
    assert type_in.ok("coin", "--go-on").lines[-1] == earlier
    monkeypatch.setenv("CALMTRACK_NOW", "2026-12-28T21:30:00+01:00")
    assert type_in.ok("coin").lines[-1] == earlier
    going_on = json.loads(type_in.ok("coin", "--json").out)
    assert going_on["month"]["last_day"] == "2027-01-20"
    assert going_on["earlier"] == [
        {
            "id": "nature-walk",
            "first_day": "2026-11-25",
            "last_day": "2026-12-22",
            "line": earlier,
        }
    ]
    stopped = [
        result,
        tally,
        "The second four weeks were stopped early, so this is the result of the first four.",
    ]
    assert type_in.ok("coin", "--stop").lines[1:] == stopped
    assert json.loads(type_in.ok("coin", "--json").out)["lines"] == stopped
    type_in.ok("undo")
    assert type_in.ok("coin").lines[-1] == earlier


def test_a_month_started_by_a_clock_that_was_ahead_can_be_started_again(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setenv("CALMTRACK_NOW", "2036-01-01T21:30:00+01:00")
        type_in.ok("coin", "w")
    sentence = "Coin-flip month for Nature walk: it starts on Wednesday 2 January 2036."
    assert type_in.ok("coin").lines[0].startswith(sentence)
    assert type_in.ok("coin", "w").lines[0].startswith("Coin-flip month for Nature walk: 0 of 28")


def test_wrong_use_of_the_coin_is_reported(type_in: CommandLine) -> None:
    for words in (
        ("coin", "hug"),
        ("coin", "sauna"),
        ("coin", "--stop"),
        ("coin", "w", "--stop"),
        ("coin", "--go-on"),
    ):
        answer = type_in(*words)
        assert (answer.code, answer.out) == (2, "")
        assert len(answer.err.splitlines()) == 1


def test_archiving_its_practice_stops_the_coin_month_and_restoring_it_resumes_that(
    type_in: CommandLine,
) -> None:
    stops = "Its coin-flip month is stopped, too."
    type_in.ok("coin", "w")
    assert stops not in type_in.ok("practices", "archive", "laughter").lines
    assert type_in.ok("practices", "archive", "nature-walk").lines[-1] == stops
    assert type_in.ok("practices", "restore", "nature-walk").lines[1:] == [
        "Its coin-flip month goes on."
    ]
    assert len(type_in.ok("practices", "restore", "laughter").lines) == 1
    type_in.ok("practices", "archive", "nature-walk")
    assert "coin" not in type_in.ok("calm", "6").out


def test_undo_of_a_coin_month_that_is_over_is_refused_once(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in.ok("log", "hug")
    type_in.ok("coin", "w")
    monkeypatch.setenv("CALMTRACK_NOW", "2027-01-10T21:30+01:00")
    refused = type_in("undo")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "That coin-flip month is over, so it stays as it is. To undo the change before that, undo "
        "again.\n"
    )
    assert type_in.ok("undo").out.startswith("Undid: Hug, Tuesday 24 November 2026.")
