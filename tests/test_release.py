"""The built packages: reproducible, and with every file that belongs in them."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

import tracker

ROOT = Path(__file__).parents[1]
RELEASED_PATHS = (
    *("tracker", "data", "tests", ".ci/catalogs.py", ".ci/statements.py"),
    *("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"),
)
VERSION = tracker.__version__
WHEEL = f"calmtrack-{VERSION}-py3-none-any.whl"
SOURCES = f"calmtrack-{VERSION}.tar.gz"


def build_from_a_copy(folder: Path, umask: int) -> Path:
    """Builds wheel and sdist from a fresh copy of the source tree; returns the folder of both."""
    copy = folder / "source"
    copy.mkdir(parents=True)
    unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in RELEASED_PATHS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=unwanted)
        else:
            (copy / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "out"), "."],
        cwd=copy,
        check=True,
        capture_output=True,
        umask=umask,
    )
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_from_a_copy(tmp_path_factory.mktemp("first"), umask=0o022)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.thorough
def test_built_twice_it_is_the_same_to_the_byte(out: Path, tmp_path: Path) -> None:
    again = build_from_a_copy(tmp_path, umask=0o077)
    assert sorted(path.name for path in out.iterdir()) == [WHEEL, SOURCES]
    assert {path.name: digest(path) for path in out.iterdir()} == {
        path.name: digest(path) for path in again.iterdir()
    }


def test_the_wheel_contains_the_program_and_its_catalogs_and_nothing_else(out: Path) -> None:
    inside = zipfile.ZipFile(out / WHEEL).namelist()
    program = {name for name in inside if name.startswith("tracker/")}
    about = f"calmtrack-{VERSION}.dist-info"
    assert set(inside) - program == {
        f"{about}/METADATA",
        f"{about}/RECORD",
        f"{about}/WHEEL",
        f"{about}/entry_points.txt",
        f"{about}/licenses/LICENSE",
    }
    assert program == _source_files("tracker", "tracker") | _source_files("data", "tracker/data")
    assert {"tracker/py.typed", "tracker/__main__.py", "tracker/data/practices.toml"} <= program


def _source_files(folder: str, inside: str) -> set[str]:
    return {
        f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_sources_can_be_built_and_tested_again(out: Path) -> None:
    with tarfile.open(out / SOURCES) as sources:
        inside = {name.partition("/")[2] for name in sources.getnames()}
    folders = {name.partition("/")[0] for name in inside}
    expected = {name.partition("/")[0] for name in RELEASED_PATHS}
    assert expected <= folders <= {*expected, "PKG-INFO", ".gitignore"}
    assert {".ci/catalogs.py", ".ci/statements.py"} <= inside
    assert "tests/test_release.py" in inside


def metadata(out: Path) -> Message:
    with zipfile.ZipFile(out / WHEEL) as wheel:
        return message_from_bytes(wheel.read(f"calmtrack-{VERSION}.dist-info/METADATA"))


def test_the_metadata_for_the_package_index_is_complete(out: Path) -> None:
    fields = metadata(out)
    assert (fields["Name"], fields["Version"], fields["License-Expression"]) == (
        "calmtrack",
        VERSION,
        "MIT",
    )
    assert fields["Requires-Python"] == ">=3.11"
    assert fields["Summary"]
    assert fields["Keywords"]
    assert fields["Description-Content-Type"] == "text/markdown"
    kinds = fields.get_all("Classifier") or []
    for python in ("3.11", "3.12", "3.13"):
        assert f"Programming Language :: Python :: {python}" in kinds
    assert "Typing :: Typed" in kinds


def test_the_changelog_has_a_section_for_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {VERSION} (" in changes
