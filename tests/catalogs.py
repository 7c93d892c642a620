"""Compiles the catalogs before the tests run."""

from __future__ import annotations

from pathlib import Path

from tests.ci_script import load_script

ROOT = Path(__file__).parent.parent


def compile_stale() -> None:
    """Compiles the catalogs that changed since the last time, so that no test uses old
    translations."""
    for po in (ROOT / "data" / "locale").glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            load_script("catalogs").compile_catalogs()
            return
