"""A month or a year on one page, at the command line and as a file."""

from __future__ import annotations

import json
import re
import stat
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.command_line import TODAY, CommandLine, on_evening
from tests.demo_year import make_demo_year
from tests.diary.factories import add_ratings
from tests.shared_file import built_once
from tracker.diary.diary import Diary
from tracker.location import Location
from tracker.views import Period

HOSTILE = '*\x1b[31mred\x1b[0m \u202e <b>&amp; {braces} "quoted" https://example.org'


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo's year, built once per run."""
    return built_once(tmp_path_factory, "recap_demo.db", make_demo_year)


@pytest.fixture
def demo_diary(location: Location, demo_file: Path) -> Diary:
    """A diary with the demo's year in it."""
    assert location.path is not None
    location.path.parent.mkdir(mode=0o700)
    location.path.write_bytes(demo_file.read_bytes())
    return Diary(location)


def _recap(type_in: CommandLine, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(type_in.ok("recap", *words, "--json").out)
    return answer


def test_a_month_is_compared_with_the_month_before(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    assert _recap(type_in)["change_in_words"] is None
    add_ratings(three_weeks, ((date(2026, 10, 1) + timedelta(days=n), 3) for n in range(14)))
    assert _recap(type_in)["change_in_words"] == "a little calmer than the month before"
    assert "Calm 6.2 on average, a little calmer than the month" in type_in.ok("recap").out
    october = _recap(type_in, "2026-10")
    assert (october["calm"], october["rated"], october["change_in_words"]) == (3.0, 14, None)
    assert _recap(type_in, "october") == _recap(type_in, "Oct 2026") == october
    assert _recap(type_in, "oct", "2026") == october
    assert _recap(type_in, "last", "month") == _recap(type_in, "-40") == october
    assert _recap(type_in, "yesterday") == _recap(type_in, "this month") == _recap(type_in)
    assert _recap(type_in, "dec")["period"] == _recap(type_in, "2025-12")["period"]
    assert "Use a month like 2026-11 or november" in type_in("recap", "nothing").err


def test_days_of_rest_only_stay_when_a_practice_added_later_gets_an_earlier_entry(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    yesterday, before = (TODAY - timedelta(days=back) for back in (1, 2))
    three_weeks.maintenance.forget(yesterday)
    practices = tuple(one.id for one in three_weeks.practices.all())
    three_weeks.rest(practices, yesterday, yesterday)
    three_weeks.rate(4, yesterday)
    type_in.ok("practices", "add", "Yoga")
    type_in.ok("log", "yoga", "--day", before.isoformat())
    assert _recap(type_in)["rest_days"] == 1
    rated = type_in.ok("recap").out
    assert "1 day of rest." in rated
    assert "z rest" not in rated
    type_in.ok("clear", "calm", "--day", yesterday.isoformat())
    for hidden in ((), ("--quiet",)):
        month = type_in.ok("recap", *hidden).out
        assert f"{yesterday.day}  z " in month
        assert "\n  z rest\n" in month
    month = type_in.ok("month").out
    assert f"{yesterday.day} z " in month
    assert "\n  z rest\n" in month
    type_in.ok("log", "yoga", "--day", yesterday.isoformat())
    assert _recap(type_in)["rest_days"] == 0


def test_days_of_rest_only_stay_when_a_habit_of_earlier_months_is_imported(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    days = [TODAY - timedelta(days=back) for back in (3, 2, 1)]
    for day in days:
        three_weeks.maintenance.forget(day)
    practices = tuple(one.id for one in three_weeks.practices.all())
    three_weeks.rest(practices, days[0], days[-1])
    three_weeks.rate(4, days[0])
    left_out = "You had 3 days of rest. What rested is left out"
    assert _recap(type_in)["rest_days"] == 3
    assert left_out in type_in.ok("insights", "--plain").out
    table = tmp_path / "old.csv"
    table.write_text("day,Yoga\n2026-06-01,1\n2026-06-03,1\n")
    type_in.ok("import", str(table))
    assert _recap(type_in)["rest_days"] == 3
    assert left_out in type_in.ok("insights", "--plain").out


def test_a_practice_that_joined_after_a_holiday_was_planned_makes_no_day_of_it_another_one(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    """Each of the days is as the others, and the same on every later evening."""
    three_weeks.practices.archive("joy")
    ahead = TODAY + timedelta(days=1)
    ids = tuple(one.id for one in three_weeks.practices.all() if one.id != "joy")
    three_weeks.rest(ids, ahead, ahead + timedelta(days=19))
    three_weeks.practices.restore("joy")
    for later in (20, 30, 60):
        now = on_evening(three_weeks.location, TODAY + timedelta(days=later))
        assert now.recap(Period(2026, 12)).rest_days == 14
    now.log("hug", date(2026, 12, 3))
    assert now.recap(Period(2026, 12)).rest_days == 13


def test_a_practice_of_the_days_around_that_was_not_rested_makes_it_no_day_of_rest(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    last = date(2026, 10, 31)
    three_weeks.log("hug", date(2026, 10, 20))
    three_weeks.rest(("laughter",), last, last)
    assert _recap(type_in, "2026-10")["rest_days"] == 0, "hugs went on in November"
    assert _recap(type_in, "2026")["rest_days"] == 0


def test_one_practice_resting_yesterday_is_no_day_of_rest_while_others_are_in_use(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    yesterday = TODAY - timedelta(days=1)
    three_weeks.maintenance.forget(yesterday)
    three_weeks.rest(("laughter",), yesterday, yesterday)
    assert _recap(type_in)["rest_days"] == 0


def test_the_most_frequent_practice_is_first_and_rest_is_neutral(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    three_weeks.log("hug", note="with @Anna and @Ben")
    three_weeks.write_note("calm", "*@Anna called")
    three_weeks.rest(("hug",), TODAY + timedelta(days=1), TODAY + timedelta(days=3))
    yesterday = TODAY - timedelta(days=1)
    three_weeks.maintenance.forget(yesterday)
    three_weeks.rest(("laughter",), yesterday, yesterday)
    assert _recap(type_in)["rest_days"] == 0
    practices = tuple(one.id for one in three_weeks.practices.all())
    three_weeks.rest(practices, yesterday, TODAY + timedelta(days=3))
    recap = _recap(type_in)
    days = [one["days_done"] for one in recap["practices"]]
    assert days == sorted(days, reverse=True)
    assert recap["rest_days"] == 1  # without future ones
    assert recap["people"] == [{"name": "Anna", "days": 1}, {"name": "Ben", "days": 1}]
    assert recap["notes"] == [{"day": "2026-11-24", "practice": None, "note": "@Anna called"}]
    assert len(recap["days"]) == TODAY.day


def test_days_ahead_are_not_in_it(
    type_in: CommandLine, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_weeks.rest(("hug",), TODAY + timedelta(days=2), TODAY + timedelta(days=9), note="*Lisbon")
    assert "Lisbon" not in type_in.ok("recap").out
    assert type_in.ok("recap", "2026-12").lines[-1] == "This month is still ahead."
    ahead = json.loads(type_in.ok("recap", "2026-12", "--json").out)
    figures = ("last_day", "rated", "days_with_connection", "rest_days")
    assert [ahead[key] for key in figures] == [None] * 4
    # The clock was ahead when these evenings were rated.
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-10T21:30:00+01:00")
    answer = _recap(type_in)
    scores = [one["calm"] for one in answer["days"] if one["calm"] is not None]
    assert answer["rated"] == len(scores) > 0
    assert answer["last_day"] == "2026-11-10"


def test_a_day_of_rest_has_its_sign_in_markdown(type_in: CommandLine) -> None:
    type_in.ok("calm", "7", "--day", "2026-11-22")
    type_in.ok("rest", "--all", "--from", "2026-11-23", "--to", "2026-11-23")
    page = type_in.ok("recap", "2026-11", "--markdown").out
    assert "| 22 **7** |" in page
    assert "| 23 z |" in page


def test_it_can_be_printed_without_private_data(type_in: CommandLine, demo_diary: Diary) -> None:
    private = "Anna|photographs|on average|your calm|calmer"
    for form in ((), ("--plain",), ("--markdown",), ("--html", "-"), ("--svg", "-"), ("--json",)):
        page = type_in.ok("recap", "2026", "--no-notes", "--quiet", *form).out
        assert "Hug" in page
        assert not re.search(private, page), form
    quiet = _recap(type_in, "--quiet")
    assert {"calm", "change_in_words", "patterns"}.isdisjoint(quiet)
    assert all("calm" not in day for day in quiet["days"])
    type_in.ok("config", "quiet", "true")
    assert _recap(type_in) == quiet


@pytest.mark.thorough
@pytest.mark.usefixtures("demo_diary")
def test_a_year_has_people_starred_notes_and_patterns(type_in: CommandLine) -> None:
    for form in (("--plain",), ("--html", "-")):
        page = type_in.ok("recap", "2026", *form).out
        assert re.search("(?s)Anna.*photographs.*your calm has been", page), form


class _Page(HTMLParser):
    """Parses a page into the URLs that a browser would load, its scripts and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_web_page_loads_nothing_and_escapes_notes(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    three_weeks.write_note("calm", HOSTILE)
    path = tmp_path / "recap.html"
    assert str(path) in type_in.ok("recap", "--html", str(path)).out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = path.read_text("utf-8")
    parsed = _Page(page)
    assert parsed.tags == {"html", "head", "meta", "title", "style", "body", "h1", "pre", "span"}
    assert parsed.attributes == {"lang", "charset", "name", "content", "class"}
    assert "url(" not in page
    assert "@import" not in page
    assert "red" in parsed.text
    assert '<b>&amp; {braces} "quoted" https://example.org' in parsed.text
    assert "\x1b" not in page
    assert "\u202e" not in page
    light, dark = (set(re.findall(r"(--[a-z0-9-]+):", part)) for part in _root_rules(page))
    assert light == dark >= set(re.findall(r"var\((--[a-z0-9-]+)\)", page))
    assert "prefers-color-scheme: dark" in page


def test_a_web_page_fits_on_a_phone(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.write_note("calm", "*" + "long words " * 40)
    for period in ("2026-11", "2026"):
        page = type_in.ok("recap", period, "--html", "-").out
        blocks = re.findall(r'<pre class="(\w+)">\n(.*?)</pre>', page, re.DOTALL)
        assert {kind for kind, _block in blocks} == {"text", "days", "practices", "items"}
        sizes = dict(re.findall(r"\.(\w+) \{ font-size: min\(1rem, ([0-9.]+)vw\)", page))
        for kind, block in blocks:
            if kind in sizes:
                columns = max(map(len, _Page(block).text.splitlines()))
                # The width of a monospace character is 0.6 of its height.
                assert columns * 0.6 * float(sizes[kind]) < 94
            else:
                assert kind in ("text", "items")
        assert len([block for kind, block in blocks if "long words" in block]) == 1


def test_the_colours_of_a_year_have_a_legend(type_in: CommandLine, three_weeks: Diary) -> None:
    assert "Calm: 0 ▁░▒▓█ 10   · not rated\n" in type_in.ok("recap", "2026").out
    assert "Practices done: none ·░▒▓█ all\n" in type_in.ok("recap", "2026", "--quiet").out
    month = type_in.ok("recap", "--quiet").out
    assert "The numbers beside the dates are practices done." in month
    for form in ("--html", "--svg"):
        page = type_in.ok("recap", "2026", form, "-").out
        text = _Page(page.partition("</style>")[2]).text.replace("\xa0", " ")
        assert re.search(r"Calm: 0\s+■{11}\s+10   · not rated", text), form


def test_a_low_evening_never_looks_like_one_that_was_not_rated(type_in: CommandLine) -> None:
    type_in.ok("calm", "1", "--day", (TODAY - timedelta(days=7)).isoformat())
    for words in (("recap", "2026"), ("year", "--of", "calm")):
        out = type_in.ok(*words).out
        assert re.search("▁[·\\n]", out), words
        assert "· not rated\n" in out


def test_the_months_of_a_year_are_averaged_as_finely_as_the_month_itself(
    type_in: CommandLine,
) -> None:
    for day, score in (("2026-09-01", 5), ("2026-09-02", 6), ("2026-10-01", 10)):
        type_in.ok("calm", str(score), "--day", day)
    assert "Calm 5.5 on average" in type_in.ok("recap", "september").out
    lines = type_in.ok("recap", "2026").out.splitlines()
    names = next(line for line in lines if line.startswith("   Jan"))
    means = lines[lines.index(names) + 1]
    assert means.split() == ["5.5", "10"]
    assert means.index("5.5") == names.index("Sep")
    for command in ("recap", "year"):
        assert "Calm, September: 5.5 on average." in type_in.ok(command, "2026", "--plain").out


def _root_rules(page: str) -> list[str]:
    return re.findall(r":root \{(.*?)\}", page)


def test_an_image_is_complete_and_loads_nothing(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path
) -> None:
    three_weeks.write_note("calm", f"{HOSTILE} \uffff 日本語")
    path = tmp_path / "recap.svg"
    type_in.ok("recap", "--svg", str(path))
    image = path.read_text("utf-8")
    tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(image).iter()}
    assert tags == {"svg", "title", "style", "defs", "clipPath", "rect", "text", "g"}
    assert "http" not in image.replace("http://www.w3.org/2000/svg", "").replace(
        "https://example.org", ""
    )
    assert "@font-face" not in image
    text = "".join(ElementTree.fromstring(image).itertext()).replace("\xa0", " ")
    assert "November 2026 so far" in text
    assert "日本語" in text


def test_a_file_is_replaced_only_by_force(type_in: CommandLine, three_weeks: Diary) -> None:
    assert three_weeks.location.path is not None
    home = three_weeks.location.path.parent
    type_in.ok("recap", "--html", str(home / "a.html"))
    refused = type_in("recap", "2026", "--html", str(home / "a.html"))
    assert refused.code == 2
    assert "--force" in refused.err
    type_in.ok("recap", "2026", "--html", str(home / "a.html"), "--force")
    assert "<h1>2026 so far</h1>" in (home / "a.html").read_text("utf-8")
    own = type_in("recap", "--html", str(three_weeks.location.path), "--force")
    assert own.code == 2
    assert three_weeks.day().practices


@pytest.mark.parametrize("text", ["", "no", "may be", "2026-13", "2026-1", "1899", "2201-01"])
def test_an_invalid_period_is_reported_in_one_sentence(type_in: CommandLine, text: str) -> None:
    answer = type_in("recap", text)
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)


def test_an_empty_period_has_an_encouraging_text(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.rate(6, date(2024, 12, 31))
    for period, sentence in {
        "2025-02": "A quiet month. That's fine.",
        "2025": "A quiet year. That's fine.",
        "2024-11": "Before your diary began.",
        "2023": "Before your diary began.",
        "2027-02": "This month is still ahead.",
        "2027": "This year is still ahead.",
    }.items():
        for form in ((), ("--plain",), ("--markdown",)):
            assert sentence in type_in.ok("recap", period, *form).out
        assert _recap(type_in, period)["calm"] is None
    assert "1900" in type_in.ok("recap", "1900").out


def test_a_new_diary_has_an_empty_recap(type_in: CommandLine) -> None:
    assert "Nothing this month yet." in type_in.ok("recap").out
    assert type_in.ok("recap", "--svg", "-").out.startswith("<svg ")
