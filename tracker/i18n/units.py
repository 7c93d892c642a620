"""Formats and parses units in the language of this run."""

from __future__ import annotations

from tracker.i18n.messages import say
from tracker.models import Unit


def unit_label(unit: Unit) -> str:
    """The name of a unit: "yes/no", "times", "minutes"."""
    return say(f"unit.{unit.name.lower()}")


def parse_unit_prefix(text: str) -> str:
    """The unit whose name, translated or English, begins with the text; the text for none."""
    wanted = text.strip().casefold()
    for unit in Unit:
        names = (unit.value, unit_label(unit).casefold())
        if wanted and any(name.startswith(wanted) for name in names):
            return unit.value
    return text


def parse_unit(text: str) -> str:
    """The unit with this translated name; the text itself for none."""
    named = {unit_label(unit).casefold(): unit.value for unit in Unit}
    return named.get(text.strip().casefold(), text)


def format_amount(unit: Unit, amount: int, written: str = "") -> str:
    """An amount with its unit, "yes", "1 time", "20 minutes"; `written` replaces the number."""
    if unit is Unit.YES_NO:
        return say("amount.yes")
    word = unit.value[:-1] if amount == 1 else unit.value
    return say(f"amount.{word}", amount=written or amount)
