"""Completion in the real shells, with tab pressed in the middle of a line."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import some_cases
from tests.journeys.terminal import Terminal, command_under_test, run

START = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
SET_UP = {
    "bash": 'PS1="> "; bind "set enable-bracketed-paste off"; eval "$(calmtrack completion bash)"',
    "zsh": 'PS1="> "; autoload -Uz compinit; compinit -u -D; eval "$(calmtrack completion zsh)"',
    "fish": 'function fish_prompt; echo -n "> "; end; calmtrack completion fish | source',
}

OpenShell = Callable[[str], Terminal]


@pytest.fixture
def open_shell(tmp_path: Path) -> OpenShell:
    """Opens a shell with calmtrack on PATH and a custom practice."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "calmtrack"
    command.write_text(f'#!/bin/sh\nexec {shlex.join(command_under_test())} "$@"\n')
    command.chmod(0o755)
    run(tmp_path, "practices", "add", "Call $HOME now")

    def start(shell: str) -> Terminal:
        if shutil.which(shell) is None:
            pytest.skip(f"needs {shell}: apt-get install {shell}")
        terminal = Terminal(
            tmp_path,
            program=START[shell],
            env={"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin", "SHELL": f"/bin/{shell}"},
        )
        terminal.read(0.5)
        terminal.press(f"{SET_UP[shell]}; echo rea''dy\r")
        terminal.wait_for("\nready")
        return terminal

    return start


@pytest.mark.thorough
@pytest.mark.parametrize("shell", START)
def test_tab_completes_valid_words(open_shell: OpenShell, shell: str, tmp_path: Path) -> None:
    (tmp_path / "from-the-old-tracker.csv").touch()
    terminal = open_shell(shell)
    terminal.press("calmtrack insi\t")
    terminal.wait_for("calmtrack insights")
    terminal.press("\x15calmtrack log nat\t--day yest\t")
    terminal.wait_for("log nature-walk --day yesterday")
    terminal.press("\x15calmtrack import from-the\t")
    terminal.wait_for("calmtrack import from-the-old-tracker.csv")
    # The practice that was added had a backup made.
    terminal.press("\x15calmtrack restore 2\t")
    terminal.wait_for("calmtrack restore 20")
    terminal.press("\x15calmtrack nonsense x\t\x15echo qui''et\r")
    terminal.wait_for("\nquiet")
    assert "no command" not in terminal.text
    terminal.press("exit\r")
    terminal.wait_for_end()


def test_fish_completes_a_path_in_the_home_folder_and_shows_descriptions_whole(
    open_shell: OpenShell, tmp_path: Path
) -> None:
    folder = tmp_path / "old, 2025"
    folder.mkdir()
    (folder / "diary copy.db").touch()
    terminal = open_shell("fish")
    terminal.press("complete -C 'calmtrack restore ~/ol'; complete -C 'calmtrack about'\r")
    terminal.wait_for("~/old, 2025/")
    terminal.wait_for("Show what calmtrack is, and what research says.")
    terminal.press("\fcalmtrack restore ~/old\tdi\t")
    terminal.wait_for(r"calmtrack restore ~/old,\ 2025/diary\ copy.db")
    terminal.press("\x15exit\r")
    terminal.wait_for_end()


def test_fish_offers_practices_in_the_order_of_the_list(open_shell: OpenShell) -> None:
    terminal = open_shell("fish")
    terminal.press("calmtrack log \t")
    terminal.wait_for("call-home-now")
    offered = [word for word in terminal.text.split() if word in ("hug", "laughter", "gratitude")]
    assert offered[:3] == ["hug", "laughter", "gratitude"]
    terminal.press("\x03\x15exit\r")
    terminal.wait_for_end()


@pytest.mark.parametrize(
    ("shell", "typed"), some_cases([("bash", "call"), ("zsh", "Call"), ("fish", "Call")], 1)
)
def test_tab_completes_a_practice_as_one_word(
    open_shell: OpenShell, shell: str, typed: str
) -> None:
    """By its name if the shell quotes it, else by its id."""
    terminal = open_shell(shell)
    terminal.press(f"calmtrack log {typed}\t")
    terminal.wait_for("now")
    terminal.press("\r")
    terminal.wait_for("Logged: Call $HOME now")
    terminal.press("exit\r")
    terminal.wait_for_end()
