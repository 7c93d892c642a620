"""Units of practices: their names, and amounts and goals with them, formatted and parsed in the
current language; and the count of evenings with connection."""

from __future__ import annotations

from tracker.i18n.messages import N_, _, ngettext
from tracker.models import Goal, Unit

_LABELS = {
    Unit.YES_NO: N_("yes/no"),
    Unit.TIMES: N_("times"),
    Unit.MINUTES: N_("minutes"),
}


def unit_label(unit: Unit) -> str:
    """The name of a unit: "yes/no", "times", "minutes"."""
    return _(_LABELS[unit])


def parse_unit_prefix(text: str) -> str:
    """The value of the unit whose name starts with the text, in the current language or in
    English; the text itself for none."""
    prefix = text.strip().casefold()
    for unit in Unit:
        names = (unit.value, unit_label(unit).casefold())
        if prefix and any(name.startswith(prefix) for name in names):
            return unit.value
    return text


def format_amount(unit: Unit, amount: int, written: str = "") -> str:
    """An amount with its unit: "yes", "1 time", "20 minutes"; `written` replaces the number."""
    match unit:
        case Unit.YES_NO:
            return _("yes")
        case Unit.TIMES:
            message = ngettext("{amount} time", "{amount} times", amount)
        case Unit.MINUTES:
            message = ngettext("{amount} minute", "{amount} minutes", amount)
    return message.format(amount=written or amount)


def connection_words(evenings: int) -> str:
    """ "3 evenings with connection"."""
    return ngettext(
        "{count} evening with connection", "{count} evenings with connection", evenings
    ).format(count=evenings)


def format_goal(unit: Unit, goal: Goal) -> str:
    """A goal: "20 minutes, 3 days a week"; "3 days a week" of a yes/no."""
    if not unit.spec.is_counted:
        return ngettext("{days} day a week", "{days} days a week", goal.days_per_week).format(
            days=goal.days_per_week
        )
    return ngettext(
        "{amount}, {days} day a week", "{amount}, {days} days a week", goal.days_per_week
    ).format(amount=format_amount(unit, goal.amount), days=goal.days_per_week)
