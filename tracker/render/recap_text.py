"""A month or a year on one page: its days in colours, calm, practices, people, starred notes and
patterns. Values in, lines of (text, role) out; as plain facts and as Markdown, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, zip_longest
from pathlib import Path
from statistics import fmean
from typing import Literal, NamedTuple

from rich.cells import cell_len

from tracker.i18n.date_format import (
    change_from_period_before,
    format_day,
    format_day_short,
    month_names,
    sentence_case,
    weekday_two,
)
from tracker.i18n.messages import _, format_number, ngettext, pgettext, round_half_up
from tracker.i18n.units import connection_words
from tracker.location import short_path
from tracker.models import MAX_NOTE_LENGTH, State
from tracker.render.columns import name_width, pad, wrap_cells
from tracker.render.day_text import shared_notes
from tracker.render.symbols import ascii_only, mark
from tracker.render.week_text import escape_markdown, markdown_row
from tracker.render.year_text import (
    BLANK,
    PRACTICES_DONE,
    STEPS,
    calm_shade,
    calm_sign,
    connected_step,
    empty_year_sentence,
    month_line,
    shade,
    weeks_of,
)
from tracker.sanitize import sanitize_line, sanitize_text
from tracker.views import Period, RecapDay, RecapView

Piece = tuple[str, str]
"""A text and its role: `text`, `muted`, `accent`; `calm-7` and `amount-3` for a cell, `calm-mark-7`
and `amount-mark-3` for a mark."""

Line = tuple[Piece, ...]

Block = tuple[Literal["text", "days", "practices", "items"], Iterable[Line]]
"""Lines of a page. Those of `text` and `items` can be wrapped anew; `items` are indented."""

WIDE = 78
"""The default width of a line, in cells; the narrowest is 58."""

CELL = 7
"""Cells of a day in the calendar of a month."""

MONTH_CELL = 4
"""Cells of a month in the row of averages."""

NAME = 24
"""Cells of a practice's name at most."""

GAP = 5
"""Cells between the drawing and the practices beside it."""

BAR = 20
"""Cells of the longest bar, where there is room."""

SOLID = "■"
"""The sign of a day in a colour."""


class Signs(NamedTuple):
    """What a page is drawn with."""

    has_colors: bool = True
    """Without colours, shades stand for them."""
    is_ascii: bool = False

    @property
    def dot(self) -> str:
        """A day without anything to show."""
        return "." if self.is_ascii else "·"

    @property
    def bar(self) -> str:
        """A cell of a bar."""
        return "=" if self.is_ascii else "━"

    def role(self, role: str) -> str:
        """The role of what has a colour of its own, or without colours of text."""
        return role if self.has_colors or role == "muted" else "text"


IN_COLORS = Signs()


def recap_title(view: RecapView) -> str:
    """The month or year; one that isn't over says so."""
    name = period_name(view.period)
    is_running = view.period.first <= view.today < view.period.last
    return _("{period} so far").format(period=name) if is_running else name


def period_name(period: Period, *, short: bool = False) -> str:
    """ "November 2026", short "Nov 2026", or "2026"."""
    if period.month is None:
        return str(period.year)
    month = month_names()[period.month - 1]
    return _("{month} {year}").format(month=month[:3] if short else month, year=period.year)


def recap_lines(
    view: RecapView, width: int = WIDE, signs: Signs = IN_COLORS, *, most: int = 0
) -> Iterator[Line]:
    """The page in lines of at most `width` cells. Where they fit into `most` cells side by side,
    the practices are to the right of the drawing."""
    blocks = list(recap_blocks(view, width, signs))
    kinds = [kind for kind, _lines in blocks]
    if "practices" in kinds:
        first, last = kinds.index("days"), kinds.index("practices")
        drawn = [line for _kind, lines in blocks[first : last - 1] for line in lines]
        practices = [line for _kind, lines in blocks[last - 1 : last + 1] for line in lines]
        if _width(drawn) + GAP + _width(practices) <= most:
            blocks[first : last + 1] = [("days", [*_side_by_side(drawn, practices)])]
        else:
            blocks[first : last + 1] = [("days", [*drawn, *practices])]
    for _kind, lines in blocks:
        yield from lines


