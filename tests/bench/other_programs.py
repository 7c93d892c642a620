"""The trackers and Textual apps that calmtrack is compared with, and the commands that run each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

JRNL = """\
journals:
  default:
    journal: ~/journal.txt
"""


@dataclass(frozen=True, slots=True)
class Tracker:
    """A program that logs, by its own words."""

    name: str
    log: Sequence[str]
    week: Sequence[str] = ()
    """Its nearest to a week; empty where it has none in a terminal."""
    begin: Sequence[Sequence[str]] = ()
    answers: tuple[str, str] = ("", "")
    """What it is answered when it begins, and when it logs."""
    files: tuple[tuple[str, str], ...] = ()
    """Settings without which it would ask a person first: path in the home folder, and text."""
    install: tuple[str, ...] = ()
    """What pip is asked for; empty where it is no Python program."""
    once_a_day: str = ""
    """The file that is put back before each log, of one that logs a day only once."""


@dataclass(frozen=True, slots=True)
class Screens:
    """A Textual app: what stands on it when it can be used, and the key that leaves."""

    name: str
    words: tuple[str, ...]
    leave: str
    install: tuple[str, ...]
    """What pip is asked for."""

    def can_be_used(self, text: str) -> bool:
        """Whether all of these words can be read."""
        return all(word in text for word in self.words)


OUR_OWN = Tracker("calmtrack", ("log", "hug"), ("week",))

TRACKERS = (
    Tracker(
        "habito",
        ("checkin", "hug", "-q", "1"),
        ("list",),
        begin=(("add", "hug", "1"),),
        files=((".config/.here", ""),),
        # With 4.5 it does not start.
        install=("habito", "peewee<4"),
    ),
    Tracker(
        "habitpy",
        ("track",),
        begin=(("setup",),),
        answers=("n\n1\n", "1\n"),
        install=("habitpy",),
        once_a_day=".local/share/habitpy/user.db",
    ),
    Tracker(
        "habiter",
        ("tally", "hug"),
        ("list",),
        begin=(("add", "hug"),),
        install=("habiter",),
    ),
    Tracker(
        "jrnl",
        ("hug",),
        ("-from", "7 days ago"),
        files=((".config/jrnl/jrnl.yaml", JRNL),),
        install=("jrnl",),
    ),
    Tracker("task", ("log", "hug"), ("end.after:today-7d", "completed"), files=((".taskrc", ""),)),
    Tracker("timew", (":yes", "start", "hug"), ("summary", ":week")),
    # These two were never seen running here: their words are not tried.
    Tracker("habitflow", ("log", "hug"), ("list",)),
    Tracker("harsh", ("ask", "hug"), ("log",)),
)

APPS = (
    # With tree-sitter 0.26.1 it crashed before its first frame.
    Screens(
        "posting",
        ("Enter a URL", "Headers", "Collection"),
        "\x03",
        ("posting", "tree-sitter<0.26"),
    ),
    Screens("harlequin", ("Query Editor", "Run Query", "Data Catalog"), "\x11", ("harlequin",)),
    Screens("dooit", ("Workspaces", "Welcome to Dooit"), "\x11", ("dooit",)),
)
