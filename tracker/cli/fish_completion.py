"""Completion in fish, by click's own script with three corrections."""

from __future__ import annotations

from click.shell_completion import FishComplete


class FishCompletion(FishComplete):
    """click's completion for fish. Its script has fish sort practices and days by letter, cuts a
    description at a comma, and offers no files for a path that starts with `~`; here fish itself
    completes the path."""

    source_template = (
        FishComplete.source_template.replace("--no-files", "--no-files --keep-order")
        .replace('string split "," ', 'string split --max 1 "," ')
        .replace(
            "__fish_complete_path $metadata[2]",
            'complete --do-complete ": "(commandline --current-token)',
        )
    )