def recap_blocks(view: RecapView, width: int, signs: Signs = IN_COLORS) -> Iterator[Block]:
    """The lines of the page in groups of one kind."""
    sentences = (" ".join(part) for part in (calm_sentences(view), lived_sentences(view)))
    yield "text", [((line, "text"),) for one in sentences if one for line in wrap_cells(one, width)]
    if view.is_empty:
        return
    drawing = _month_lines if view.period.month else _year_lines
    yield "days", [(), *drawing(view, signs)]
    yield "days", [*_legend_lines(view, signs)]
    if view.period.month is None:
        yield "days", _month_row(view, signs)
    if view.practices:
        yield "text", _heading(_("Practices"))
        yield "practices", _practice_lines(view, width, signs)
    if view.people:
        yield "text", _heading(_("People (days)"))
        lines = wrap_cells(people_words(view), width - 2)
        yield "items", [((f"  {line}", "text"),) for line in lines]
    if view.notes:
        yield "text", _heading(_("Starred notes"))
        longest = max(cell_len(format_day_short(note.day)) for note in view.notes)
        for day, name, text in _starred_notes(view):
            prefix = f"  {pad(format_day_short(day), longest)}  "
            yield "items", _note_lines(_named(name, text), prefix, width)
    if view.findings:
        yield "text", _heading(_("Patterns"))
        for finding in view.findings:
            wrapped = wrap_cells(sanitize_line(finding.sentence), width - 4)
            lines = [f"{'    ' if number else '  '}{line}" for number, line in enumerate(wrapped)]
            yield "items", [((line, "text"),) for line in lines]


def _width(lines: Sequence[Line]) -> int:
    return max(sum(cell_len(text) for text, _role in line) for line in lines)


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> Iterator[Line]:
    """Two drawings, the second to the right of the first."""
    width = _width(left) + GAP
    for one, other in zip_longest(left, right, fillvalue=()):
        yield (*one, (" " * (width - _width([one])), "text"), *other) if other else one


def recap_sentences(view: RecapView) -> Iterator[str]:
    """The period in a few sentences."""
    yield from calm_sentences(view)
    yield from lived_sentences(view)


def calm_sentences(view: RecapView) -> Iterator[str]:
    """How many evenings were rated, and calm; or that the period is empty."""
    if view.is_empty:
        yield _empty_sentence(view)
    if view.rated:
        yield ngettext("{count} evening rated.", "{count} evenings rated.", view.rated).format(
            count=view.rated
        )
    if view.calm is None:
        return
    calm = format_number(view.calm, 1)
    if view.change is None:
        yield _("Calm {calm} on average.").format(calm=calm)
    else:
        is_month = view.period.month is not None
        yield _("Calm {calm} on average, {change}.").format(
            calm=calm, change=change_from_period_before(view.change, is_month=is_month)
        )


def lived_sentences(view: RecapView) -> Iterator[str]:
    """The days with a practice done, and with rest."""
    if days := view.connected:
        yield f"{connection_words(days)}."
    if days := view.rest_days:
        yield ngettext("{count} day of rest.", "{count} days of rest.", days).format(count=days)


def _empty_sentence(view: RecapView) -> str:
    if view.period.month is None:
        return empty_year_sentence(view.period.year, view.today, view.first_day)
    return empty_month_sentence(view.period, view.today, view.first_day)


def empty_month_sentence(month: Period, today: date, first_day: date) -> str:
    """A month without anything logged, in one sentence; `first_day` is that of the diary."""
    if month.last < first_day:
        return _("Before your diary began.")
    if month.first > today:
        return _("This month is still ahead.")
    if month.last >= today:
        return _("Nothing this month yet. Tonight is a good time to start.")
    return _("A quiet month. That's fine.")


def people_words(view: RecapView) -> str:
    """ "Anna 4, Mum 2"."""
    return ", ".join(
        f"{sanitize_line(name, 40)} {format_number(days)}" for name, days in view.people
    )


