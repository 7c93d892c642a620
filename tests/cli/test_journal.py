"""Journal, search and on this day at the command line."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.cli.command_line import TODAY, CommandLine, Golden, on_evening
from tests.demo_year import make_demo_year
from tracker.location import Location


@pytest.fixture
def year_of_notes(location: Location) -> None:
    """A diary with a year of notes."""
    assert location.path is not None
    make_demo_year(location.path)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("journal", "--from", "-9"), "journal.txt"),
        (("journal", "--from", "-3", "--plain"), "journal_plain.txt"),
        (("journal", "--from", "-9", "--notes", "--markdown"), "journal.md"),
        (("journal", "--from", "-1", "--json"), "journal.json"),
        (("search", "ANNA", "wálk"), "search.txt"),
        (("search", "river", "--from", "2026-06-01", "--plain"), "search_plain.txt"),
        (("on-this-day",), "on_this_day.txt"),
        (("on-this-day", "--plain"), "on_this_day_plain.txt"),
        (("on-this-day", "--json"), "on_this_day.json"),
    ],
)
def test_the_journal_as_text(
    type_in: CommandLine, year_of_notes: None, golden: Golden, words: tuple[str, ...], name: str
) -> None:
    answer = type_in.ok(*words)
    golden(name, answer.out)
    assert not name.endswith(".txt") or max(map(len, answer.lines)) <= 80


def test_filters_select_evenings_and_the_default_is_four_weeks(
    type_in: CommandLine, year_of_notes: None
) -> None:
    def days(*words: str) -> list[str]:
        found = json.loads(type_in.ok("journal", "--json", *words).out)["evenings"]
        return [one["day"] for one in found]

    assert days()[-1] >= (TODAY - timedelta(days=27)).isoformat()
    assert days("--to", "2026-03-01")[0] <= "2026-03-01" < days()[-1]
    in_october = days("october")
    assert in_october == days("2026-10") == days("oct", "2026")
    assert (in_october[0], in_october[-1][:7]) == ("2026-10-31", "2026-10")
    assert days("2027") == []
    every = days("--from", "2025-01-01")
    assert every == sorted(every, reverse=True)
    low, high = days("--low"), days("--high")
    assert low
    assert high
    assert not set(low) & set(high)
    anna = days("--person", "@anna")
    assert anna
    assert set(anna) < set(days("--notes")) < set(every)
    assert set(days("--person", "Anna", "--practice", "w")) < set(anna)
    assert days("--word", "#nothing") == []


def test_the_json_of_a_search_has_the_matching_lines(
    type_in: CommandLine, location: Location
) -> None:
    on_evening(location, TODAY).rate(7, note="A quiet day.\nAt the Café with @José #winter")
    answer = json.loads(type_in.ok("search", "cafe jose", "--json").out)
    assert answer == {
        "query": "cafe jose",
        "evenings": [
            {
                "day": TODAY.isoformat(),
                "calm": 7,
                "note": "A quiet day.\nAt the Café with @José #winter",
                "practices": [],
                "people": ["José"],
                "words": ["winter"],
                "lines": ["At the Café with @José #winter"],
                "in_one_note": True,
            }
        ],
    }


def test_a_search_shows_the_matching_parts_of_a_long_line(
    type_in: CommandLine, location: Location
) -> None:
    note = f"{'one and ' * 40}the River {'two and ' * 40}with @Anna {'three and ' * 40}home"
    on_evening(location, TODAY).rate(7, note=note)
    for form in ((), ("--plain",)):
        found = " ".join(type_in.ok("search", "river anna", *form).out.split())
        assert re.search(
            r"… (?:(?:one|and) ){9,20}the River (?:(?:two|and) ){9,20}… "
            r"(?:(?:two|and) ){9,20}with @Anna (?:(?:three|and) ){9,20}…",
            found,
        )
    assert re.search("2026 +one and .* …", " ".join(type_in.ok("search", "2026").lines))
    assert json.loads(type_in.ok("search", "river", "--json").out)["evenings"][0]["lines"] == [note]
    on_evening(location, TODAY).rate(7, note="x" * 1000)
    assert type_in.ok("search", "x").out.count("x") == 81


def test_every_line_of_a_note_names_its_practice_for_a_screen_reader(
    type_in: CommandLine, location: Location
) -> None:
    diary = on_evening(location, TODAY - timedelta(days=7))
    diary.log("hug", note="with Anna\n\nand Tom")
    diary.rate(7, note="Rain.\nThen sun.")
    notes = ["Note: Rain.", "Note: Then sun.", "Hug: with Anna", "Hug: and Tom"]
    on_evening(location, TODAY)
    for command in ("journal", "on-this-day"):
        assert type_in.ok(command, "--plain").lines[-4:] == notes


def test_paragraphs_of_a_note_are_separated_by_one_blank_line(
    type_in: CommandLine, location: Location
) -> None:
    on_evening(location, TODAY).rate(7, note="\nRain.\n \n\nThen sun.\nAnd tea.\n")
    assert type_in.ok("journal").lines[-5:] == [
        "  Calm 7.", "  Rain.", "", "  Then sun.", "  And tea.",
    ]  # fmt: skip
    markdown = type_in.ok("journal", "--markdown").lines
    assert markdown[-5:] == [r"Rain\.", "", r"Then sun\.", "", r"And tea\."]


def test_a_day_of_rest_for_all_practices_does_not_name_each_of_them(
    type_in: CommandLine, location: Location
) -> None:
    diary = on_evening(location, TODAY)
    diary.log("hug", TODAY - timedelta(days=9))
    diary.practices.archive("softening")
    listed = tuple(one.practice.id for one in diary.day().practices)
    assert "softening" not in listed
    diary.rest(listed, TODAY, TODAY)
    assert "  Rest day: all practices." in type_in.ok("journal").lines
    # It's in the list from today on.
    type_in.ok("practices", "add", "Tea")
    assert "Rest day: all practices." not in type_in.ok("journal").out
    assert "  Rest day: Hug, Laughter, " in type_in.ok("journal").out
    # Before the others were added, Hug was the only one in the list.
    before = TODAY - timedelta(days=5)
    diary.rest(("hug",), before, before)
    assert "  Rest day: Hug." in type_in.ok("journal").lines


def test_a_reason_that_practices_share_is_one_line(
    type_in: CommandLine, location: Location
) -> None:
    diary = on_evening(location, TODAY)
    ids = tuple(one.id for one in diary.practices.all())
    last_week = TODAY - timedelta(days=7)
    diary.rest(ids, last_week, last_week, note="*Teneriffa!")
    shared = f"Rest days of {len(ids)} practices: *Teneriffa!"
    assert f"  {shared}" in type_in.ok("journal", "--from", "-9").lines
    assert shared in type_in.ok("journal", "--from", "-9", "--plain").lines
    assert type_in.ok("on-this-day").out.count("Teneriffa") == 1
    assert f"  {shared}" in type_in.ok("search", "teneriffa").lines
    assert "  Hug (rest day): *Teneriffa!" in type_in.ok("search", "hug teneriffa").lines
    # Where only the names have the word, they are what was found.
    names = "Safe moment (rest day), Moment of joy (rest day)"
    assert f"  {names}: *Teneriffa!" in type_in.ok("search", "moment").lines
    assert f"{names}: *Teneriffa!" in type_in.ok("search", "teneriffa moment", "--plain").lines
    for form in ((), ("--plain",), ("--markdown",), ("--html", "-"), ("--svg", "-")):
        assert type_in.ok("recap", *form).out.count("Teneriffa") == 1
    week = type_in.ok("week", "-7", "--markdown").out
    assert week.count("Teneriffa") == week.count(f"Rest days of {len(ids)} practices: ") == 1
    diary.write_note("hug", "with Anna", last_week)
    of_others = f"Rest days of {len(ids) - 1} practices: *Teneriffa!"
    for form, indents in (((), (7, 2)), (("--plain",), (0, 0))):
        lines = type_in.ok("today", "-7", *form).lines
        assert f"{' ' * indents[0]}Note: with Anna" in lines
        assert f"{' ' * indents[1]}{of_others}" in lines
        assert " ".join(lines).count("Teneriffa") == 1
    # Shared by practices that were done, it isn't the reason of a rest day.
    for id_ in ("hug", "joy"):
        diary.log(id_, day=TODAY)
        diary.write_note(id_, "Both with Ruth", TODAY)
    assert "  Hug, Moment of joy: Both with Ruth" in type_in.ok("journal").lines
    assert "  Hug, Moment of joy: Both with Ruth" in type_in.ok("today").lines
    diary.write_note("hug", "*Teneriffa!", last_week)
    for command in (("journal", "--from", "-9"), ("search", "teneriffa"), ("recap",)):
        assert type_in.ok(*command, "--json").out.count('"note": "') >= len(ids)
    [found] = json.loads(type_in.ok("search", "teneriffa", "--json").out)["evenings"]
    assert found["lines"] == ["*Teneriffa!"] * len(ids)


def test_low_evenings_of_this_day_are_shown_only_on_request(
    type_in: CommandLine, location: Location
) -> None:
    for back, score in ((7, 2), (365, 8)):
        day = TODAY - timedelta(days=back)
        on_evening(location, day).rate(score, day, note=f"Rated {score}.")
    assert "Rated 8." in type_in.ok("on-this-day").out
    assert "Rated 2." not in type_in.ok("on-this-day").out
    type_in.ok("config", "low_on_this_day", "true")
    assert type_in.ok("on-this-day").lines[0] == "A week ago"
    assert "Rated 2." in type_in.ok("on-this-day").out


@pytest.mark.usefixtures("three_weeks")
def test_the_journal_of_four_weeks_says_if_there_are_older_evenings(
    type_in: CommandLine, location: Location
) -> None:
    more = "There are older evenings. To see them, add a month, a year or --from."
    diary = on_evening(location, TODAY)
    diary.rate(7)
    assert more not in type_in.ok("journal").out
    diary.rate(6, TODAY - timedelta(days=28))
    for words in (("journal",), ("journal", "--plain")):
        assert type_in.ok(*words).lines[-1] == more
    for words in (("--json",), ("--markdown",), ("--from", "yesterday"), ("--high",), ("2026",)):
        assert more not in type_in.ok("journal", *words).out


def test_a_day_can_be_read_like_a_month(type_in: CommandLine) -> None:
    for words in (("yesterday",), ("last", "monday"), ("-3",)):
        day = " ".join(words)
        answer = type_in.ok("journal", *words)
        assert answer == type_in.ok("journal", "--from", day, "--to", day)
    nothing = "There's nothing in your diary on Thursday 1 January 2026."
    assert type_in.ok("journal", "2026-01-01").lines == [nothing]
    assert type_in.ok("journal", "tomorrow").lines == ["Wednesday 25 November 2026 is still ahead."]


def test_an_empty_result_is_explained_and_creates_no_diary(
    type_in: CommandLine, location: Location
) -> None:
    assert type_in.ok("journal", "--low").lines == ["There are no such evenings in your diary."]
    nothing = "There's nothing in your diary from {} to Tuesday 24 November 2026."
    assert " ".join(type_in.ok("journal").lines) == (
        nothing.format("Wednesday 28 October 2026")
        + " For earlier days, add --from, for example --from 2026-01-01."
    )
    assert " ".join(type_in.ok("journal", "--from", "mon").lines) == nothing.format(
        "Monday 23 November 2026"
    )
    assert " ".join(type_in.ok("journal", "--from", "mon", "--low").lines) == (
        "There are no such evenings from Monday 23 November 2026 to Tuesday 24 November 2026."
    )
    for words, ahead in (
        (("2027",), "2027"),
        (("2026-12",), "December 2026"),
        (("--from", "2026-12-01"), "Tuesday 1 December 2026"),
    ):
        assert type_in.ok("journal", *words).lines == [f"{ahead} is still ahead."]
        assert json.loads(type_in.ok("journal", *words, "--json").out) == {"evenings": []}
    for options, days in (
        (("--from", "mon"), "from Monday 23 November 2026 on"),
        (("--to", "mon"), "up to Monday 23 November 2026"),
        (("--from", "mon", "--to", "mon"), "on Monday 23 November 2026"),
    ):
        (sentence,) = type_in.ok("search", "river", *options).lines
        assert sentence.startswith(f"Nothing {days}")
        assert sentence.endswith(' matches "river".')
    names = "the names of their practices"
    nothing_found = {
        "river": 'No note has "river" in its text or the name of its practice.',
        "river walk": f'No evening has all of these words in its notes and {names}: "river walk". '
        "Try fewer words. To search in part of a year, add april, spring (March to May) or 2026.",
        "river Spring 2026": 'No note from "Spring 2026" has "river" in its text or the name of '
        "its practice.",
        "river may walk": f'No evening from "may" has all of these words in its notes and {names}: '
        '"river walk". Try fewer words.',
        "spring": 'No evening from "spring" has a note.',
    }
    for query, sentence in nothing_found.items():
        assert " ".join(type_in.ok("search", query).lines) == sentence
    assert type_in.ok("on-this-day").out == (
        "There's nothing to show from a week, a month or years ago today. Low evenings (calm 0 to "
        "3) stay out. Try again another day.\n"
    )
    type_in.ok("config", "low_on_this_day", "true")
    assert type_in.ok("on-this-day").lines == [
        "There's nothing from a week, a month or years ago today. Try again another day."
    ]
    assert json.loads(type_in.ok("search", "x", "--json").out) == {"query": "x", "evenings": []}
    assert location.path is not None
    assert not location.path.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("journal", "--low", "--high"), "--low has no effect with --high."),
        (("journal", "--markdown", "--json"), "--markdown has no effect with --json."),
        (("journal", "november", "--to", "mon"), "Give either a month, year or day, or --from"),
        (("journal", "someday"), "I don't recognise"),
        (("journal", "--person", "@"), "Write a name or a word after --person."),
        (
            ("journal", "--person", "Oma Inge"),
            'In a note, "@Oma Inge" is @Oma: it ends before the next space or point. Use hyphens '
            "to have more in it, such as @Anna-Maria.",
        ),
        (("journal", "--word", "#Dr.Müller"), 'In a note, "#Dr.Müller" is #Dr: it ends before'),
        (("journal", "--person", "5pm"), 'No note can have "@5pm" as a name or a word: both'),
        (("journal", "--practice", "yoga"), "No practice called"),
        (("search", "  "), "What would you like to find?"),
        (("search", '"'), "What would you like to find?"),
    ],
)
def test_wrong_input_is_one_sentence(
    type_in: CommandLine, location: Location, words: tuple[str, ...], sentence: str
) -> None:
    answer = type_in(*words)
    assert answer.code == 2
    assert sentence in answer.err
    assert len(answer.err.splitlines()) == 1


def test_user_text_is_printed_whole_and_without_control_characters(
    type_in: CommandLine, location: Location
) -> None:
    note = "\x1b[2J [b]@Anna[/b] " + "word " * 300 + "end"
    on_evening(location, TODAY).rate(7, note=note)
    for words in (
        ("journal",),
        ("journal", "--plain"),
        ("journal", "--markdown"),
        ("search", "end"),
    ):
        out = type_in.ok(*words).out
        assert "\x1b" not in out
        assert out.rstrip().removesuffix("1 evening.").rstrip().endswith("end")


def test_wide_characters_fill_a_line_and_no_more(type_in: CommandLine, location: Location) -> None:
    note = "*With @Anna 川沿いをゆっくり歩いた。" + "静かな夕方でした。" * 20
    on_evening(location, TODAY).rate(7, note=note)
    for words in (("journal",), ("search", "anna"), ("recap",)):
        lines = [line for line in type_in.ok(*words).lines if "静" in line]
        assert len(lines) > 4
        for line in lines[:-1]:
            assert 77 <= cell_len(line) <= 78, line
