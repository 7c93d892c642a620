"""Runs commands without root's right to ignore file modes."""

from __future__ import annotations

import os
import shutil

import pytest


def bound_by_modes() -> list[str]:
    """The words before a command that file modes then bind, also root's."""
    if os.geteuid():
        return []
    # Not by PATH, which a test may have put its own programs in.
    program = shutil.which("setpriv", path=f"{os.defpath}:/usr/sbin")
    if program is None:
        pytest.skip("needs setpriv: apt-get install util-linux")
    return [program, "--bounding-set=-dac_override,-dac_read_search"]
