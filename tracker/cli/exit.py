"""The one owner of exit codes and of what goes to standard error: one sentence, no traceback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from tracker.cli.output import flush, print_error, safe_streams
from tracker.errors import CalmtrackError
from tracker.i18n.messages import say

INTERRUPTED = 130


class TerminationSignal(BaseException):
    """SIGTERM or SIGHUP came. Like ctrl+c, nothing on its way may take it for an error."""

    def __init__(self, number: int) -> None:
        """`number` is the signal's."""
        super().__init__(number)
        self.exit_code = 128 + number


def run_command(command: Callable[[], object]) -> int:
    """Runs a command; whatever it could not do becomes one sentence and an exit code."""
    safe_streams()
    try:
        with _heeding_signals():
            code = command()
            flush()
    except TerminationSignal as end:
        # Whoever reads us may be gone, or not read any more.
        _drop_output()
        return end.exit_code
    except CalmtrackError as trouble:
        return fail(str(trouble), trouble.exit_code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has enough, which is no trouble of theirs.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        return fail(say("cli.system", reason=error.strerror or error), 1)
    return code if isinstance(code, int) else 0


@contextmanager
def _heeding_signals() -> Iterator[None]:
    """Asked to end, a command still clears up what it has half written. An open screen heeds
    these signals by itself; what was started to go on without a terminal goes on."""
    kinds = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {one: signal.getsignal(one) for one in kinds if one is not None}
    heeded = [one for one, handler in before.items() if handler is not signal.SIG_IGN]

    def end(number: int, _: FrameType | None) -> NoReturn:
        # A closed terminal can send both, and clearing up is to be done in peace.
        for one in heeded:
            signal.signal(one, signal.SIG_IGN)
        raise TerminationSignal(number)

    for one in heeded:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in heeded:
            signal.signal(one, before[one] or signal.SIG_DFL)


def _drop_output() -> None:
    """Sends what could not be written nowhere: Python would try it again when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def fail(sentence: str, code: int) -> int:
    """Says a sentence to standard error; returns the code."""
    print_error(sentence)
    return code
