"""The manual page."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.cli.command_line import CommandLine, Golden
from tracker import __version__
from tracker.cli.app import COMMANDS

pytestmark = pytest.mark.thorough


def test_the_manual_reads_as_it_did(type_in: CommandLine, golden: Golden) -> None:
    golden("man.txt", type_in.well("man").out.replace(__version__, "VERSION"))


def test_it_has_every_command_and_every_option(type_in: CommandLine) -> None:
    page = type_in.well("man").out.replace("\\-", "-")
    for name in COMMANDS:
        assert f'.SS "{name}"' in page
        for line in type_in.well(name, "--help").lines:
            option = line.split("  ")[1] if line.startswith("  -") else ""
            assert not option or option == "-h, --help" or f"\\fB{option}" in page, (name, line)
    assert '.SS "practices archive"' in page


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff (apt-get install groff)")
def test_groff_finds_nothing_wrong_and_prints_every_line(type_in: CommandLine) -> None:
    page = type_in.well("man").out
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-cbou", "-rLL=100n"],
        input=page.encode(), capture_output=True, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    said = " ".join(done.stdout.decode().split())
    assert "calmtrack log [OPTIONS] PRACTICE [AMOUNT]" in said
    assert "--days-per-week N" in said.replace("\N{HYPHEN}", "-").replace("\N{MINUS SIGN}", "-")
    assert "Log PRACTICE: one press, or the day's amount becomes AMOUNT, or grows by +N." in (
        said.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )


@pytest.mark.skipif(not shutil.which("mandoc"), reason="needs mandoc (apt-get install mandoc)")
def test_mandoc_finds_nothing_wrong(type_in: CommandLine) -> None:
    done = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning"],
        input=type_in.well("man").out.encode(), capture_output=True, timeout=30,
    )  # fmt: skip
    complaints = [
        line for line in done.stdout.decode().splitlines()
        # No date is written: the page would be another one with every build.
        if "missing date" not in line
    ]  # fmt: skip
    assert complaints == []
