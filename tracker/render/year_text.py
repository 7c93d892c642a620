"""A year as plain text: a heatmap and its totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from tracker.i18n.date_format import month_names, weekday_name, weekday_short, weekday_two
from tracker.i18n.messages import N_, _, format_number, ngettext
from tracker.i18n.units import connection_words, unit_label
from tracker.models import CALM_ID, State, Unit
from tracker.render.columns import (
    TABLE_WIDTH,
    Column,
    fit_columns,
    heading_line,
    join_parts,
    pad,
    value_line,
)
from tracker.render.symbols import ascii_only, longest_words, mark
from tracker.rules.day_states import is_day_of_rest
from tracker.rules.days import days_by_month, week_of
from tracker.views import DaysView, PracticeDays, PracticeYear, YearView

STEPS = 5

_SHADES = "·░▒▓█"
_ASCII_SHADES = ".:+x#"

PRACTICES_DONE = N_("Practices done:")
"""What the legend of all practices counts."""

_STEPS_OF_CALM = ((0, 2), (3, 4), (5, 6), (7, 8), (9, 10))
_STEPS_OF_ONE = N_("nothing, some, half or more, all, double")

BLANK = " "
"""A day outside of the list, or in the future."""


def shade(step: int) -> str:
    """The sign of a step, 0 to 4."""
    return (_ASCII_SHADES if ascii_only() else _SHADES)[step]


def calm_shade(step: int) -> str:
    """The sign of a step of calm, 0 to 4: the lowest is a thin line, since a dot is an evening
    without a rating."""
    return shade(step) if step else "_" if ascii_only() else "▁"


def shade_step(sign: str) -> int:
    """The step of a sign, 1 to 4; 0 for nothing, and for signs that are no shade."""
    return max(0, (_ASCII_SHADES if ascii_only() else _SHADES).find(sign or BLANK))


def weeks_of(days: Sequence[date], week_starts_on: int) -> list[list[int | None]]:
    """Seven rows, one for each weekday from `week_starts_on` on; in each, for every week
    that the days touch, the index of its day among them, or None."""
    first = week_of(days[0], week_starts_on)
    count = (week_of(days[-1], week_starts_on) - first).days // 7 + 1
    rows: list[list[int | None]] = [[None] * count for _ in range(7)]
    for place, day in enumerate(days):
        week, row = divmod((day - first).days, 7)
        rows[row][week] = place
    return rows


def month_line(days: Sequence[date], week_starts_on: int, cell: int) -> str:
    """The names of the months, each above the week in which it begins."""
    first = week_of(days[0], week_starts_on)
    line = ""
    for day in days:
        if day.day == 1:
            column = (day - first).days // 7 * cell
            line = line.ljust(column) + month_names()[day.month - 1][:3]
    return line


def practice_sign(state: State | None, amount: int | None, target: int, unit: Unit) -> str:
    """The sign of one practice's day: nothing, under half, half and more, done, and done twice
    over; where there is only yes and no, done is the last step. Rest has its own mark."""
    if state is None:
        return BLANK
    if state is State.REST:
        return mark(state)
    if state is State.DONE:
        twice = not unit.spec.is_counted or (amount or 0) >= 2 * target
        return shade(4 if twice else 3)
    if state is State.SOME:
        return shade(2 if 2 * (amount or 0) >= target else 1)
    return shade(0)


def connected_step(done: int, most: int) -> int:
    """The step of a day by how many practices were done, out of the longest list of the days that
    are shown, so that a number has one colour on all of them: none, up to a quarter, up to half,
    up to three quarters, more."""
    return -(-4 * done // most)


def calm_sign(score: int | None) -> str:
    """The sign of an evening: not rated, 0 to 2, 3 and 4, 5 and 6, 7 and 8, 9 and 10."""
    return shade(0) if score is None else calm_shade(score * STEPS // 11)


ALL = "all"
"""Stands for every practice together, where an id stands for one."""


class YearRow(NamedTuple):
    """The totals of one subject, as the cells of a table row."""

    subject: str
    """A practice's id, `all` or `calm`."""
    name: str
    key: str
    months: tuple[str, ...]
    total: str
    longest: str
    best_weekday: int | None

    @property
    def weekday(self) -> str:
        """The weekday's name; "" without one."""
        return "" if self.best_weekday is None else weekday_name(self.best_weekday)

    @property
    def weekday_short(self) -> str:
        """The abbreviated weekday; "" without one."""
        return "" if self.best_weekday is None else weekday_short(self.best_weekday)


