"""What calmtrack is and is not, and what research says: the text of `calmtrack about`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.charts.evidence_text import about_lines
from tracker.evidence import cards, claims, what_holds
from tracker.tui.screens.told import ToldBox, columns_of
from tracker.words import say

if TYPE_CHECKING:
    from textual.app import App


class About(ToldBox):
    """Takes the height there is: it is long."""

    DEFAULT_CSS = """
    About > .box { height: 90%; }
    About VerticalScroll { height: 1fr; max-height: 100%; }
    """


def about_box(app: App[None]) -> About:
    """It, as wide as the app's terminal allows."""
    lines = about_lines(cards(), claims(), what_holds(), columns_of(app.size.width))
    return About(say("about.title"), (*lines, say("about.of_a_practice")))
