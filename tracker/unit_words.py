"""How a practice is counted, in the words of this run's language."""

from __future__ import annotations

from tracker.values import Unit
from tracker.words import say


def unit_words(unit: Unit) -> str:
    """The unit by its name: "yes/no", "times", "minutes"."""
    return say(f"unit.{unit.name.lower()}")


def unit_typed(text: str) -> str:
    """The unit whose name begins like this, here or in English; the text itself for none."""
    wanted = text.strip().casefold()
    for unit in Unit:
        names = (unit.value, unit_words(unit).casefold())
        if wanted and any(name.startswith(wanted) for name in names):
            return unit.value
    return text


def unit_called(text: str) -> str:
    """The unit of this name in the language of this run; the text itself for none."""
    named = {unit_words(unit).casefold(): unit.value for unit in Unit}
    return named.get(text.strip().casefold(), text)


def counted(unit: Unit, amount: int, written: str = "") -> str:
    """An amount with its unit: "yes", "1 time", "20 minutes"; `written` stands in its place."""
    if unit is Unit.YES_NO:
        return say("amount.yes")
    word = unit.value[:-1] if amount == 1 else unit.value
    return say(f"amount.{word}", amount=written or amount)
