"""What goes with calmer evenings, in words: never a cause, and a number only where it is steady."""

from __future__ import annotations

from datetime import date
from math import floor

from tracker.catalogue.practices import names_in_all_languages, practice_templates
from tracker.i18n.dates import format_date
from tracker.i18n.messages import format_number, say
from tracker.insight_values import Level
from tracker.models import Practice
from tracker.rules import association
from tracker.rules.association import Association, Counts
from tracker.rules.coin_month import EffectInterval
from tracker.rules.recovery import WayBack

A_TOUCH = 0.25
"""Points of calm below which a difference is called a touch."""


def sentence(practice: Practice, level: Level, so_far: Counts, latest: Association | None) -> str:
    """Where a practice stands, with the figures of the last checkpoint."""
    name = practice.name
    if level is Level.LEFT_OUT:
        return say("insights.left_out", name=name)
    if level is Level.WITHDRAWN:
        return say("insights.withdrawn", name=name)
    if level is Level.STEADY_LOWER:
        return say("insights.steady_lower", it=within(practice))
    if level is Level.STEADY and latest is not None:
        return _steady(practice, latest)
    if level is Level.NOT_CLEAR:
        return say("insights.not_clear", name=name)
    return _too_early(name, so_far)


def next_look(practice: Practice, day: date) -> str:
    """There is enough, and on this day it is looked at."""
    return say("insights.next_look", name=practice.name, day=format_date(day))


def way_back(found: WayBack) -> str:
    """How soon calm was back after a low evening."""
    if not found.is_enough:
        return say("insights.few_dips")
    if found.median_days is None:
        return say("insights.back_slowly")
    if found.median_days == 1:
        return say("insights.back_next_day")
    return say("insights.back_within", days=found.median_days)


def coin_sentence(practice: Practice, found: EffectInterval | None) -> str:
    """What a coin-flip month says; of cause only where it says something clear."""
    if found is None:
        return say("coin.too_few", name=practice.name)
    if found.low <= 0 <= found.high:
        low, high = _number(found.low), _number(found.high)
        return say("coin.not_clear", name=practice.name, low=low, high=high)
    least, most = sorted((abs(found.low), abs(found.high)))
    gaps = {"it": within(practice), "low": _number(least), "high": _number(most)}
    return say("coin.calmer", **gaps) if found.low > 0 else say("coin.lower", **gaps)


def _too_early(name: str, so_far: Counts) -> str:
    """How far along it is: the first thing of which there is not enough."""
    if so_far.rated < association.ENOUGH_RATED:
        return say(
            "insights.few_evenings",
            name=name, count=so_far.rated, enough=association.ENOUGH_RATED,
        )  # fmt: skip
    if so_far.with_ < association.ENOUGH_EACH:
        return say(
            "insights.few_with", name=name, count=so_far.with_, enough=association.ENOUGH_EACH
        )
    if so_far.without < association.ENOUGH_EACH:
        return say(
            "insights.few_without", name=name, count=so_far.without, enough=association.ENOUGH_EACH
        )
    return say(
        "insights.few_switches",
        name=name, count=so_far.switches, enough=association.ENOUGH_SWITCHES,
    )  # fmt: skip


def _steady(practice: Practice, latest: Association) -> str:
    low, high = _number(latest.low), _number(latest.high)
    if latest.shown < A_TOUCH:
        return say("insights.steady_touch", it=within(practice), low=low, high=high)
    much = _how_much(_half_points(latest.shown))
    return say("insights.steady", it=within(practice), how_much=much, low=low, high=high)


def within(practice: Practice) -> str:
    """The practice within a sentence: "a hug"; by its name where it is the person's own."""
    for one in practice_templates():
        if one.id == practice.id and practice.name in names_in_all_languages(one.id):
            return say(f"with_it.{one.id}")
    return say("with_it.own", name=practice.name)


def _how_much(points: float) -> str:
    """Half points, in words."""
    if points == 0.5:
        return say("insights.half_a_point")
    return (
        say("insights.one_point") if points == 1 else say("insights.points", points=_halves(points))
    )


def _number(points: float) -> str:
    return _halves(_half_points(points)).replace("-", "−")


def _halves(points: float) -> str:
    return format_number(points, 0 if points == round(points) else 1)


def _half_points(points: float) -> float:
    """Rounded half up, so that a quarter is already half a point; zero is never negative."""
    return floor(2 * points + 0.5) / 2 + 0.0
