"""Imports a script of `.ci`, which is not a package."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def load_script(name: str) -> ModuleType:
    """Imports `.ci/NAME.py` as a module."""
    path = Path(__file__).parent.parent / ".ci" / f"{name}.py"
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
