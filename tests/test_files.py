"""Files are written whole or not at all, and only their owner can read them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tracker.errors import CalmtrackError, InputError
from tracker.files import atomic_text_file, atomic_write, os_reason, parse_path, private_folder
from tracker.i18n.messages import set_language


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_appears_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    with atomic_write(path) as file:
        file.write(b"one\n")
        assert not path.exists()
    assert path.read_bytes() == b"one\n"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_file_as_it_was(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"before")

    def raise_interruption() -> None:
        with atomic_write(path) as file:
            file.write(b"half")
            raise interruption

    with pytest.raises(interruption):
        raise_interruption()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_overwritten_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"before")
    with pytest.raises(InputError, match=r"out\.csv"), atomic_text_file(path) as text:
        text.write("after")
    assert path.read_bytes() == b"before"
    with atomic_text_file(path, force=True) as text:
        text.write("after\r\n")
    assert path.read_bytes() == b"after\r\n"


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def write_meanwhile() -> None:
        with atomic_text_file(path) as text:
            text.write("ours")
            path.write_bytes(b"another program's")

    with pytest.raises(InputError):
        write_meanwhile()
    assert path.read_bytes() == b"another program's"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_of_the_file_system_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(CalmtrackError, match="No such file"),
        atomic_text_file(tmp_path / "missing" / "out.csv"),
    ):
        pass


def test_missing_folders_are_private_and_others_stay_as_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path), mode(tmp_path / "a"), mode(tmp_path / "a/b")] == [0o755, 0o700, 0o700]
    private_folder(tmp_path / "a" / "b")


def test_a_typed_path_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert parse_path("~/a") == parse_path("a") == tmp_path / "a"
    with pytest.raises(InputError, match="nobody-at-all"):
        parse_path("~nobody-at-all/a")
    with pytest.raises(InputError, match="too long"):
        parse_path("a" * 300)
    assert parse_path("a" * 200) == tmp_path / ("a" * 200)
    for text in ("a\0b", "~a\0b", "a\ud800b"):
        with pytest.raises(InputError, match="No file can have that name"):
            parse_path(text)


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_usual_errors_of_the_operating_system_are_in_the_persons_language(
    language: str,
) -> None:
    def reason(code: int) -> str:
        return os_reason(OSError(code, os.strerror(code)))

    usual = (
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM),
        *(errno.ENOSPC, errno.EROFS),
    )
    assert [reason(code) for code in usual] == [os.strerror(code) for code in usual]
    set_language(language)
    for code in usual:
        assert reason(code) != os.strerror(code)
    assert reason(errno.EMFILE) == os.strerror(errno.EMFILE)
