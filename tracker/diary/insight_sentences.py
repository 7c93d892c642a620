"""Sentences of the insights: never of a cause, and with a number only at the level `steady`."""

from __future__ import annotations

from datetime import date
from math import floor

from tracker.catalogue.data import names_in_all_languages
from tracker.catalogue.practices import practice_templates
from tracker.i18n.dates import format_date
from tracker.i18n.messages import format_number, say
from tracker.models import Practice
from tracker.rules import association
from tracker.rules.association import Association, Counts
from tracker.rules.coin_month import EffectInterval
from tracker.rules.recovery import WayBack
from tracker.views import Level

A_TOUCH = 0.25
"""Points of calm below which a difference is called a touch."""


def sentence(practice: Practice, level: Level, so_far: Counts, latest: Association | None) -> str:
    """A practice's level in words, with the figures of its last checkpoint."""
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


def next_checkpoint(practice: Practice, day: date) -> str:
    """There are enough days; the next checkpoint is on this day."""
    return say("insights.next_look", name=practice.name, day=format_date(day))


def way_back(result: WayBack) -> str:
    """How soon calm was back after a low evening."""
    if not result.is_enough:
        return say("insights.few_dips")
    if result.median_days is None:
        return say("insights.back_slowly")
    if result.median_days == 1:
        return say("insights.back_next_day")
    return say("insights.back_within", days=result.median_days)


def coin_sentence(practice: Practice, effect: EffectInterval | None) -> str:
    """The result of a coin-flip month; of a cause only where the interval excludes 0."""
    if effect is None:
        return say("coin.too_few", name=practice.name)
    if effect.low <= 0 <= effect.high:
        low, high = _number(effect.low), _number(effect.high)
        return say("coin.not_clear", name=practice.name, low=low, high=high)
    least, most = sorted((abs(effect.low), abs(effect.high)))
    gaps = {"it": within(practice), "low": _number(least), "high": _number(most)}
    return say("coin.calmer", **gaps) if effect.low > 0 else say("coin.lower", **gaps)


def _too_early(name: str, so_far: Counts) -> str:
    """The first count that is still too small, and how far along it is."""
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
    """A practice within a sentence: "a hug"; the person's own by its name."""
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