def _heading(text: str) -> Iterator[Line]:
    yield ()
    yield ((text, "accent"),)


def _month_lines(view: RecapView, signs: Signs) -> Iterator[Line]:
    """A calendar: for each day its date, and its score or how many practices were done."""
    names = (weekday_two((view.week_starts_on + place) % 7) for place in range(7))
    yield (("  " + "".join(f"{name:>2}".ljust(CELL) for name in names).rstrip(), "muted"),)
    weeks = zip(*weeks_of([one.day for one in view.days], view.week_starts_on), strict=True)
    for week in weeks:
        line: list[Piece] = [("  ", "text")]
        for place in week:
            if place is None:
                line.append((" " * CELL, "text"))
            else:
                one = view.days[place]
                value, role = _value(view, one, signs)
                cell = (value.center(3), signs.role(role))
                line += ((f"{one.day.day:>2} ", "muted"), cell, (" ", "text"))
        yield tuple(line)


def _value(view: RecapView, one: RecapDay, signs: Signs) -> Piece:
    """The score of a day, or where scores are hidden the number of practices done; without either,
    whether it was a day of rest."""
    without = mark(State.REST) if one.is_rest else signs.dot
    nothing = without if view.is_in_diary(one.day) else ""
    if not view.scores_hidden:
        return (nothing, "muted") if one.calm is None else (str(one.calm), f"calm-{one.calm}")
    if not one.done:
        return nothing, "muted"
    return str(one.done), f"amount-{connected_step(one.done, view.longest_list)}"


def _year_lines(view: RecapView, signs: Signs) -> Iterator[Line]:
    """A heatmap with a sign for each day."""
    days = [one.day for one in view.days]
    yield (("     " + month_line(days, view.week_starts_on, 1), "muted"),)
    for row, places in enumerate(weeks_of(days, view.week_starts_on)):
        name = weekday_two((view.week_starts_on + row) % 7)
        cells = (
            (BLANK, "text") if place is None else _sign(view, view.days[place], signs)
            for place in places
        )
        yield tuple(_joined([(f"  {name:<2} ", "muted"), *cells]))


def _month_row(view: RecapView, signs: Signs) -> Iterator[Line]:
    """The months with their averages, and what those are, below a blank line."""
    yield ()
    heading = (
        _("Evenings with connection:") if view.scores_hidden else _("Calm on average, 0 to 10:")
    )
    yield ((f"  {heading}", "muted"),)
    names = "".join(name[:3].rjust(MONTH_CELL) for name in month_names())
    yield ((f"  {names}", "muted"),)
    yield (("  ", "text"), *_joined(list(_month_averages(view, signs))))


def _legend_lines(view: RecapView, signs: Signs) -> Iterator[Line]:
    """The signs of a year from the lowest to the highest; for a month, what the numbers are, and
    the sign of rest where there is one."""
    if view.period.month:
        meaning = (
            _("The numbers beside the dates are practices done.")
            if view.scores_hidden
            else _("The numbers beside the dates are calm, 0 to 10.")
        )
        yield ((f"  {meaning}", "muted"),)
        rest = mark(State.REST)
        if any(_value(view, one, signs)[0] == rest for one in view.days):
            yield ((f"  {rest} " + _("rest"), "muted"),)
        return
    if view.scores_hidden:
        label, lowest, highest = _(PRACTICES_DONE), pgettext("practices", "none"), _("all")
        steps = ((SOLID, f"amount-mark-{step}") for step in range(1, 5))
        scale: list[Piece] = [(signs.dot, "muted"), *steps]
    else:
        label, lowest, highest = _("Calm:"), "0", "10"
        scale = [(SOLID, f"calm-mark-{score}") for score in range(11)]
        highest += f"   {signs.dot} " + _("not rated")
    if not signs.has_colors:
        drawn = shade if view.scores_hidden else calm_shade
        scale = [("".join(map(drawn, range(STEPS))), "text")]
    yield (f"  {label} {lowest} ", "muted"), *scale, (f" {highest}", "muted")


