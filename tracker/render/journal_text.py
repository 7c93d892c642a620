"""The journal as plain text: evenings with their notes, one fact a line, or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date

from tracker.i18n.date_format import format_day, month_numbers, sentence_case
from tracker.i18n.messages import _, format_number, ngettext
from tracker.models import State
from tracker.render.columns import TABLE_WIDTH, wrap_cells
from tracker.render.day_text import lines_of_note, paragraphs_of_note, shared_notes
from tracker.render.symbols import amount_words, state_words
from tracker.render.week_text import escape_markdown
from tracker.rules.folding import fold
from tracker.rules.search import SearchQuery, find_hits, parse_query, split_query
from tracker.sanitize import sanitize_line
from tracker.views import JarPractice, JournalEvening, LoggedPractice, PastEvening, SearchResult

LONGEST_RESULT, AROUND_HIT = 240, 80
"""Characters of a line of a search's result that is shown whole; and of a longer one those before
and after the first occurrence of each word."""

LINE_WIDTH = 76
"""Cells of a note's line at most, after an indent of two."""


def journal_lines(evenings: Sequence[JournalEvening], width: int = TABLE_WIDTH) -> Iterator[str]:
    """The evenings with their whole notes, wrapped to so many columns, at most 80."""
    for number, evening in enumerate(evenings):
        if number:
            yield ""
        yield from _evening_lines(evening, width - 4)


def journal_facts(evenings: Iterable[JournalEvening]) -> Iterator[str]:
    """The evenings, one fact a line, without marks: for a screen reader."""
    for evening in evenings:
        yield f"{sentence_case(format_day(evening.day, year=True))}."
        if evening.calm is not None:
            yield _("Calm: {score} of 10.").format(score=evening.calm)
        for one in evening.practices:
            if one.state is not State.PENDING:
                words = _amount(one) or state_words(one.state)
                yield f"{one.practice.name}: {words}."
        for name, lines in _notes(evening):
            yield from (_named(name or _("Note"), line) for line in lines if line)


def journal_markdown(evenings: Iterable[JournalEvening]) -> Iterator[str]:
    """The evenings as Markdown: a heading for each, its score and practices, and its notes."""
    for number, evening in enumerate(evenings):
        if number:
            yield ""
        yield f"## {format_day(evening.day, year=True)}"
        if summary := summary_words(evening, escape_markdown):
            yield ""
            yield summary
        for name, line in note_lines(evening):
            if not line:
                continue
            yield ""
            text = escape_markdown(line)
            yield _named(f"**{escape_markdown(name)}**", text) if name else text


def search_lines(query: str, found: SearchResult, width: int = TABLE_WIDTH) -> Iterator[str]:
    """The evenings found, each with the lines in which the words occur, and how many."""
    if not found.evenings:
        yield nothing_found(query)
        return
    titles = result_titles(found)
    for evening in found.evenings:
        if title := titles.get(evening.day):
            yield from wrap_cells(title, min(width - 4, LINE_WIDTH))
            yield ""
        yield format_day(evening.day, year=True)
        yield from _wrapped(result_lines(evening, query), width - 4)
        yield ""
    yield _found(found.evenings)


def search_facts(query: str, found: SearchResult) -> Iterator[str]:
    """What a search found, one fact a line."""
    if not found.evenings:
        yield nothing_found(query)
        return
    yield _found(found.evenings)
    titles = result_titles(found)
    for evening in found.evenings:
        if title := titles.get(evening.day):
            yield f"{title}:"
        yield f"{sentence_case(format_day(evening.day, year=True))}."
        for name, line in result_lines(evening, query):
            yield _named(name or _("Note"), line)


def result_titles(found: SearchResult) -> dict[date, str]:
    """By its first day, the title above each group of what a search found, but for the evenings
    with all the words in one note: these are what people expect."""
    titles = (
        (found.in_several_notes, _("Evenings where the words are in different notes")),
        (found.in_shared_reasons, _("Rest days of this practice and others")),
    )
    return {days[0]: title for days, title in titles if days}


def on_this_day_lines(past: Sequence[PastEvening], width: int = TABLE_WIDTH) -> Iterator[str]:
    """Earlier evenings, each under how long ago it was."""
    for number, one in enumerate(past):
        if number:
            yield ""
        yield ago_words(one)
        yield from (f"  {line}" for line in _evening_lines(one.evening, width - 4))


def on_this_day_facts(past: Iterable[PastEvening]) -> Iterator[str]:
    """Earlier evenings, one fact a line."""
    for one in past:
        yield f"{ago_words(one)}."
        yield from journal_facts([one.evening])


