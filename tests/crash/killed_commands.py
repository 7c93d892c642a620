"""Interrupts commands half way, by a timer's signal in forks of a child process that has imported
them."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.terminal import environment

KILLS = int(os.environ.get("CALMTRACK_KILLS", "50"))
"""Number of runs per command that are killed before they end."""


class Commands:
    """Runs commands in forks of a child process."""

    def __init__(self, home: Path) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.forking_child"],
            env=environment(home, {}),
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, seconds: float = 0) -> tuple[int, float]:
        """Runs a command that is killed after so much processor time. Returns its exit code, or
        minus the signal's number, and the processor time that it used."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(json.dumps([seconds, words]) + "\n")
        self.child.stdin.flush()
        code, used = json.loads(self.child.stdout.readline())
        return code, used


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    commands = Commands(tmp_path)
    with commands.child:
        yield commands
        commands.child.kill()


def kills(
    commands: Commands, path: Path, command: tuple[str, ...], check: Callable[[], str]
) -> None:
    """Kills a command at random moments, each time with the same files in the diary's folder;
    counts the results of `check`."""
    whole = path.parent.with_name("whole")
    shutil.copytree(path.parent, whole)
    words = ("--diary", str(path), *command)
    code, longest = commands.run(*words)
    assert code == 0
    chance = random.Random(5)
    runs, found = 0, Counter[str]()
    while sum(found.values()) < KILLS:
        runs += 1
        # A limit of runs, as commands may always end before the timer.
        assert runs < 20 * KILLS
        shutil.rmtree(path.parent, ignore_errors=True)
        shutil.copytree(whole, path.parent)
        # Half of the kills are late, during the commit.
        share = chance.random() if runs % 2 else chance.uniform(0.85, 1.05)
        code, used = commands.run(*words, seconds=share * longest)
        if code == -signal.SIGPROF:
            found[check()] += 1
        else:
            assert code == 0
            longest = used
    print(f"{command[0]}: {KILLS} ends half way in {runs} runs, {dict(found)}")
    # If every kill came before the first write, the test would prove nothing.
    assert len(found) > 1 or runs > KILLS or KILLS < 20


def check_no_partial_files(commands: Commands, path: Path) -> None:
    """Asserts that no temporary file is left beside the diary after the next start."""
    commands.run("--diary", str(path), "doctor", "--repair")
    assert [one.name for one in path.parent.rglob("*unfinished*")] == []


def state_of(path: Path) -> tuple[int, int, int]:
    """The numbers of entries with content, evenings and undo steps of a diary; asserts that it is
    sound."""
    if not path.exists() or path.stat().st_size == 0:
        return (0, 0, 0)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,)
        if not has_tables:
            return (0, 0, 0)
        counted = [
            connection.execute(question).fetchone()[0]
            for question in (
                "SELECT count(*) FROM entry WHERE state <> 'cleared'",
                "SELECT count(*) FROM evening WHERE calm IS NOT NULL",
                "SELECT count(*) FROM change WHERE NOT undone",
            )
        ]
    return (counted[0], counted[1], counted[2])