def _sign(view: RecapView, one: RecapDay, signs: Signs) -> Piece:
    """The sign of a day; without colours a shade. A dot is a day of the diary without anything to
    show."""
    if not view.is_in_diary(one.day):
        return BLANK, "text"
    if view.scores_hidden:
        step = connected_step(one.done, view.longest_list)
        if not step:
            return signs.dot, "muted"
        return (SOLID, f"amount-mark-{step}") if signs.has_colors else (shade(step), "text")
    if one.calm is None:
        return signs.dot, "muted"
    return (SOLID, f"calm-mark-{one.calm}") if signs.has_colors else (calm_sign(one.calm), "text")


def _month_averages(view: RecapView, signs: Signs) -> Iterator[Piece]:
    """Of each month the average calm, or where scores are hidden the evenings with connection."""
    for month in range(1, 13):
        mean = _month_mean(view, month)
        role = "text" if mean is None else signs.role(f"calm-{round_half_up(mean)}")
        yield " ", "text"
        yield month_value(view, month).center(MONTH_CELL - 1), role


def month_value(view: RecapView, month: int) -> str:
    """The average calm of a month, in three cells, or where scores are hidden the number of
    evenings with connection; empty without any."""
    if view.scores_hidden:
        return str(sum(one.done > 0 for one in view.of_month(month)) or "")
    mean = _month_mean(view, month)
    return "" if mean is None else format_number(mean, 1 if mean < 9.95 else 0)


def _month_mean(view: RecapView, month: int) -> float | None:
    scores = [one.calm for one in view.of_month(month) if one.calm is not None]
    return fmean(scores) if scores else None


