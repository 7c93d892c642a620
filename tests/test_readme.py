"""README tells of commands and options that exist, and of all commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from tracker.cli.app import calmtrack

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- commands -->\n\n", "\n<!-- end of commands -->"


def told_commands() -> str:
    """The list of commands as `--help` has it."""
    with click.Context(calmtrack, info_name="calmtrack", max_content_width=80) as context:
        _, _, commands = calmtrack.get_help(context).partition("Commands:\n")
    return "```\n" + re.sub(r"(?m)^ {2}", "", commands) + "\n```\n"


def test_it_lists_the_commands_as_help_does() -> None:
    """CALMTRACK_WRITE_GOLDENS=1 writes the list anew."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    listed, _, after = rest.partition(END)
    if os.environ.get("CALMTRACK_WRITE_GOLDENS") == "1":
        listed = told_commands()
        README.write_text(f"{before}{BEGIN}{listed}{END}{after}", encoding="utf-8")
    assert listed == told_commands()


def written_lines() -> list[str]:
    """Each command line that README shows, in a block or in a sentence, without what it says of
    it behind two blanks."""
    text = re.sub(f"(?s){BEGIN}.*?{END}", "", README.read_text("utf-8"))
    blocks = re.findall(r"(?s)^```\n(.*?)^```", text, re.MULTILINE)
    sentences = re.findall(r"`(calmtrack [^`]*)`", re.sub(r"(?s)```.*?```", "", text))
    shown = re.findall(r"calmtrack ([a-z][^\n]*)", "\n".join([*blocks, *sentences]))
    return sorted({re.split(r" {2,}|[)>]", line)[0].strip() for line in shown})


def called(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words call, and those that are left for it."""
    command: click.Command = calmtrack
    with click.Context(calmtrack) as context:
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(context, words[0])
            if found is None:
                break
            command, words = found, words[1:]
    return command, words


def test_a_line_of_it_names_a_command_and_options_there_are(subtests: pytest.Subtests) -> None:
    for line in written_lines():
        with subtests.test(line=line):
            command, words = called(line.split())
            assert command is not calmtrack
            there_are = {
                option
                for parameter in command.params
                if isinstance(parameter, click.Option)
                for option in (*parameter.opts, *parameter.secondary_opts)
            }
            assert {word for word in words if re.match("--?[a-z]", word)} <= there_are


@pytest.mark.parametrize(
    ("shell", "show"),
    [
        ("bash", 'eval "$PROMPT_COMMAND"; printf "%s" "${PS1@P}"'),
        ("zsh", 'precmd; print -nP -- "$RPROMPT"'),
    ],
)
def test_a_prompt_of_it_runs_nothing_that_status_prints(
    tmp_path: Path, shell: str, show: str
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}: apt-get install {shell}")
    line = re.search(f"^(.*?) +# {shell}:", README.read_text("utf-8"), re.MULTILINE)
    assert line is not None
    printed = "hug$(touch ran)`touch ran` 3%m"
    command = tmp_path / "calmtrack"
    command.write_text(f"#!/bin/sh\nprintf '%s' '{printed}'\n")
    command.chmod(0o755)
    done = subprocess.run(
        [shell, "-c", f"{line[1]}\n{show}"],
        env={"PATH": f"{tmp_path}:/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(printed)
    assert not (tmp_path / "ran").exists()
