"""The breathing exercise in a real terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.breathing import processor_seconds, watch
from tests.journeys.terminal import Terminal, run


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's count of a process")
def test_the_shape_is_drawn_whole_and_costs_little(tmp_path: Path) -> None:
    run(tmp_path, "calm", "5")
    terminal = Terminal(tmp_path)
    terminal.wait_for("how calm did you feel")
    terminal.press("B")
    terminal.wait_for("breathe in")
    before, waited = processor_seconds(terminal), os.times().elapsed
    terminal.wait_for("breathe out")
    # Far above the measured time, and far below that of a busy loop.
    assert processor_seconds(terminal) - before < (os.times().elapsed - waited) / 3
    watch(terminal, 1.5)
    terminal.press(" ")
    terminal.wait_for("paused")
    terminal.read(0.5)
    shape = [line.rstrip() for line in terminal.screen.display[:20]]
    assert any("█" in row for row in shape)
    assert shape == shape[::-1], "nothing is left of a larger one"
    assert all(row.strip() == row.strip()[::-1] for row in shape)
    terminal.press("\x1b")
    terminal.wait_for("how calm did you feel")
    assert terminal.leave() == 0
