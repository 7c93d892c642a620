"""README and its pages show commands and options that exist, and README lists all commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from tracker.cli.app import calmtrack

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / ".github/docs").glob("*.md"))]
BEGIN, END = "<!-- commands -->\n\n", "\n<!-- end of commands -->"


def commands_in_help() -> str:
    """The list of commands in the format of `--help`."""
    with click.Context(calmtrack, info_name="calmtrack", **calmtrack.context_settings) as context:
        _, _, commands = calmtrack.get_help(context).partition("Commands:\n")
    return "```\n" + re.sub(r"(?m)^ {2}", "", commands) + "\n```\n"


def test_it_lists_the_commands_as_help_does() -> None:
    """CALMTRACK_WRITE_GOLDENS=1 rewrites the list."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    listed, end, after = rest.partition(END)
    assert end, "writing the list would remove what follows it"
    if os.environ.get("CALMTRACK_WRITE_GOLDENS") == "1":
        listed = commands_in_help()
        README.write_text(f"{before}{BEGIN}{listed}{END}{after}", encoding="utf-8")
    assert listed == commands_in_help()


def pages() -> str:
    """README and its pages, without the generated list of commands."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    return re.sub(f"(?s){BEGIN}.*?{END}", "", text)


def command_lines() -> list[str]:
    """Each command line in a code block or a sentence of the pages, without the explanation that
    follows two spaces."""
    text = pages()
    blocks = re.findall(r"(?s)^```\n(.*?)^```", text, re.MULTILINE)
    sentences = re.findall(r"`(calmtrack [^`]*)`", re.sub(r"(?s)```.*?```", "", text))
    shown = re.findall(r"calmtrack ([a-z][^\n]*)", "\n".join([*blocks, *sentences]))
    return sorted({re.split(r" {2,}|[)>]", line)[0].strip() for line in shown})


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words select, and the remaining words."""
    command: click.Command = calmtrack
    with click.Context(calmtrack, **calmtrack.context_settings) as context:
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(context, words[0])
            if found is None:
                break
            command, words = found, words[1:]
    return command, words


def test_each_command_line_names_existing_commands_and_options(subtests: pytest.Subtests) -> None:
    for line in command_lines():
        with subtests.test(line=line):
            command, words = resolve(line.split())
            assert command is not calmtrack
            options = {
                option
                for parameter in command.params
                if isinstance(parameter, click.Option)
                for option in (*parameter.opts, *parameter.secondary_opts)
            }
            assert {word for word in words if re.match("--?[a-z]", word)} <= options


@pytest.mark.parametrize(
    ("shell", "show"),
    [
        ("bash", 'eval "$PROMPT_COMMAND"; printf "%s" "${PS1@P}"'),
        ("zsh", 'precmd; print -nP -- "$RPROMPT"'),
    ],
)
def test_shell_prompts_never_run_the_output_of_status(
    tmp_path: Path, shell: str, show: str
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}: apt-get install {shell}")
    line = re.search(f"^(.*?) +# {shell}:", pages(), re.MULTILINE)
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


def test_every_link_leads_to_a_file(subtests: pytest.Subtests) -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#][^)]*)\)", page.read_text("utf-8")):
            with subtests.test(page=page.name, target=target):
                assert (page.parent / target).exists()


def test_the_readme_links_every_page_below_the_folded_parts() -> None:
    _, _, below = README.read_text("utf-8").partition("</details>")
    targets = {(ROOT / target).resolve() for target in re.findall(r"\]\(([^)]*)\)", below)}
    assert targets >= set(PAGES) - {README}


def test_the_readme_is_read_in_a_minute() -> None:
    folded = re.compile(r"(?s)<details>.*?</details>")
    assert len(folded.sub("", README.read_text("utf-8")).splitlines()) <= 150
