"""Files that are built once for a whole test run and shared by all its xdist workers."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def built_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]
) -> Path:
    """Returns the path of a file that the first worker builds while the others wait for it. Tests
    copy it and never write to it. A session fixture alone would build it once in each worker."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            being_built = tmp_path_factory.mktemp("being_built") / name
            build(being_built)
            being_built.rename(path)
    return path