def _practice_lines(view: RecapView, width: int, signs: Signs) -> Iterator[Line]:
    """The practices with their days and bars, which get shorter where `width` needs it."""
    name_cells = name_width([practice.name for practice, _days in view.practices], NAME)
    counts = [_day_count(days) for _practice, days in view.practices]
    count_width = max(map(cell_len, counts))
    longest = min(BAR, width - name_cells - count_width - 6)
    most = view.practices[0][1]
    for (practice, days), count in zip(view.practices, counts, strict=True):
        bar = signs.bar * max(1, longest * days // most)
        yield (
            (f"  {pad(practice.name, name_cells)}  ", "text"),
            (f"{count:>{count_width}}  ", "text"),
            (bar, "amount-mark-3"),
        )


def _day_count(days: int) -> str:
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _note_lines(note: str, day: str, width: int) -> Iterator[Line]:
    """The day, and the note beside it."""
    indent = " " * cell_len(day)
    for number, line in enumerate(wrap_cells(note, max(20, width - cell_len(day)))):
        yield (indent if number else day, "muted"), (line, "text")


def _starred_notes(view: RecapView) -> Iterator[tuple[date, str, str]]:
    """The day of each starred note, the name of its practice ("" for the evening's own), and its
    text; one that several practices share on a day is there once."""
    for day, of_day in groupby(view.notes, key=lambda note: note.day):
        of_practices: list[tuple[str, str]] = []
        for note in of_day:
            if note.practice is None:
                yield day, "", note.text
            else:
                of_practices.append((note.practice.name, note.text))
        yield from ((day, name, text) for name, text in shared_notes(of_practices))


def _named(name: str, note: str) -> str:
    """The note, after the name of its practice if it has one; line breaks stay."""
    text = sanitize_text(note)
    return _("{name}: {note}").format(name=name, note=text) if name else text


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, neighbours of one role as one."""
    text, role = pieces[0]
    for more, other in pieces[1:]:
        if other == role:
            text += more
        else:
            yield text, role
            text, role = more, other
    yield text, role


def recap_text(view: RecapView, width: int) -> Iterator[str]:
    """The page as plain text of at most so many columns, and 78, drawn with shades."""
    yield recap_title(view)
    yield ""
    signs = Signs(has_colors=False, is_ascii=ascii_only())
    for line in recap_lines(view, min(width, WIDE), signs):
        yield "".join(text for text, _role in line).rstrip()


def written_sentence(view: RecapView, path: Path) -> str:
    """What was written to a file."""
    return _("Wrote the recap of {period} to {path}. Anyone who can open it can read it.").format(
        period=period_name(view.period), path=short_path(path)
    )


def recap_facts(view: RecapView) -> Iterator[str]:
    """The recap, one fact a line, without a drawing: for a screen reader."""
    yield recap_title(view)
    yield from recap_sentences(view)
    if view.is_empty:
        return
    if view.period.month is None:
        yield from _month_facts(view)
    else:
        for one in view.days:
            if one.calm is not None:
                yield _("{day}: calm {score} of 10.").format(
                    day=sentence_case(format_day(one.day)), score=one.calm
                )
    for practice, days in view.practices:
        yield _("{name}: {days}.").format(name=practice.name, days=_day_count(days))
    for name, days in view.people:
        yield _("{name}: {days}.").format(name=sanitize_line(name, 40), days=_day_count(days))
    for day, name, text in _starred_notes(view):
        yield _("{day}, {name}: {note}").format(
            day=sentence_case(format_day(day)),
            name=name or _("Calm"),
            note=sanitize_line(text, MAX_NOTE_LENGTH),
        )
    for finding in view.findings:
        yield sanitize_line(finding.sentence)


def _month_facts(view: RecapView) -> Iterator[str]:
    for month, name in enumerate(month_names(), start=1):
        value = month_value(view, month)
        if not value:
            continue
        if view.scores_hidden:
            yield f"{name}: {connection_words(int(value))}."
        else:
            yield _("{name}, {month}: {count} on average.").format(
                name=_("Calm"), month=name, count=value
            )


def recap_markdown(view: RecapView) -> Iterator[str]:
    """The recap as Markdown: a heading, its sentences, a table of days or months, and lists."""
    yield f"## {recap_title(view)}"
    yield ""
    yield " ".join(recap_sentences(view))
    if view.is_empty:
        return
    yield ""
    yield from _markdown_month(view) if view.period.month else _markdown_year(view)
    if view.practices:
        yield from _markdown_heading(_("Practices"))
        for practice, days in view.practices:
            yield f"- {escape_markdown(practice.name)}: {_day_count(days)}"
    if view.people:
        yield from _markdown_heading(_("People (days)"))
        for name, days in view.people:
            yield f"- {escape_markdown(name)}: {_day_count(days)}"
    if view.notes:
        yield from _markdown_heading(_("Starred notes"))
        for day, name, text in _starred_notes(view):
            yield f"- {format_day_short(day)}: {escape_markdown(_named(name, text))}"
    if view.findings:
        yield from _markdown_heading(_("Patterns"))
        for finding in view.findings:
            yield f"- {escape_markdown(finding.sentence)}"


def _markdown_heading(text: str) -> Iterator[str]:
    yield ""
    yield f"### {text}"
    yield ""


def _markdown_month(view: RecapView) -> Iterator[str]:
    """A calendar: the date of each day, and in bold its score or how many practices were done, or
    the sign of a day of rest."""
    names = [weekday_two((view.week_starts_on + place) % 7) for place in range(7)]
    yield markdown_row(names)
    yield markdown_row(["--:"] * 7)
    for week in zip(*weeks_of([one.day for one in view.days], view.week_starts_on), strict=True):
        cells = []
        for place in week:
            value = "" if place is None else _value(view, view.days[place], IN_COLORS)[0]
            after = f" **{value}**" if value.isdecimal() else ""
            if value == mark(State.REST):
                after = f" {value}"
            cells.append("" if place is None else f"{view.days[place].day.day}{after}")
        yield markdown_row(cells)


def _markdown_year(view: RecapView) -> Iterator[str]:
    yield markdown_row([name[:3] for name in month_names()])
    yield markdown_row(["--:"] * 12)
    yield markdown_row([month_value(view, month) for month in range(1, 13)])