def year_rows(view: YearView) -> tuple[YearRow, ...]:
    """All practices together, calm, and each practice in the list during the year."""
    together = days_by_month(
        day for day, (done, _) in zip(view.days, view.connected, strict=True) if done
    )
    return (
        YearRow(
            ALL,
            _("All"),
            "",
            _counts(together),
            _count(view.evenings_with_connection),
            "",
            view.connected_best_weekday,
        ),
        YearRow(
            CALM_ID,
            _("Calm"),
            "",
            _calm_months(view),
            calm_mean_words(calm_mean(view)),
            "",
            view.calm_best_weekday,
        ),
        *(_practice_row(one) for one in view.practices),
    )


def without_scores(view: YearView) -> YearView:
    """The year with every calm score left out, where scores are hidden."""
    unrated = tuple(evening._replace(calm=None) for evening in view.evenings)
    return view._replace(evenings=unrated, calm_best_weekday=None)


def signs(view: DaysView, subject: str) -> tuple[str, ...]:
    """The sign of each day for `all`, `calm` or a practice."""
    if subject == CALM_ID:
        return tuple(
            calm_sign(evening.calm)
            if evening.calm is not None or view.is_in_diary(evening.day)
            else BLANK
            for evening in view.evenings
        )
    if subject == ALL:
        most = _longest_list(view)
        return tuple(
            shade(connected_step(done, most)) if listed and day <= view.today else BLANK
            for day, (done, listed) in zip(view.days, view.connected, strict=True)
        )
    one = practice_days(view, subject)
    return tuple(
        BLANK
        if state is State.PENDING and day > view.today
        else practice_sign(state, amount, one.practice.goal_on(day).amount, one.practice.unit)
        for day, state, amount in zip(view.days, one.states, one.amounts, strict=True)
    )


def day_value(view: DaysView, subject: str, sign: str, index: int) -> str:
    """What a calendar shows of a day: the score, how many practices were done, the amount, the mark
    of a yes, that of a day of rest, or else the `sign` that a heatmap shows of it. `index` is the
    day's among those of the view."""
    if subject == CALM_ID and (score := view.evenings[index].calm) is not None:
        return str(score)
    if sign == BLANK or not shade_step(sign):
        # A planned one, too: practices have theirs on days to come.
        is_of_all = subject in (CALM_ID, ALL)
        return mark(State.REST) if is_of_all and _is_day_of_rest(view, index) else sign
    if subject == ALL:
        return str(view.connected[index][0])
    one = practice_days(view, subject)
    if not one.practice.unit.spec.is_counted:
        return mark(State.DONE)
    return str(one.amounts[index] or sign)


def _is_day_of_rest(view: DaysView, index: int) -> bool:
    return is_day_of_rest(one.states[index] for one in view.practices)


def practice_days(view: DaysView, practice_id: str) -> PracticeDays:
    """A practice's days."""
    return next(one for one in view.practices if one.practice.id == practice_id)


def is_logged(view: DaysView, index: int, subject: str) -> bool:
    """Whether a day has a score, or anything that counts in the calendar of a practice; for `all`
    either. `index` is the day's among those of the view."""
    is_rated = view.evenings[index].calm is not None
    if subject == CALM_ID:
        return is_rated
    states = {one.states[index] for one in view.practices if subject in (ALL, one.practice.id)}
    return bool(states & {State.DONE, State.SOME, State.REST}) or (subject == ALL and is_rated)


def is_empty(view: DaysView, subject: str) -> bool:
    """Whether nothing was done or rated on any day of the view, or nothing was logged for
    `subject`."""
    if not view.evenings_with_connection and not view.scores:
        return True
    return not any(is_logged(view, index, subject) for index in range(len(view.days)))


def legend(view: YearView, subject: str, width: int) -> list[str]:
    """The legend of the signs, in lines of so many cells."""
    heading = legend_heading(view, subject)
    first, *more = legend_parts(view, subject)
    parts = [f"{heading} {first}".lstrip(), *more]
    return join_parts(parts, "  " if heading else "   ", width)