def ago_words(past: PastEvening) -> str:
    """How long ago an evening was: "A week ago", "3 years ago"."""
    if past.unit == "week":
        return _("A week ago")
    if past.unit == "month":
        return _("A month ago")
    if past.number == 1:
        return _("A year ago")
    return ngettext("{count} year ago", "{count} years ago", past.number).format(count=past.number)


def nothing_found(query: str) -> str:
    """That no evening was found, with the time that the words of a search name, if any."""
    parsed = search_query(query)
    typed = split_query(query)
    times = [word for word in typed if parsed.is_time(word)]
    words = [word for word in typed if not parsed.is_time(word)]
    text, time = (sanitize_line(" ".join(part), 60) for part in (words, times))
    if not words:
        return _('No evening from "{time}" has a note.').format(time=time)
    if len(words) == 1:
        if times:
            return _(
                'No note from "{time}" has "{text}" in its text or the name of its practice.'
            ).format(time=time, text=text)
        return _('No note has "{text}" in its text or the name of its practice.').format(text=text)
    if times:
        return _(
            'No evening from "{time}" has all of these words in its notes and the names of their '
            'practices: "{text}". Try fewer words.'
        ).format(time=time, text=text)
    return _(
        "No evening has all of these words in its notes and the names of their practices: "
        '"{text}". Try fewer words. To search in part of a year, add april, spring (March to May) '
        "or 2026."
    ).format(text=text)


def no_names() -> str:
    """That no note names anybody, and how one does."""
    return _(
        "No names in your notes yet. Write @ before a name, like @Anna, and they'll show up here."
    )


def empty_jar(practice: JarPractice) -> str:
    """That there is no gratitude note to show, and how there will be one."""
    message = _(
        "The jar is still empty. Log {name} with a note, and you'll find it here another day."
    )
    if not practice.is_in_list:
        message = _(
            "The jar is still empty. It keeps your notes for {name}, which isn't in your list. You "
            "can add it in Practices."
        )
    return message.format(name=sanitize_line(practice.name, 60))


def summary_words(
    evening: JournalEvening,
    escape: Callable[[str], str] = str,
) -> str:
    """The score and the practices in one line: "Calm 7. Hug 2 times, Laughter."

    `escape` is applied to the names of practices.
    """
    score = ""
    if evening.calm is not None:
        score = _("Calm {score}.").format(score=evening.calm)
    return " ".join(part for part in (score, practices_words(evening, escape)) if part)


def practices_words(
    evening: JournalEvening,
    escape: Callable[[str], str] = str,
) -> str:
    """What was done, and what rested; "A quiet day." for an evening that holds nothing else."""
    done = [
        " ".join(part for part in (escape(one.practice.name), _amount(one)) if part)
        for one in evening.practices
        if one.state in (State.DONE, State.SOME)
    ]
    rested = [escape(one.practice.name) for one in evening.practices if one.state is State.REST]
    words = [f"{', '.join(done)}."] if done else []
    if evening.all_rest and len(rested) > 1:
        words.append(_("Rest day: all practices."))
    elif rested:
        words.append(_("Rest day: {names}.").format(names=", ".join(rested)))
    if not words and evening.calm is None and not evening.notes:
        words.append(_("A quiet day."))
    return " ".join(words)


def evening_preview(evening: JournalEvening) -> str:
    """The notes in one line; what was done, for an evening without any."""
    notes = (" ".join(filter(None, lines)) for _name, lines in _notes(evening))
    return " / ".join(filter(None, notes)) or practices_words(evening)


def note_lines(evening: JournalEvening) -> Iterator[tuple[str, str]]:
    """Every line of the evening's notes, sanitized and not wrapped, with the name of the practice
    before the first line of its note; an empty one between paragraphs."""
    for name, lines in _notes(evening):
        for number, line in enumerate(lines):
            yield ("" if number else name), line


def _notes(evening: JournalEvening) -> Iterator[tuple[str, list[str]]]:
    """The sanitized lines of each of the evening's notes, with the name of its practice; the
    evening's own note comes first, without a name. A note that practices share is there once."""
    resting = [one.practice.name for one in evening.practices if one.state is State.REST]
    of_practices = shared_notes(
        ((one.practice.name, one.note) for one in evening.practices), resting
    )
    for name, note in (("", evening.note), *of_practices):
        yield name, paragraphs_of_note(note)


