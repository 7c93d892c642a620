"""The shells: how each asks what can stand next on a line, and how it wants to be told.

click has scripts of its own for them; ours keep what a person wrote from being taken apart or
run (a name with a blank, a comma, a `$`), and are quiet when something goes wrong.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

_BASH = """\
# Completion of %(prog_name)s for bash. In ~/.bashrc:  eval "$(%(prog_name)s completion bash)"
%(complete_func)s() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while read -r line; do
        case "${line%%%%,*}" in
            file) compopt -o default ;;
            plain) COMPREPLY+=("${line#*,}") ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s
# Completion of %(prog_name)s for zsh. In ~/.zshrc, behind compinit:
#   eval "$(%(prog_name)s completion zsh)"
%(complete_func)s() {
    local -a plain described response
    local type key descr
    response=("${(@f)$(COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete "${words[1]}" 2>/dev/null)}")
    for type key descr in ${response}; do
        case "$type" in
            file) _files ;;
            plain)
                if [[ "$descr" == "_" ]]; then
                    plain+=("$key")
                else
                    described+=("${key}:${descr}")
                fi ;;
        esac
    done
    (( ${#described} )) && _describe -V unsorted described -U
    (( ${#plain} )) && compadd -U -V unsorted -a plain
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = """\
# Completion of %(prog_name)s for fish. Once:
#   %(prog_name)s completion fish > ~/.config/fish/completions/%(prog_name)s.fish
function %(complete_func)s
    for line in (%(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
            COMP_CWORD=(commandline -ct) %(prog_name)s 2>/dev/null)
        set -l told (string split --max 1 "," -- $line)
        switch $told[1]
            case file
                __fish_complete_path $told[2]
            case plain
                echo $told[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""

_TO_ESCAPE = re.compile(r"([^\w@%+=:,./-])")


class Bash(BashComplete):
    """Takes what it is told as it stands, so that has to be quoted here."""

    source_template = _BASH

    def source(self) -> str:
        # Not click's, which would ask the bash on PATH for its version first.
        return ShellComplete.source(self)

    def format_completion(self, item: CompletionItem[str]) -> str:
        if item.type != "plain":
            return super().format_completion(item)
        return f"plain,{as_bash_types(item.value, _opening_quote())}"


class Zsh(ZshComplete):
    """Quotes what it is told itself."""

    source_template = _ZSH


class Fish(FishComplete):
    """Quotes what it is told itself."""

    source_template = _FISH


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}
"""By their names."""


def as_bash_types(word: str, quote: str) -> str:
    """A word as it can stand on a line of bash, behind the quotation mark that is open, if any."""
    if quote == "'":
        return word.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'([\\"$`])', r"\\\1", word)
    return _TO_ESCAPE.sub(r"\\\1", word)


def _opening_quote() -> str:
    words = os.environ.get("COMP_WORDS", "").split("\n")
    with suppress(ValueError, IndexError):
        word = words[int(os.environ.get("COMP_CWORD", ""))]
        return word[0] if word[:1] in ("'", '"') else ""
    return ""


def source(command: click.Command, name: str, variable: str, shell: str) -> str:
    """The script that a shell is to read."""
    return SHELLS[shell](command, {}, name, variable).source()


def answer(command: click.Command, name: str, variable: str, asked: str) -> str:
    """What a shell is told that asks by `bash_complete` and the like; nothing when in doubt."""
    shell, _, what = asked.partition("_")
    if shell not in SHELLS or what != "complete":
        return ""
    try:
        told = SHELLS[shell](command, {}, name, variable).complete()
    except (click.ClickException, KeyError, ValueError, IndexError, OSError):
        # Half a line is often no good line; whoever types it has yet to finish it.
        return ""
    return f"{told}\n" if told else ""
