"""What calmtrack is and is not, and what research says: the text of `calmtrack about`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.catalogue.evidence import claims, evidence_cards, what_holds
from tracker.i18n.messages import say
from tracker.render.evidence_text import about_lines
from tracker.tui.dialogs.text_dialog import TextDialog, columns_of

if TYPE_CHECKING:
    from textual.app import App


class AboutDialog(TextDialog):
    """Takes the height there is: it is long."""

    DEFAULT_CSS = """
    AboutDialog > .box { height: 90%; }
    AboutDialog VerticalScroll { height: 1fr; max-height: 100%; }
    """


def about_dialog(app: App[None]) -> AboutDialog:
    """It, as wide as the app's terminal allows."""
    lines = about_lines(evidence_cards(), claims(), what_holds(), columns_of(app.size.width))
    return AboutDialog(say("about.title"), (*lines, say("about.of_a_practice")))
