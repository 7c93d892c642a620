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
    """A command-line tracker, described by its own commands."""

    name: str
    log: Sequence[str]
    week: Sequence[str] = ()
    """The command closest to a view of the week; empty if it has none in a terminal."""
    begin: Sequence[Sequence[str]] = ()
    answers: tuple[str, str] = ("", "")
    """The input for its set-up and for each log."""
    files: tuple[tuple[str, str], ...] = ()
    """Settings files without which it would ask questions: path in the home folder, and text."""
    install: tuple[str, ...] = ()
    """The requirements for pip; empty if it is no Python program."""
    once_a_day: str = ""
    """The file that is restored before each log, for a program that logs a day only once."""


@dataclass(frozen=True, slots=True)
class Screens:
    """A Textual app: the words on the screen once it is usable, and the key that quits."""

    name: str
    words: tuple[str, ...]
    leave: str
    install: tuple[str, ...]
    """The requirements for pip."""

    def is_usable(self, text: str) -> bool:
        """Whether all of these words are on the screen."""
        return all(word in text for word in self.words)


OUR_OWN = Tracker("calmtrack", ("log", "hug"), ("week",))

TRACKERS = (
    Tracker(
        "habito",
        ("checkin", "hug", "-q", "1"),
        ("list",),
        begin=(("add", "hug", "1"),),
        files=((".config/.here", ""),),
        # It doesn't start with 4.5.
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
    # These two could not be run here: their
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
