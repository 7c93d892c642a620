"""Settings that are stored in the diary, those of practices included, in words: their names, their
values, and what differs; and what a practice is called in commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat

from tracker.i18n.date_format import format_date, format_range, weekday_name
from tracker.i18n.messages import AUTO, N_, _, language_name, pgettext, quoted
from tracker.i18n.units import format_goal, unit_label
from tracker.models import CALM_ID, COIN_MONTHS, DAY_TURNS_AT, Practice, ShadowedWord, Span
from tracker.sanitize import sanitize_beside, sanitize_line

SETTING_NAMES = {
    "day_turns_at": N_("A new day starts at"),
    "week_starts_on": N_("A week starts on"),
    "support": N_("Support messages"),
    "gentle_muted": N_("Message after two heavy weeks"),
    "prompts": N_("Your own questions"),
    COIN_MONTHS: N_("Coin-flip month"),
}
"""The names of settings, as the screens have them."""


def setting_words(key: str, value: object, other: object = None) -> str:
    """The value of a setting; None is the default. Long texts are cut so that one sees where they
    differ from those of the `other` value."""
    if key == "day_turns_at":
        return DAY_TURNS_AT.isoformat("minutes") if value is None else str(value)
    if key == "week_starts_on":
        return weekday_name(value if isinstance(value, int) else 0)
    if key == "gentle_muted":
        return _("off") if value else _("on")
    if key in ("support", "prompts"):
        lines, others = (one if isinstance(one, Sequence) else () for one in (value, other))
        pairs = zip(lines, chain(others, repeat("")), strict=False)
        texts = (quoted(sanitize_beside(str(line), str(its), 60)) for line, its in pairs)
        return ", ".join(texts) or _("calmtrack's own")
    return str(value)


def theme_words(theme: str) -> str:
    """A theme's name; one of calmtrack's with whether it is dark."""
    return {"night": _("night (dark)"), "day": _("day (light)")}.get(theme, theme)


def language_words(choice: str) -> str:
    """A language's own name, or the word for that of the system."""
    return _("system default") if choice == AUTO else language_name(choice)


def practice_changes(now: Practice, before: Practice) -> Iterator[str]:
    """What differs in a practice, a sentence for each of its settings. Neither its place in the
    list nor whether it's archived is one of them; the first day of its first goal isn't shown
    anywhere."""
    for field, new, old in _changed_fields(now, before, describe_goal=_goal_and_start):
        yield _("{field}: {now} instead of {before}.").format(field=field, now=new, before=old)


def undo_sentences(now: Practice, before: Practice) -> Iterator[str]:
    """What an undo or a redo has changed in a practice, a sentence for each of its settings."""
    for field, new, old in _changed_fields(now, before, describe_goal=_goal):
        if field == _(_GOALS):
            # The goals have commas and semicolons of their own.
            yield _("Its goals were {was}. Now they're {now}.").format(was=old, now=new)
        else:
            yield _("{name} was {was}; now it's {now}.").format(name=field, was=old, now=new)


def _changed_fields(
    now: Practice, before: Practice, *, describe_goal: Callable[[Practice], str]
) -> Iterator[tuple[str, str, str]]:
    """The settings that differ, each with its name and both values in words."""
    fields = _practice_fields(now, before, describe_goal)
    return (field for field in fields if field[1] != field[2])


_GOALS = N_("Goals over time")


def _practice_fields(
    now: Practice, before: Practice, describe_goal: Callable[[Practice], str]
) -> Iterator[tuple[str, str, str]]:
    def both(describe: Callable[[Practice], str]) -> tuple[str, str]:
        return describe(now), describe(before)

    yield _("Name"), _quoted_or_none(now.name, before.name), _quoted_or_none(before.name, now.name)
    questions = now.question, before.question
    yield _("Question"), _quoted_or_none(*questions), _quoted_or_none(*reversed(questions))
    yield _("Letter"), *both(lambda one: one.key or none_word())
    yield _("Unit"), *both(lambda one: unit_label(one.unit))
    if _goal(now) != _goal(before):
        yield _("Goal"), *both(describe_goal)
    else:
        yield _(_GOALS), *both(_all_goals)
    if now.unit is before.unit:
        yield _("Next presses add"), *both(lambda one: str(one.step))
    yield _("Left out of patterns"), *both(lambda one: _("yes") if one.overlap else _("no"))
    if is_archived(now) and is_archived(before):
        yield _("Archived"), *both(_all_spans)
    elif is_archived(now) == is_archived(before):
        # Neither is out of the list now: days alone would read as if one still were.
        yield _("Archived in the past"), *both(_all_spans)


def _quoted_or_none(text: str, other: str) -> str:
    return quoted(sanitize_beside(text, other, 60)) if text else none_word()


def none_word() -> str:
    """The word for a setting without a value."""
    return pgettext("setting", "none")


def _goal(practice: Practice) -> str:
    return format_goal(practice.unit, practice.goals[-1])


def _goal_and_start(practice: Practice) -> str:
    """The newest goal, with its first day if there is one before it."""
    return _goals_in_words(practice)[-1]


def _all_goals(practice: Practice) -> str:
    return "; ".join(_goals_in_words(practice))


def _goals_in_words(practice: Practice) -> list[str]:
    """Every goal with its first day, but for the first one, which counts for all days before."""
    first, *later = practice.goals
    return [
        format_goal(practice.unit, first),
        *(
            _("{goal} from {day}").format(
                goal=format_goal(practice.unit, goal), day=format_date(goal.from_day, year=True)
            )
            for goal in later
        ),
    ]


def _all_spans(practice: Practice) -> str:
    return ", ".join(map(_span, practice.out_of_list)) or _("never")


def _span(span: Span) -> str:
    if span.to_day is None:
        return _("since {day}").format(day=format_date(span.from_day, year=True))
    if span.from_day == span.to_day:
        return format_date(span.from_day, year=True)
    return format_range(span.from_day, span.to_day, "–")


def is_archived(practice: Practice) -> bool:
    """Whether a practice is out of the list until it is restored."""
    return any(span.to_day is None for span in practice.out_of_list)


def word_sentences(
    shadowed: Iterable[ShadowedWord], added: Iterable[Practice] = ()
) -> Iterator[str]:
    """What each of the shadowed words means in a command, and what to type instead; and what to
    type for an added practice that's called by a word for calm."""
    for one in shadowed:
        # Translators: {word} is what someone types in a terminal: calmtrack log hug.
        yield _('In commands, "{word}" means {name}. For {other}, type "{instead}".').format(
            word=one.word,
            name=sanitize_line(one.found.name, 60),
            other=sanitize_line(one.owner.name, 60),
            instead=sanitize_line(one.instead, 60),
        )
    for practice in added:
        if practice.name.casefold() in (CALM_ID, _("Calm").casefold()):
            # Translators: {word} is "calm", as in a terminal: calmtrack note calm.
            yield _(
                'In commands, type "{instead}" for {name}, and "{word}" for how calm you were.'
            ).format(instead=practice.id, name=sanitize_line(practice.name, 60), word=CALM_ID)
