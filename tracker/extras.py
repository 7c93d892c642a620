"""How to install an optional dependency of calmtrack."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Literal


def install_command(extra: Literal["excel", "postgres", "web"]) -> str:
    """The shell command that installs an extra into the environment calmtrack runs in.

    The `pip` on PATH is in most cases another environment's, and can't find calmtrack, which isn't
    on PyPI. An environment made by uv has no pip, and pipx manages its own.
    """
    from importlib.util import find_spec

    requirement = shlex.quote(f"calmtrack[{extra}]")
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return f"pipx runpip {shlex.quote(environment.name)} install {requirement}"
    python = shlex.quote(sys.executable)
    if find_spec("pip") is None:
        return f"uv pip install --python {python} {requirement}"
    return f"{python} -m pip install {requirement}"
