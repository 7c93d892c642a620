"""The tools of .ci/catalogs.py, which is no package, for tests."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "catalogs.py"


def load() -> ModuleType:
    """Imports the script."""
    spec = spec_from_file_location("catalogs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_stale() -> None:
    """Compiles the catalogs if one was changed since: a test never sees an old translation."""
    for po in (ROOT / "data" / "locale").glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            load().compile_catalogs()
            return
