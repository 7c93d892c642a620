"""CPU time of the breathing exercise: the share of one core it takes in a real terminal.

Run it by hand: `python -m tests.bench.breathing [seconds]`. The processor time is the kernel's own
count of the process (user and system, /proc/PID/stat), so it is of Linux only; the terminal that
draws what is sent is another process, and is not counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.journeys.terminal import Terminal, run

SIZES = ((80, 24), (120, 40), (200, 60))


def processor_seconds(terminal: Terminal) -> float:
    """Seconds of processor time used so far by the process in a terminal."""
    fields = Path(f"/proc/{terminal.child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(size: tuple[int, int], seconds: float, *keys: str, still: bool = False) -> float:
    """The share of one core used (0 to 1) after some keys on Tonight."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run(home, "log", "hug")
        env = {"TEXTUAL_ANIMATIONS": "none"} if still else {}
        terminal = Terminal(home, size=size, env=env)
        terminal.wait_for("how calm did you feel")
        for key in keys:
            terminal.press(key)
        watch(terminal, 3)
        before = processor_seconds(terminal)
        sent = len(terminal.raw)
        watch(terminal, seconds)
        took = processor_seconds(terminal) - before
        print(f"{len(terminal.raw) - sent:>9,} bytes sent", end="  ")
        terminal.press("\x1bq" if keys else "q")
        terminal.child.close(force=True)
        return took / seconds


def watch(terminal: Terminal, seconds: float) -> None:
    """Reads the output for a number of seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.1)
        terminal.read(0.01)


def main() -> None:
    """Prints a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    for size in SIZES:
        name = f"{size[0]}x{size[1]}"
        print(f"{name}  Tonight    {share(size, seconds):.1%}")
        print(f"{name}  breathing  {share(size, seconds, 'B'):.1%}")
        print(f"{name}  in words   {share(size, seconds, 'B', still=True):.1%}")


if __name__ == "__main__":
    main()
