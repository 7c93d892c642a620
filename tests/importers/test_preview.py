"""The preview of an import: what it would add, practice by practice, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import by_effort
from tests.importers.factories import ago, as_csv, create_diary, everything, open_diary
from tests.importers.random_diary import diary_with, random_entries, random_evenings
from tests.importers.test_other_trackers import import_sample, sample
from tracker.diary.diary import Diary
from tracker.exporters.csv_export import CsvOptions
from tracker.i18n.messages import set_language
from tracker.importers.habit_importer import ImportChoices
from tracker.importers.import_file import ImportOptions, import_file
from tracker.importers.import_report import Report, RowCounts, summary_lines
from tracker.importers.row_conflicts import Prefer
from tracker.models import Entry, Evening, State

PREVIEWS = {
    "small.habitbull.csv": (
        "Walk (new): 3 days, 20 – 22 November 2026. 1 done, 1 not done, 1 with only a note.",
        "Pushups (new): 2 days, 21 – 22 November 2026. 1 done, 1 not done (goal: 1 time).",
    ),
    "small.table.csv": (
        "Walk (new): 3 days, 1 – 4 November 2026. 1 done, 1 not done, 1 rest day.",
        "Pages (new): 3 days, 1 – 3 November 2026. 2 done, 1 not done (goal: 1 time).",
        "Calm: 3 evenings, 1 – 3 November 2026. 2 with a score, 2 with a note.",
    ),
    "small.daylio": ("Calm: 3 evenings, 1 – 3 November 2026. 3 with a score, 2 with a note.",),
    "small.dijo.json": (
        "hugs (new): 2 days, 22 – 23 November 2026. 2 partly done (goal: 3 times).",
        "walk (new): 2 days, 22 – 23 November 2026. 1 done, 1 not done.",
    ),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_each_practice_has_its_days_and_resulting_states(diary: Diary, name: str) -> None:
    report = import_file(diary, sample(name), ImportOptions(dry_run=True))
    assert report.preview == PREVIEWS[name]


def test_a_practice_of_the_diary_is_named_as_such(diary: Diary) -> None:
    report = import_sample(diary, "small.table.csv", named={"Walk": "nature-walk"})
    assert report.preview[1] == (
        "Nature walk (already in your diary): 3 days, 1 – 4 November 2026. 1 done, 1 "
        "not done, 1 rest day (goal: 20 minutes)."
    )


def test_every_goal_by_which_the_days_are_judged_is_named(tmp_path: Path) -> None:
    at_first = create_diary(tmp_path / "diary.db", "2026-11-20T21:30:00+01:00")
    at_first.log("nature-walk", amount=20)
    diary = open_diary(tmp_path / "diary.db")
    diary.practices.edit("nature-walk", amount=30)
    diary.log("nature-walk", amount=20)
    (tmp_path / "days.csv").write_text(as_csv(diary), encoding="utf-8", newline="")
    report = import_file(diary, tmp_path / "days.csv", ImportOptions(dry_run=True))
    assert report.preview == (
        "Nature walk (already in your diary): 2 days, 20 – 24 November 2026. 1 done, 1 partly "
        "done (goals: 20 minutes, 30 minutes).",
    )


def test_a_report_has_a_summary_with_counts(subtests: pytest.Subtests) -> None:
    none = RowCounts()
    cases: list[tuple[RowCounts, RowCounts, bool, list[str]]] = [
        (none, none, False, ["There was nothing new to import."]),
        (RowCounts(added=1), none, False, ["Imported 1 new entry."]),
        (RowCounts(changed=2), none, False, ["Updated 2 entries."]),
        (RowCounts(2, 1), none, False, ["Imported 2 new entries, updated 1."]),
        (
            RowCounts(2, 1),
            RowCounts(1, 1, 9, 2),
            False,
            [
                "Imported 2 new entries, updated 1.",
                "Practices and settings: 1 new, 1 updated, 9 the same, 2 kept as in your diary.",
                'Run "calmtrack undo --list" to see what wasn\'t used, because your diary kept its '
                "own.",
            ],
        ),
        (none, RowCounts(added=1), False, ["Practices and settings: 1 new."]),
        (
            RowCounts(unchanged=1),
            none,
            False,
            [
                "There was nothing new to import.",
                "1 entry in the file is the same in your diary.",
            ],
        ),
        (
            RowCounts(lost=1),
            none,
            False,
            [
                "There was nothing new to import.",
                "1 entry is different in your diary and stays as it is there.",
                'Run "calmtrack undo --list" to see what wasn\'t used, because your diary kept its '
                "own.",
            ],
        ),
        (none, none, True, ["Preview: no new entries."]),
        (RowCounts(added=2), none, True, ["Preview: this would add 2 new entries."]),
        (RowCounts(changed=1), none, True, ["Preview: this would update 1 entry."]),
        (
            RowCounts(2, 2),
            RowCounts(1, 1),
            True,
            [
                "Preview: this would add 2 new entries. It would update 2 entries.",
                "Practices and settings: 1 new, 1 updated.",
            ],
        ),
        (
            RowCounts(1, 1),
            none,
            True,
            ["Preview: this would add 1 new entry. It would update 1 entry."],
        ),
        (
            RowCounts(lost=2),
            RowCounts(changed=1),
            True,
            [
                "Preview: no new entries.",
                "Practices and settings: 1 updated.",
                "2 entries are different in your diary and stay as they are there.",
            ],
        ),
    ]
    left_out = "2 items in the file are left out. The messages about this import say why."
    for entries, others, dry_run, lines in cases:
        with subtests.test(entries=entries, settings=others, dry_run=dry_run):
            report = Report(
                0, entries, others, (), left_out=2, set_aside=entries.lost + others.lost
            )
            lines.append(left_out)
            closing = ["Nothing has been changed yet."] if dry_run else []
            assert summary_lines(report, dry_run=dry_run) == lines + closing


def test_in_spanish_each_number_of_practices_has_its_own_plural() -> None:
    set_language("es")
    for counts, sentence in (
        (RowCounts(1, 2, 1), "Prácticas y ajustes: 1 nueva, 2 actualizadas, 1 igual."),
        (RowCounts(2, 1, 2), "Prácticas y ajustes: 2 nuevas, 1 actualizada, 2 iguales."),
    ):
        assert summary_lines(Report(0, RowCounts(), counts, ()), dry_run=False)[0] == sentence


def test_in_german_both_numbers_of_the_preview_have_their_own_plural(german: None) -> None:
    for counts, sentence in (
        (
            RowCounts(43, 1),
            "Vorschau: 43 neue Einträge kämen dazu. 1 Eintrag würde aktualisiert.",
        ),
        (
            RowCounts(1, 2),
            "Vorschau: 1 neuer Eintrag käme dazu. 2 Einträge würden aktualisiert.",
        ),
    ):
        assert summary_lines(Report(0, counts, RowCounts(), ()), dry_run=True)[0] == sentence


def test_notes_that_a_preferred_file_leaves_as_they_are_are_counted(
    diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "daylio.csv"
    rows = [f"2026-11-{day:02},tired,,{note}" for day, note in ((1, ""), (2, ""), (3, "rain"))]
    path.write_text("\n".join(("full_date,mood,activities,note", *rows)), encoding="utf-8")
    import_file(diary, path)
    choices = ImportChoices(moods={"tired": 3})
    for dry_run in (True, False):
        report = import_file(diary, path, ImportOptions(None, choices, "file", dry_run))
        assert report.changed == 3
        sentence = "The file is empty in 2 places where your diary has something: that stays."
        assert sentence in summary_lines(report, dry_run=dry_run)
    assert [evening.note for evening in everything(diary)[2]] == ["tired", "tired", "rain"]
    # They stay the second time as well, when nothing else differs.
    again = import_file(diary, path, ImportOptions(None, choices, "file"))
    assert (again.changed, again.blanks) == (0, 2)


NOT_LOGGED = (
    "Rated evenings count as not done where nothing is logged (number of evenings in brackets): "
)


def noes(diary: Diary) -> set[tuple[str, date]]:
    """The practices' names and days that count as not done without being marked as such."""
    views = [diary.day(ago(number)) for number in range(1, 60)]
    return {
        (one.practice.name, view.day)
        for view in views
        for one in view.practices
        if one.state is State.NO and one.amount is None
    }


