"""The one owner of exit codes and of what goes to standard error: one sentence, no traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

import click

from tracker.cli.printing import complain, flush, safe_streams
from tracker.trouble import Trouble
from tracker.words import say

INTERRUPTED = 130


def end_well(command: Callable[[], object]) -> int:
    """Runs a command; whatever it could not do becomes one sentence and an exit code."""
    safe_streams()
    try:
        code = command()
        flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except Trouble as trouble:
        return _say(str(trouble), trouble.exit_code)
    except click.UsageError as error:
        return _say(_usage(error), 2)
    except click.ClickException as error:
        return _say(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has enough, which is no trouble of theirs.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        return _say(say("cli.system", reason=error.strerror or error), 1)
    return code if isinstance(code, int) else 0


def _drop_output() -> None:
    """Sends what could not be written nowhere: Python would try it again when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _usage(error: click.UsageError) -> str:
    problem = " ".join(error.format_message().split())
    if not problem.endswith((".", "?")):
        problem += "."
    command = error.ctx.command_path if error.ctx is not None else "calmtrack"
    return say("usage.wrong", problem=problem, command=command)


def _say(sentence: str, code: int) -> int:
    complain(sentence)
    return code