def legend_heading(view: YearView, subject: str) -> str:
    """What the legend counts; empty for calm and for yes/no."""
    if subject == ALL:
        return _(PRACTICES_DONE)
    if subject == CALM_ID:
        return ""
    one = practice_days(view, subject)
    unit = one.practice.unit
    if not unit.spec.is_counted:
        return ""
    if _only_goal(one, view.days) is None:
        return _("Of the goal:")
    return f"{unit_label(unit).capitalize()}:"


def legend_parts(view: YearView, subject: str) -> list[str]:
    """Each sign with the numbers it stands for, true on every day of the year; with shares where
    the goal of a practice changed within the year. Signs without a number are left out."""
    if subject == CALM_ID:
        steps = enumerate(_STEPS_OF_CALM)
        parts = [f"{calm_shade(step)} {_numbers(*scores)}" for step, scores in steps]
        return [*parts, f"{shade(0)} " + _("not rated")]
    if subject == ALL:
        most = _longest_list(view)
        return _with_numbers([step * most // 4 + 1 for step in range(5)])
    one = practice_days(view, subject)
    if not one.practice.unit.spec.is_counted:
        return _yes_no_parts()
    goal = _only_goal(one, view.days)
    parts = (
        _with_meanings(_(_STEPS_OF_ONE))
        if goal is None
        else _with_numbers([1, (goal + 1) // 2, goal, 2 * goal])
    )
    return [*parts, f"{mark(State.REST)} " + _("rest")]


def _longest_list(view: DaysView) -> int:
    """Practices in the list on the day of the view that has the most; at least 1."""
    return max(1, *(listed for _done, listed in view.connected))


def _only_goal(one: PracticeDays, days: Sequence[date]) -> int | None:
    """The amount of a day's goal; None where it changed within the year."""
    goals = {
        one.practice.goal_on(day).amount
        for day, state in zip(days, one.states, strict=True)
        if state is not None
    }
    return goals.pop() if len(goals) == 1 else None


def _with_meanings(steps: str) -> list[str]:
    return [f"{shade(place)} {meaning}" for place, meaning in enumerate(steps.split(", "))]


def _with_numbers(firsts: Sequence[int]) -> list[str]:
    """Each sign with its numbers, by the first number of each step from the first on."""
    pairs = zip_longest(firsts[:4], (first - 1 for first in firsts[1:]))
    numbers = [
        f"{shade(step)} {_numbers(first, last)}"
        for step, (first, last) in enumerate(pairs, 1)
        if last is None or first <= last
    ]
    return [f"{shade(0)} 0", *numbers]


def _numbers(first: int, last: int | None) -> str:
    if last is None:
        return f"{first}+"
    return str(first) if first == last else f"{first}{'-' if ascii_only() else '–'}{last}"


def _yes_no_parts() -> list[str]:
    words = _("{nothing} no, or not logged   {done} done   {rest} rest").format(
        nothing=shade(0), done=shade(4), rest=mark(State.REST)
    )
    return words.split("   ")


def shade_meanings() -> list[tuple[str, str]]:
    """Each shade with its meaning for all practices, for calm, and for one practice; then the
    lowest step of calm."""
    lowest, *of_calm = (_numbers(*scores) for scores in _STEPS_OF_CALM)
    meanings = [
        (
            sign,
            _("{meaning}; calm: {calm}").format(meaning=meaning, calm=calm),
        )
        for (sign, meaning), calm in zip(step_meanings(), [_("not rated"), *of_calm], strict=True)
    ]
    return [*meanings, (calm_shade(0), _("calm: {calm}").format(calm=lowest))]


def step_meanings() -> list[tuple[str, str]]:
    """Each shade with its meaning for all practices and for one."""
    meanings = (
        _("all practices: none done; one practice: nothing logged"),
        _("all practices: up to a quarter done; one practice: under half of the day's goal"),
        _("all practices: up to half done; one practice: half of the day's goal or more"),
        _("all practices: up to three quarters done; one practice: the whole goal"),
        _("all practices: more than that done; one practice: twice the goal"),
    )
    return [(shade(step), meaning) for step, meaning in enumerate(meanings)]


def heatmap_lines(view: YearView, subject: str, width: int = TABLE_WIDTH) -> Iterator[str]:
    """Month names, seven rows of one cell a day, and the legend in lines of so many cells."""
    drawn = signs(view, subject)
    yield "     " + month_line(view.days, view.week_starts_on, 1)
    for row, places in enumerate(weeks_of(view.days, view.week_starts_on)):
        name = weekday_two((view.week_starts_on + row) % 7)
        cells = "".join(BLANK if place is None else drawn[place] for place in places)
        yield f"  {name} {cells}".rstrip()
    yield ""
    yield from (f"  {line}" for line in legend(view, subject, width - 2))


def year_table(view: YearView, subject: str, width: int = TABLE_WIDTH) -> Iterator[str]:
    """The year as a heatmap and a table for so many columns; a subject other than all practices
    together leaves out the other rows, and the sentence about all of them."""
    rows = [row for row in year_rows(view) if subject in (ALL, row.subject)]
    yield f"{view.year}: {rows[0].name}"
    yield ""
    yield from heatmap_lines(view, subject, width)
    yield ""
    if sentence := _subject_sentence(view, subject):
        yield f"  {sentence}"
        yield ""
    yield from _table(rows, width)


def _table(rows: Sequence[YearRow], width: int) -> Iterator[str]:
    months = "".join(month[:1].rjust(3) for month in month_names())
    columns = [
        Column[YearRow](N_("days"), 5, lambda row: row.total),
        Column[YearRow](N_("longest"), 10, lambda row: row.longest),
    ]
    # An empty column would leave open what it is the best day of.
    if any(row.weekday_short for row in rows):
        heading = N_("best day")
        cells = len(_(heading))
        columns.append(Column(heading, cells + 2, lambda row: row.weekday_short.ljust(cells)))
    fitting, name_cells = fit_columns(
        columns, rows, [row.name for row in rows], before=5 + len(months), width=width
    )
    yield f"     {' ' * name_cells}{months}{heading_line(fitting)}"
    for row in rows:
        counts = "".join(cell.rjust(3) for cell in row.months)
        figures = value_line(fitting, row)
        yield f"   {row.key or ' '} {pad(row.name, name_cells)}{counts}{figures}".rstrip()


def year_facts(view: YearView, subject: str = ALL) -> Iterator[str]:
    """The year, one fact a line: for a screen reader. A subject other than all practices together
    leaves out what isn't about it."""
    rows = [row for row in year_rows(view) if subject in (ALL, row.subject)]
    yield str(view.year) if subject == ALL else f"{view.year}: {rows[0].name}"
    if sentence := _subject_sentence(view, subject):
        yield sentence
    for row in rows:
        # The cells of a table have no room for tenths.
        months = _calm_months(view, 1) if row.subject == CALM_ID else row.months
        for month, count in zip(month_names(), months, strict=True):
            if count:
                fact = (
                    _("{name}, {month}: {count} on average.")
                    if row.subject == CALM_ID
                    else ngettext(
                        "{name}, {month}: {count} day.",
                        "{name}, {month}: {count} days.",
                        int(count),
                    )
                )
                yield fact.format(name=row.name, month=month, count=count)
        if row.longest:
            yield _("{name}: longest streak {longest}.").format(name=row.name, longest=row.longest)
        if row.weekday:
            yield _("{name}: your best day of the week is {weekday}.").format(
                name=row.name, weekday=row.weekday
            )


def _subject_sentence(view: YearView, subject: str) -> str:
    """The year in one sentence; for one practice or calm only that there is nothing, or ""."""
    if subject == ALL:
        return year_sentence(view)
    if is_empty(view, subject):
        return empty_year_sentence(view.year, view.today, view.first_day)
    return ""


def year_sentence(view: YearView, *, scores_hidden: bool = False) -> str:
    """The year in one sentence; with `scores_hidden` without a score."""
    days = view.evenings_with_connection
    mean = calm_mean(view)
    if not days and mean is None:
        return empty_year_sentence(view.year, view.today, view.first_day)
    if scores_hidden and not days:
        rated = len(view.scores)
        return ngettext("{count} evening rated.", "{count} evenings rated.", rated).format(
            count=rated
        )
    return total_sentence(days, None if scores_hidden else mean)


def total_sentence(days: int, mean: float | None) -> str:
    """The evenings with connection, and the average of calm, of which one can be missing: 0 or
    None."""
    connection = f"{connection_words(days)}."
    if mean is None:
        return connection
    calm = _("Calm {calm} on average.").format(calm=calm_mean_words(mean))
    return f"{connection} {calm}" if days else calm


def empty_year_sentence(year: int, today: date, first_day: date) -> str:
    """A year without anything logged, in one sentence."""
    if year < first_day.year:
        return _("Before your diary began.")
    if year > today.year:
        return _("This year is still ahead.")
    if year == today.year:
        return _("Nothing this year yet. Tonight is a good time to start.")
    return _("A quiet year. That's fine.")


def subject_words(view: YearView, row: YearRow, *, names_year: bool) -> str:
    """The totals of one subject over the year, in a sentence. `names_year` says which year, for a
    page on which no year is shown as a whole."""
    parts = [f"{row.name}, {view.year}" if names_year else row.name]
    if row.total:
        parts.append(_total_words(row))
    if row.longest:
        parts.append(_("longest streak {longest}").format(longest=row.longest))
    if row.weekday:
        parts.append(
            _("calmest on a {weekday}").format(weekday=row.weekday)
            if row.subject == CALM_ID
            else _("done most often on a {weekday}").format(weekday=row.weekday)
        )
    if len(parts) == 1:
        parts.append(_nothing_words(row, is_this_year=view.year == view.today.year))
    return f"{parts[0]}: {', '.join(parts[1:])}."


def _nothing_words(row: YearRow, *, is_this_year: bool) -> str:
    """For a year without any total: what was begun is below the daily goal, and not done."""
    if row.subject == CALM_ID:
        return _("nothing yet this year") if is_this_year else _("nothing that year")
    return _("nothing done yet this year") if is_this_year else _("nothing done that year")


def example_template(view: YearView, subject: str, *, scores_hidden: bool) -> str:
    """What the two numbers of a day in a month's calendar are, with {day} and {value} in it; with
    `scores_hidden`, a score is a mark."""
    if subject == CALM_ID and scores_hidden:
        return _("{day} is the date, {value} means you rated your calm.")
    if subject == CALM_ID:
        return _("{day} is the date, {value} is how calm you felt, 0 to 10.")
    if subject == ALL:
        return _("{day} is the date, {value} is how many practices you did.")
    match practice_days(view, subject).practice.unit:
        case Unit.YES_NO:
            return _("{day} is the date, {value} means you did it.")
        case Unit.TIMES:
            return _("{day} is the date, {value} is how many times you did it.")
        case Unit.MINUTES:
            return _("{day} is the date, {value} is how many minutes.")


def _total_words(row: YearRow) -> str:
    if row.subject == CALM_ID:
        return _("{calm} on average").format(calm=row.total)
    if row.subject == ALL:
        return connection_words(int(row.total))
    return ngettext("{count} day done", "{count} days done", int(row.total)).format(count=row.total)


def weekday(number: int | None) -> str:
    """The weekday's name; "" without one."""
    return "" if number is None else weekday_name(number)


def _practice_row(one: PracticeYear) -> YearRow:
    return YearRow(
        subject=one.practice.id,
        name=one.practice.name,
        key=one.practice.key or "",
        months=_counts(one.months),
        total=_count(one.done),
        longest=longest_words(one),
        best_weekday=one.best_weekday,
    )


def _counts(months: Sequence[int]) -> tuple[str, ...]:
    return tuple(_count(count) for count in months)


def _count(days: int) -> str:
    return str(days) if days else ""


def _calm_months(view: YearView, places: int = 0) -> tuple[str, ...]:
    scores: list[list[int]] = [[] for _ in range(12)]
    for day, score in view.scores:
        scores[day.month - 1].append(score)
    means = (sum(month) / len(month) if month else None for month in scores)
    return tuple("" if mean is None else format_number(mean, places) for mean in means)


def calm_mean(view: DaysView) -> float | None:
    """The average of the scores, 0 to 10; None without any."""
    scores = [score for _day, score in view.scores]
    return sum(scores) / len(scores) if scores else None


def calm_mean_words(mean: float | None) -> str:
    """An average of calm with a tenth; "" for none."""
    return "" if mean is None else format_number(mean, 1)
