"""How a streak came about, as lines: first a title, then a line for each day."""

from __future__ import annotations

from tracker.i18n.dates import format_day_short
from tracker.i18n.messages import say
from tracker.models import State
from tracker.render.symbols import mark
from tracker.views import ExplainedDay, Explanation


def explain_lines(one: Explanation) -> tuple[str, ...]:
    """The title and the days, oldest first."""
    days = [_line(one, place) for place in range(len(one.days))]
    rule = say("explain.rule_daily") if one.cushion == 0 else _rule(one.cushion)
    return (_title(one), rule, "", *(days or [say("explain.nothing")]))


def explain_facts(one: Explanation) -> tuple[str, ...]:
    """The same, one fact a line, without marks: for a screen reader."""
    title, rule, *_ = explain_lines(one)
    days = [
        f"{format_day_short(day.day)}: {_story(one, place) or say(f'cell.{day.state}')}"
        for place, day in enumerate(one.days)
    ]
    return (title, rule, *days)


def _title(one: Explanation) -> str:
    if one.streak >= 2:
        return say("explain.title", name=one.practice.name, streak=one.streak)
    return say("explain.title_quiet", name=one.practice.name)


def _rule(cushion: int) -> str:
    return say("explain.rule_one") if cushion == 1 else say("explain.rule", cushion=cushion)


def _line(one: Explanation, place: int) -> str:
    day = one.days[place]
    return f"{format_day_short(day.day):<10}  {mark(day.state)}  {_story(one, place)}".rstrip()


def _story(one: Explanation, place: int) -> str:
    day = one.days[place]
    if day.effect == "counts":
        return _counted(one.days[place - 1] if place else None, day)
    if day.effect == "cushion":
        return say("explain.cushion")
    if day.effect == "ends":
        return say("explain.pause")
    if day.effect == "open":
        return say("explain.open")
    if day.state is State.REST:
        return say("explain.rest")
    return say("explain.outside") if day.state is None else ""


def _counted(before: ExplainedDay | None, day: ExplainedDay) -> str:
    if before is not None and before.streak == 0:
        return say("explain.back")
    return say("explain.day", count=day.streak) if day.streak > 1 else say("explain.first_day")
