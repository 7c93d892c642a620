"""Settings that are stored in the diary, in words: their names and their values."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.i18n.date_format import weekday_name
from tracker.i18n.messages import N_, _
from tracker.models import COIN_MONTHS, DAY_TURNS_AT
from tracker.sanitize import sanitize_line

SETTING_NAMES = {
    "day_turns_at": N_("A new day starts at"),
    "week_starts_on": N_("A week starts on"),
    "support": N_("Support messages"),
    "gentle_muted": N_("Message after two heavy weeks"),
    "prompts": N_("Your own questions"),
    COIN_MONTHS: N_("Coin-flip month"),
}
"""The names of settings, as the screens have them."""


def setting_words(key: str, value: object) -> str:
    """The value of a setting; None is the default."""
    if key == "day_turns_at":
        return DAY_TURNS_AT.isoformat("minutes") if value is None else str(value)
    if key == "week_starts_on":
        return weekday_name(value if isinstance(value, int) else 0)
    if key == "gentle_muted":
        return _("off") if value else _("on")
    if key in ("support", "prompts"):
        lines = value if isinstance(value, Sequence) else ()
        quoted = (f'"{sanitize_line(str(line), 60)}"' for line in lines)
        return ", ".join(quoted) or _("calmtrack's own")
    return str(value)