def hit_lines(
    evening: JournalEvening, text: str, *, of_every_note: bool = False
) -> Iterator[tuple[str, str]]:
    """The lines in which one of the words of a search occurs, with the name of their practice; all
    lines where the date of the evening is all that was searched for.

    A note that holds all the words leaves out the others, and lines that practices share are there
    once, unless `of_every_note`. The name before the reason of a rest day says that it is one.
    """
    query = search_query(text)
    words = query.words_on(evening.day)
    notes = [("" if practice is None else practice.name, note) for practice, note in evening.notes]
    if not of_every_note:
        complete = [
            (name, note)
            for name, note in notes
            if query.match(evening.day, [fold(f"{name}\n{note}")]) == "one_note"
        ]
        notes = complete or notes
    names = (o.practice.name for o in evening.practices if o.state is State.REST)
    resting = {name: _("{name} (rest day)").format(name=name) for name in names}
    found = [(resting.get(name, name), _hits(name, note, words)) for name, note in notes]
    if not of_every_note:
        own = [one for one in found if not one[0]]
        found = [*own, *_shared_hits([one for one in found if one[0]], words, resting.values())]
    for name, lines in found:
        yield from ((name, line) for line in lines)


def _shared_hits(
    found: Sequence[tuple[str, tuple[str, ...]]], words: Sequence[str], resting: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines of `shared_notes`, with the names of the practices instead of their number where
    one of the words is in a name only: that's why the lines were found."""
    for name, lines in shared_notes(found, resting):
        missing = [word for word in words if not any(find_hits("\n".join(lines), (word,)))]
        names = [one for one, its in found if its == lines and any(find_hits(one, missing))]
        yield ", ".join(names) or name, lines


def result_lines(evening: JournalEvening, text: str) -> Iterator[tuple[str, str]]:
    """The lines of `hit_lines` to compare with those of other evenings: long ones are cut."""
    words = search_query(text).words_on(evening.day)
    for name, line in hit_lines(evening, text):
        yield name, line if len(line) <= LONGEST_RESULT else _excerpt(line, words)


def _excerpt(line: str, words: Sequence[str]) -> str:
    """The parts of a long line around the first occurrence of each word, or its beginning."""
    first_hits = sorted(min(hits) for word in words if (hits := [*find_hits(line, (word,))]))
    parts: list[tuple[int, int]] = []
    for start, end in first_hits or [(0, LONGEST_RESULT - AROUND_HIT)]:
        begin, stop = max(0, start - AROUND_HIT), min(len(line), end + AROUND_HIT)
        if parts and begin <= parts[-1][1]:
            begin, _stop = parts.pop()
        parts.append((begin, stop))
    pieces = (_whole_words(line, begin, stop) for begin, stop in parts)
    text = " … ".join(pieces)
    return f"{'… ' * (parts[0][0] > 0)}{text}{' …' * (parts[-1][1] < len(line))}"


def _whole_words(line: str, begin: int, stop: int) -> str:
    """A part of a line without the words that it would cut, if there are spaces at its ends."""
    part = line[begin:stop]
    if begin:
        part = part[part.find(" ", 0, AROUND_HIT) + 1 :]
    if stop < len(line):
        end = part.rfind(" ", -AROUND_HIT)
        part = part if end < 0 else part[:end]
    return part


def _hits(name: str, note: str, words: Sequence[str]) -> tuple[str, ...]:
    """The lines of a note in which a word occurs; the first where one is in its practice's name."""
    is_named = any(find_hits(name, words))
    return tuple(
        line
        for number, line in enumerate(lines_of_note(note))
        if not words or any(find_hits(line, words)) or (is_named and number == 0)
    )


def search_query(text: str) -> SearchQuery:
    """The query in a text, with the names of months and seasons in every language."""
    return parse_query(text, month_numbers())


def _evening_lines(evening: JournalEvening, cells: int) -> Iterator[str]:
    yield format_day(evening.day, year=True)
    if summary := summary_words(evening):
        yield from _wrapped([("", summary)], cells)
    yield from _wrapped(note_lines(evening), cells)


def _wrapped(lines: Iterable[tuple[str, str]], cells: int) -> Iterator[str]:
    for name, text in lines:
        if not text:
            yield ""
            continue
        whole = _named(name, text) if name else text
        yield from (f"  {line}" for line in wrap_cells(whole, min(cells, LINE_WIDTH)))


def _named(name: str, line: str) -> str:
    return _("{name}: {text}").format(name=name, text=line)


def _amount(one: LoggedPractice) -> str:
    """A practice's amount, without its goal: "2 times"; empty for a yes."""
    target = min(one.amount or 0, 1)
    return amount_words(one.practice, one.state, one.amount, target)


def _found(evenings: Sequence[JournalEvening]) -> str:
    count = len(evenings)
    return ngettext("{count} evening.", "{count} evenings.", count).format(
        count=format_number(count)
    )
