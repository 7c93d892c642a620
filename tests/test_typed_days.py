"""How days are written on screens, and how those that a person types are parsed, by language."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pendulum
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import by_effort
from tracker.diary.validation import (
    day_named,
    period_named,
    period_or_day_named,
    rest_range_named,
    time_of_day,
    weekday_named,
)
from tracker.errors import InputError
from tracker.i18n.date_format import (
    format_date_to_type,
    format_day,
    format_day_short,
    format_range,
    format_recent,
    humanize_age,
    weekday_two,
)
from tracker.i18n.messages import set_language

pytestmark = pytest.mark.any_day

TUESDAY = date(2026, 11, 24)

days_of_two_centuries = st.dates(date(1901, 1, 1), date(2199, 12, 31))


def test_a_day_is_written_in_plain_english() -> None:
    assert format_day(TUESDAY) == "Tuesday 24 November"
    assert format_day(TUESDAY, year=True) == "Tuesday 24 November 2026"
    assert format_day_short(TUESDAY) == "Tue 24 Nov"
    assert format_day(date(2027, 1, 1)) == "Friday 1 January"


def test_every_month_and_weekday_has_its_english_name() -> None:
    firsts = [format_day(date(2026, month, 1)).split()[2] for month in range(1, 13)]
    assert " ".join(firsts) == (
        "January February March April May June July August September October November December"
    )
    week = [format_day(TUESDAY + timedelta(days=n)).split()[0] for n in range(7)]
    assert " ".join(week) == "Tuesday Wednesday Thursday Friday Saturday Sunday Monday"


@given(days_of_two_centuries)
@settings(max_examples=by_effort(15, 200), deadline=None)
def test_english_names_agree_with_pendulum(day: date) -> None:
    as_pendulum = pendulum.date(day.year, day.month, day.day)
    assert format_day(day, year=True) == as_pendulum.format("dddd D MMMM YYYY", locale="en")
    assert format_day_short(day) == as_pendulum.format("ddd D MMM", locale="en")


def test_a_past_day_is_written_in_words(subtests: pytest.Subtests) -> None:
    cases: list[tuple[date, str]] = [
        (TUESDAY, "today"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 22), "on Sunday"),
        (date(2026, 11, 18), "on Wednesday"),
        (date(2026, 11, 17), "on 17 November"),
        (date(2025, 11, 24), "on 24 November 2025"),
    ]
    for day, message in cases:
        with subtests.test(day=day, message=message):
            assert format_recent(day, TUESDAY) == message


def test_a_day_is_written_in_german(german: None) -> None:
    assert format_day(TUESDAY) == "Dienstag, 24. November"
    assert format_day(TUESDAY, year=True) == "Dienstag, 24. November 2026"
    assert format_day_short(TUESDAY) == "Di 24. Nov"
    assert [weekday_two(number) for number in range(7)] == [
        "Mo",
        "Di",
        "Mi",
        "Do",
        "Fr",
        "Sa",
        "So",
    ]


def test_a_day_is_written_in_spanish() -> None:
    set_language("es")
    assert format_day(TUESDAY) == "martes 24 de noviembre"
    assert format_day(TUESDAY, year=True) == "martes 24 de noviembre de 2026"
    assert format_day_short(TUESDAY) == "mar 24 nov"
    monday = TUESDAY - timedelta(days=1)
    assert format_range(monday, TUESDAY, "–") == "23 – 24 de noviembre de 2026"
    assert format_recent(date(2025, 11, 24), TUESDAY) == "el 24 de noviembre de 2025"


@given(days_of_two_centuries)
@settings(
    max_examples=by_effort(15, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_german_names_agree_with_pendulum(german: None, day: date) -> None:
    as_pendulum = pendulum.date(day.year, day.month, day.day)
    assert format_day(day, year=True) == as_pendulum.format("dddd, D. MMMM YYYY", locale="de")
    assert format_day_short(day).split()[0] == as_pendulum.format("dd", locale="de").rstrip(".")


def test_a_past_day_is_written_in_german_words(german: None, subtests: pytest.Subtests) -> None:
    cases: list[tuple[date, str]] = [
        (TUESDAY, "heute"),
        (date(2026, 11, 23), "gestern"),
        (date(2026, 11, 22), "am Sonntag"),
        (date(2026, 11, 17), "am 17. November"),
        (date(2025, 11, 24), "am 24. November 2025"),
    ]
    for day, message in cases:
        with subtests.test(day=day, message=message):
            assert format_recent(day, TUESDAY) == message


AGO = [(1, "1 day", "1 Tag"), (3, "3 days", "3 Tagen"), (7, "1 week", "1 Woche"),
       (13, "13 days", "13 Tagen"), (14, "2 weeks", "2 Wochen"), (60, "8 weeks", "8 Wochen"),
       (61, "2 months", "2 Monaten"), (350, "11 months", "11 Monaten"),
       (362, "almost a year", "fast einem Jahr"), (365, "1 year", "1 Jahr"),
       (396, "13 months", "13 Monaten"), (1096, "3 years", "3 Jahren")]  # fmt: skip


def test_how_long_ago_it_was(subtests: pytest.Subtests) -> None:
    for days, message, _ in AGO:
        with subtests.test(days=days, message=message, _=_):
            assert humanize_age(TUESDAY - timedelta(days), TUESDAY) == message


def test_how_long_ago_it_was_in_german(german: None, subtests: pytest.Subtests) -> None:
    for days, _, message in AGO:
        with subtests.test(days=days, _=_, message=message):
            assert humanize_age(TUESDAY - timedelta(days), TUESDAY) == message


SPANS = [
    (date(2026, 11, 16), date(2026, 11, 22), "16 – 22 November 2026", "16. – 22. November 2026"),
    (date(2026, 11, 30), date(2026, 12, 6), "30 November – 6 December 2026",
     "30. November – 6. Dezember 2026"),
    (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027",
     "28. Dezember 2026 – 3. Januar 2027"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "message", "_"), SPANS)
def test_a_week_within_one_month_names_it_once(
    first: date, last: date, message: str, _: str
) -> None:
    assert format_range(first, last, "–") == message


@pytest.mark.parametrize(("first", "last", "_", "message"), SPANS)
def test_a_german_week_within_one_month_names_it_once(
    german: None, first: date, last: date, _: str, message: str
) -> None:
    assert format_range(first, last, "–") == message


def test_in_german_a_day_can_be_named_in_both_languages(
    german: None, subtests: pytest.Subtests
) -> None:
    cases: list[tuple[str, int]] = [
        *(("heute", 24), ("Gestern", 23), ("-3", 21), ("mo", 23), ("Montag", 23), ("di", 24)),
        *(("dienstag", 24), ("mi", 18), ("sonn", 22), ("so", 22), ("sa", 21), ("DO", 19)),
        *(("today", 24), ("yesterday", 23), ("mon", 23), ("sun", 22), ("wed", 18)),
        *(("2026-11-01", 1), (" heute ", 24)),
    ]
    for typed, day in cases:
        with subtests.test(typed=typed, day=day):
            assert day_named(typed, TUESDAY) == date(2026, 11, day)


def test_in_german_an_unknown_word_is_an_error(german: None, subtests: pytest.Subtests) -> None:
    cases: list[str] = ["m", "d", "montags", "vorvorgestern", "", "tu"]
    for typed in cases:
        with (
            subtests.test(typed=typed),
            pytest.raises(InputError, match="kenne ich nicht"),
        ):
            day_named(typed, TUESDAY)


SAID_IN = {
    "en": [
        *(("day before yesterday", "2026-11-22"), ("The day before yesterday", "2026-11-22")),
        *(("2 days ago", "2026-11-22"), ("1 day ago", "2026-11-23"), ("a week ago", "2026-11-17")),
        *(("2 weeks ago", "2026-11-10"), ("on Friday", "2026-11-20"), ("last fri", "2026-11-20")),
        *(("3 nov 2025", "2025-11-03"), ("Nov 3, 2025", "2025-11-03")),
        *(("on 17 November", "2026-11-17"), ("On November 17", "2026-11-17")),
        *(("on the 3rd of November 2025", "2025-11-03"), ("17th of nov", "2026-11-17")),
    ],
    "de": [
        *(("vorgestern", "2026-11-22"), ("vor 2 Tagen", "2026-11-22")),
        *(("vor einer Woche", "2026-11-17"), ("am Freitag", "2026-11-20")),
        *(("letzten Dienstag", "2026-11-17"), ("letzter di", "2026-11-17")),
        *(("17. November", "2026-11-17"), ("3. märz 2025", "2025-03-03"), ("17 nov", "2026-11-17")),
        *(("am 17. November", "2026-11-17"), ("Am 3. März 2025", "2025-03-03")),
        *(("am 17.11.", "2026-11-17"), ("on 17 November", "2026-11-17")),
        *(("1. Dezember", "2026-12-01"), ("17/11", "2026-11-17"), ("2 days ago", "2026-11-22")),
    ],
    "es": [
        *(("anteayer", "2026-11-22"), ("antier", "2026-11-22"), ("hace 2 días", "2026-11-22")),
        *(("hace 2 dias", "2026-11-22"), ("hace una semana", "2026-11-17")),
        *(("el viernes", "2026-11-20"), ("el martes pasado", "2026-11-17")),
        *(("17/11", "2026-11-17"), ("05/11/2025", "2025-11-05"), ("1/12", "2026-12-01")),
        *(("17 de noviembre", "2026-11-17"), ("3 de enero de 2025", "2025-01-03")),
        *(("el 17 de noviembre", "2026-11-17"), ("El 3 de enero de 2025", "2025-01-03")),
        *(("3 ene", "2027-01-03"), ("mar 17", "2026-03-17"), ("last friday", "2026-11-20")),
    ],
}


def test_a_month_or_a_year_can_be_typed_as_it_is_said(subtests: pytest.Subtests) -> None:
    cases = {
        "en": ["this month", "Last month", "this year", "last year"],
        "de": ["dieser Monat", "letzten Monat", "dieses Jahr", "letztes Jahr"],
        "es": ["este mes", "el mes pasado", "este año", "ano pasado"],
    }
    for language, typed_periods in cases.items():
        set_language(language)
        for words in (typed_periods, cases["en"]):
            with subtests.test(words=words):
                january = [str(period_named(text, date(2026, 1, 2))) for text in words]
                assert january == ["2026-01", "2025-12", "2026", "2025"]


@pytest.mark.parametrize("language", SAID_IN)
def test_a_past_day_can_be_typed_as_it_is_said(language: str, subtests: pytest.Subtests) -> None:
    set_language(language)
    for typed, day in SAID_IN[language]:
        with subtests.test(typed=typed):
            assert day_named(typed, TUESDAY).isoformat() == day


def test_a_rest_day_can_be_planned_as_it_is_said(subtests: pytest.Subtests) -> None:
    cases = {
        "en": ["day after tomorrow", "on thursday", "on 26 November"],
        "de": ["übermorgen", "am Donnerstag", "nächsten do", "am 26. November"],
        "es": [
            "pasado mañana",
            "el jueves",
            "el 26 de noviembre",
            "el próximo jueves",
            "jueves que viene",
        ],
    }
    for language, typed_days in cases.items():
        set_language(language)
        for typed in typed_days:
            with subtests.test(typed=typed):
                assert day_named(typed, TUESDAY, ahead=True) == date(2026, 11, 26)
                assert rest_range_named(None, typed, TUESDAY) == (TUESDAY, date(2026, 11, 26))


def test_a_date_with_slashes_could_be_two_days_in_english(subtests: pytest.Subtests) -> None:
    for typed in ("17/11", "11/17/26", "17/11/2026"):
        assert day_named(typed, TUESDAY) == date(2026, 11, 17)
    assert day_named("11/11", TUESDAY) == date(2026, 11, 11)
    for typed in ("31/2", "17/13", "0/0"):
        with subtests.test(typed=typed), pytest.raises(InputError, match="don't recognise"):
            day_named(typed, TUESDAY)
    set_language("es")
    for typed in ("31/2", "0/0", "1/13", "1/1/6", "17/11/", "hace días", "hace 99999 días"):
        with subtests.test(typed=typed), pytest.raises(InputError, match="No reconozco"):
            day_named(typed, TUESDAY)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "2026-12-01"), ("de", "01.12.2026"), ("es", "01/12/2026")]
)
def test_a_date_in_a_field_is_written_as_it_can_be_typed(language: str, written: str) -> None:
    set_language(language)
    day = date(2026, 12, 1)
    assert format_date_to_type(day) == written
    for ahead in (False, True):
        assert day_named(written, TUESDAY, ahead=ahead) == day


def test_german_weekdays_of_rest_days_are_in_the_future(german: None) -> None:
    friday = day_named("fr", TUESDAY, ahead=True)
    assert friday == date(2026, 11, 27)
    for ahead in (True, False):
        assert day_named("morgen", TUESDAY, ahead=ahead) == date(2026, 11, 25)
    assert rest_range_named("fr", "so", TUESDAY) == (friday, date(2026, 11, 29))
    assert rest_range_named("fr", "wed", TUESDAY) == (friday, date(2026, 12, 2))
    # A range that is over.
    assert rest_range_named("sa", "gestern", TUESDAY) == (date(2026, 11, 21), date(2026, 11, 23))
    assert rest_range_named("sa", "heute", TUESDAY) == (date(2026, 11, 21), TUESDAY)
    # The coming Friday, also where the last day is before it: that is refused then.
    assert rest_range_named("fr", "+1", TUESDAY) == (friday, date(2026, 11, 25))


def test_a_week_may_start_on_a_german_weekday(german: None) -> None:
    assert [weekday_named(text) for text in ("So", "samstag", "sunday", "mon")] == [6, 5, 6, 0]


def test_accents_may_be_left_out(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, date]] = [
        *(("miercoles", date(2026, 11, 18)), ("MIÉRCOLES", date(2026, 11, 18))),
        *(("sab", date(2026, 11, 21)), ("mie\u0301", date(2026, 11, 18))),
        *(("manana", date(2026, 11, 25)), ("mañana", date(2026, 11, 25))),
    ]
    set_language("es")
    for typed, day in cases:
        with subtests.test(typed=typed):
            assert day_named(typed, TUESDAY) == day
    assert weekday_named("sabado") == 5
    assert rest_range_named(None, "sab", TUESDAY)[1] == date(2026, 11, 28)
    set_language("de")
    assert period_named("marz 2026", TUESDAY) == period_named("märz 2026", TUESDAY)


def test_english_accepts_no_german_words_for_a_day(subtests: pytest.Subtests) -> None:
    cases: list[str] = ["heute", "gestern", "di", "so", "montag"]
    for typed in cases:
        with subtests.test(typed=typed), pytest.raises(InputError):
            day_named(typed, TUESDAY)


def test_formatting_a_day_does_not_import_pendulum() -> None:
    code = (
        "import sys, datetime, tracker.i18n.date_format as f;"
        "f.format_day(datetime.date(2026, 11, 24));"
        "sys.exit('pendulum' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_time_of_day_is_parsed_in_each_notation(subtests: pytest.Subtests) -> None:
    cases: dict[str, str] = {
        "21:30": "21:30",
        "9pm": "21:00",
        "9:30 PM": "21:30",
        "12 a.m.": "00:00",
        "12pm": "12:00",
        "8am": "08:00",
        "21.00": "21:00",
        "9.30 pm": "21:30",
    }
    for typed, at in cases.items():
        with subtests.test(typed=typed):
            assert time_of_day(typed).isoformat("minutes") == at
    for typed in ("13pm", "0am", "9", "pm", "9:60pm"):
        with subtests.test(typed=typed), pytest.raises(InputError):
            time_of_day(typed)


@pytest.mark.parametrize("typed", ["2026/11/17", "2026/11/7"])
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_date_with_slashes_can_begin_with_its_year(typed: str, language: str) -> None:
    set_language(language)
    assert day_named(typed, TUESDAY) == date(2026, 11, int(typed.rpartition("/")[2]))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("8/3", "8 March or 3 August"),
        ("5/11/2026", "5 November 2026 or 11 May 2026"),
        ("5/11/26", "5 November 2026 or 11 May 2026"),
    ],
)
def test_a_date_that_can_be_two_days_names_both(typed: str, days: str) -> None:
    for ahead in (False, True):
        with pytest.raises(InputError) as error:
            day_named(typed, TUESDAY, ahead=ahead)
        assert str(error.value) == f'"{typed}" can be {days}. Type one of these.'
    with pytest.raises(InputError, match="can be"):
        period_or_day_named(typed, TUESDAY)
    for day in days.split(" or "):
        day_named(day, TUESDAY)
