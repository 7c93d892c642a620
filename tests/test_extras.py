"""The command that installs an optional dependency works for the environment calmtrack runs in."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from shlex import quote

import pytest

from tracker.extras import install_command


def test_it_is_the_pip_of_this_environment_which_has_calmtrack(tmp_path: Path) -> None:
    pytest.importorskip("pip", reason="needs pip in this environment: python -m ensurepip")
    command = install_command("web")
    assert command == f"{quote(sys.executable)} -m pip install 'calmtrack[web]'"
    # Nothing is installed: the extra's packages are here.
    done = subprocess.run(
        f"{command} --no-index --dry-run", shell=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "already satisfied: calmtrack[web]" in done.stdout


def test_pipx_is_asked_for_its_own_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = tmp_path / "calmtrack"
    environment.mkdir()
    (environment / "pipx_metadata.json").write_text("{}")
    monkeypatch.setattr(sys, "prefix", str(environment))
    assert install_command("web") == "pipx runpip calmtrack install 'calmtrack[web]'"


def test_uv_installs_into_an_environment_without_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    command = install_command("excel")
    assert command == f"uv pip install --python {quote(sys.executable)} 'calmtrack[excel]'"
