"""Runs commands without root's right to ignore file modes."""

from __future__ import annotations

import os
import shutil

import pytest


def bound_by_modes() -> list[str]:
    """The prefix of a command line that drops root's right to ignore file modes."""
    if os.geteuid():
        return []
    # An absolute path, as a test may have changed PATH.
    program = shutil.which("setpriv", path=f"{os.defpath}:/usr/sbin")
    if program is None:
        pytest.skip("needs setpriv: apt-get install util-linux")
    return [program, "--bounding-set=-dac_override,-dac_read_search"]
