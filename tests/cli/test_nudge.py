"""`calmtrack nudge` sends the evening's reminder, only while tonight isn't rated."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.desktop import fake_desktop
from tests.cli.fake_program import FakeProgram
from tracker.diary.diary import Diary

pytestmark = pytest.mark.any_day

OPEN = "How calm was today? Checking in takes a few seconds, whenever you like."


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the only one on PATH, so that no installed program is called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.mark.usefixtures("path")
def test_without_a_notifier_it_is_a_line(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.press("hug")
    assert type_in.ok("nudge").out == f"{OPEN}\n"
    assert "unless you've rated the evening" in " ".join(type_in.ok("nudge", "--help").out.split())


@pytest.mark.usefixtures("path")
def test_it_is_silent_once_calm_is_rated(type_in: CommandLine, three_weeks: Diary) -> None:
    three_weeks.rate(3, note="secret")
    assert type_in.ok("nudge").out == ""


@pytest.mark.usefixtures("path")
def test_it_is_silent_on_a_rest_day_for_all_practices(
    type_in: CommandLine, three_weeks: Diary
) -> None:
    type_in.ok("rest", "--all")
    assert type_in.ok("nudge").out == ""
    type_in.ok("rest", "--off", "joy")
    assert type_in.ok("nudge").out == f"{OPEN}\n"


@pytest.mark.usefixtures("path")
def test_without_a_diary_the_reminder_is_sent_and_none_is_created(
    type_in: CommandLine, tmp_path: Path
) -> None:
    assert type_in.ok("nudge").out == f"{OPEN}\n"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["notify-send", "osascript"])
def test_it_is_sent_to_the_systems_notifier(
    type_in: CommandLine, three_weeks: Diary, path: Path, name: str
) -> None:
    notifier = FakeProgram(path, name)
    assert type_in.ok("nudge").out == ""
    assert len(notifier.calls) == 1
    assert OPEN in "\n".join(notifier.calls[0])
    three_weeks.rate(7)
    assert type_in.ok("nudge").out == ""
    assert len(notifier.calls) == 1


@pytest.mark.usefixtures("three_weeks")
def test_a_failing_notifier_falls_back_to_a_printed_line(type_in: CommandLine, path: Path) -> None:
    notifier = FakeProgram(path, "notify-send", code=1)
    assert type_in.ok("nudge").out == f"{OPEN}\n"
    assert len(notifier.calls) == 1


@pytest.mark.usefixtures("three_weeks")
def test_it_can_be_printed_only(type_in: CommandLine, path: Path) -> None:
    notifier = FakeProgram(path, "notify-send")
    assert type_in.ok("nudge", "--print").out == f"{OPEN}\n"
    assert notifier.calls == []


@pytest.mark.usefixtures("path", "three_weeks")
def test_it_contains_no_score_and_no_note(type_in: CommandLine) -> None:
    output = type_in.ok("nudge").out
    assert not any(character.isdigit() for character in output)


@pytest.mark.usefixtures("path", "three_weeks")
@pytest.mark.parametrize(
    ("at", "is_sent"),
    [
        *(("21:30", True), ("20:00", True), ("18:30", True), ("18:29", False), ("9:00", False)),
        *(("21:34", True), ("21:36", False), ("23:00", False)),
    ],
)
def test_a_timer_that_woke_up_late_stays_silent(
    type_in: CommandLine, at: str, is_sent: bool
) -> None:
    assert type_in.ok("nudge", "--at", at).out == (f"{OPEN}\n" if is_sent else "")


@pytest.mark.usefixtures("path")
def test_after_midnight_it_is_still_the_same_evening(
    type_in: CommandLine, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALMTRACK_NOW", "2026-11-25T00:40:00+01:00")
    assert type_in.ok("nudge", "--at", "23:00").out == f"{OPEN}\n"
    three_weeks.rate(5)
    assert type_in.ok("nudge", "--at", "23:00").out == ""


@pytest.mark.parametrize("text", ["24:00", "21", "9:5", "evening", "٢١:٣٠", ""])
def test_an_invalid_time_is_reported(type_in: CommandLine, text: str) -> None:
    answer = type_in("nudge", "--at", text)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "21:30" in answer.err


@pytest.mark.usefixtures("three_weeks")
def test_it_imports_no_large_library() -> None:
    code = (
        "import sys; from tracker.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('sqlalchemy', 'textual', 'alembic', 'pendulum')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "nudge", "--print"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stdout, done.stderr) == (f"{OPEN}\n", "[]\n")


@pytest.mark.skipif(
    not all(map(shutil.which, ("dbus-daemon", "notify-send"))),
    reason="needs dbus-daemon and notify-send: apt-get install dbus libnotify-bin",
)
def test_a_desktop_receives_the_notification(
    type_in: CommandLine, three_weeks: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_desktop(tmp_path) as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.address)
        assert type_in.ok("nudge").out == ""
        assert desktop.notifications == [("calmtrack", "calmtrack", OPEN)]
        three_weeks.rate(7)
        assert type_in.ok("nudge").out == ""
        assert len(desktop.notifications) == 1
    assert type_in.ok("nudge").out == ""
    three_weeks.clear("calm")
    assert type_in.ok("nudge").out == f"{OPEN}\n", "the desktop is gone"