def listed(noes: Iterable[tuple[str, date]]) -> set[str]:
    """The practices with their numbers of days, as a message lists them."""
    return {f"{name} ({count})" for name, count in Counter(name for name, _day in noes).items()}


def announced(report: Report) -> set[str]:
    """The practices in the message about noes, with their numbers."""
    texts = [one for one in report.messages if one.startswith(NOT_LOGGED)]
    return {one for text in texts for one in text.removeprefix(NOT_LOGGED)[:-1].split(", ")}


def moods(first: int, end: int) -> str:
    """An export of Daylio with a mood on each of some days of November 2026."""
    rows = (f"2026-11-{day:02},rad,\n" for day in range(first, end))
    return "full_date,mood,activities\n" + "".join(rows)


def write_file(folder: Path, text: str) -> Path:
    """Writes a table and returns its path."""
    path = folder / f"table{len(list(folder.iterdir()))}.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_old_table_says_how_many_later_rated_evenings_count_as_not_done(
    diary: Diary, tmp_path: Path
) -> None:
    import_file(diary, write_file(tmp_path, moods(10, 24)))
    path = write_file(
        tmp_path, "Date,Hug,Yoga\n2026-11-01,yes,no\n2026-11-12,no,yes\n2026-11-20,,yes\n"
    )
    before = noes(diary)
    message = f"{NOT_LOGGED}Hug (13), Yoga (12)."
    assert message in import_file(diary, path, ImportOptions(dry_run=True)).messages
    assert message in import_file(diary, path).messages
    assert listed(noes(diary) - before) == {"Hug (13)", "Yoga (12)"}
    # They follow from the first import, not from another one.
    assert not [one for one in import_file(diary, path).messages if NOT_LOGGED in one]


def test_old_moods_say_which_practices_count_as_not_done_beside_them(
    diary: Diary, tmp_path: Path
) -> None:
    import_file(diary, write_file(tmp_path, "Date,Hug\n2026-11-01,yes\n2026-11-03,yes\n"))
    diary.log("hug")
    path = write_file(tmp_path, moods(2, 11))
    message, before = f"{NOT_LOGGED}Hug (8).", noes(diary)
    assert message in import_file(diary, path, ImportOptions(dry_run=True)).messages
    assert message in import_file(diary, path).messages
    assert listed(noes(diary) - before) == {"Hug (8)"}


def test_a_table_with_scores_says_what_its_blanks_count_as(diary: Diary, tmp_path: Path) -> None:
    table = "Date,Calm,Yoga\n2026-11-01,7,yes\n2026-11-02,8,\n2026-11-03,6,\n"
    report = import_file(diary, write_file(tmp_path, table))
    assert announced(report) == {"Yoga (2)"} == listed(noes(diary))


def test_forgotten_evenings_between_others_count_each(diary: Diary, tmp_path: Path) -> None:
    """A table of moods fills gaps in the middle of a diary."""
    for days in range(2, 20):
        diary.log("hug", ago(days))
    table = f"Date;Mood\n{ago(17)};4\n{ago(9)};3\n{ago(1)};5\n"
    file = write_file(tmp_path, table)
    report = import_file(diary, file, ImportOptions(choices=ImportChoices(scale=5)))
    # Hug was logged on two of the three evenings; the others aren't in the list then.
    assert announced(report) == {"Hug (1)"} == listed(noes(diary))
    before = noes(diary)
    file = write_file(tmp_path, "Date;Yoga\n2026-10-01;yes\n2026-10-02;no\n")
    assert announced(import_file(diary, file)) == {"Yoga (3)"}
    assert listed(noes(diary) - before) == {"Yoga (3)"}


@pytest.mark.parametrize("layout", ["entries", "days"])
def test_an_edited_export_says_how_many_evenings_count_as_not_done(
    diary: Diary, tmp_path: Path, layout: Literal["entries", "days"]
) -> None:
    """Someone adds a practice, and an evening of which only a note says what else was done."""
    for days in (2, 3, 5):
        open_diary(tmp_path / "diary.db", f"{ago(days)}T21:30:00+01:00").rate(6)
    header, *rows = as_csv(diary, CsvOptions(layout=layout)).splitlines()
    if layout == "entries":
        rows += [
            f"{ago(5)},practice,Swimming,,,1,,,",
            f"{ago(4)},calm,,,,7,,,",
            f"{ago(4)},practice,joy,,,,,Concert,",
        ]
    else:
        header = "day,calm,Swimming,joy,joy_note"
        rows = [f"{ago(5)},6,1,,", f"{ago(4)},7,,,Concert", *(f"{ago(n)},6,,," for n in (3, 2))]
    file = write_file(tmp_path, "\n".join((header, *rows, "")))
    before = noes(diary)
    preview = import_file(diary, file, ImportOptions(dry_run=True))
    report = import_file(diary, file)
    new = listed(noes(diary) - before)
    assert announced(preview) == announced(report) == new
    assert new >= {"Swimming (3)", "Moment of joy (1)", "Hug (1)"}


@st.composite
def random_tables(draw: st.DrawFn) -> str:
    """A table of the last weeks with scores, a practice of the diary and a new one."""
    days = draw(st.lists(st.integers(1, 40), min_size=1, max_size=12, unique=True))
    mark = st.sampled_from(["", "", "x", "no", "rest"])
    rows = [
        f"{ago(day)},{draw(st.sampled_from(['', '3', '7']))},{draw(mark)},{draw(mark)}"
        for day in days
    ]
    return "\n".join(("Date,Calm,Hug,Yoga", *rows, ""))


@given(
    random_tables(),
    st.lists(random_entries(["hug", "joy"]), max_size=20, unique_by=lambda e: (e.day, e[1])),
    st.lists(random_evenings(), max_size=15, unique_by=lambda e: e.day),
    st.sampled_from(["newest", "file", "diary"]),
)
@settings(max_examples=by_effort(15, 300), deadline=None)
def test_what_counts_as_not_done_after_any_table_was_announced(
    table: str, entries: list[Entry], evenings: list[Evening], prefer: Prefer
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        default = create_diary(folder / "default.db").practices.all()
        diary = diary_with(folder / "diary.db", (default, entries, evenings))
        before, file = noes(diary), write_file(folder, table)
        choices = ImportChoices(scale=10)
        preview = import_file(diary, file, ImportOptions("table", choices, prefer, dry_run=True))
        report = import_file(diary, file, ImportOptions("table", choices, prefer))
        assert announced(preview) == announced(report) == listed(noes(diary) - before)
