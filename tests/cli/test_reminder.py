"""The evening reminder: previewed, set with the system's scheduler, and removed."""

from __future__ import annotations

import json
import plistlib
import shlex
import shutil
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, Golden
from tests.cli.fake_program import FakeProgram
from tests.file_modes import bound_by_modes
from tracker.diary.diary import Diary
from tracker.reminders import SCHEDULERS, default_scheduler
from tracker.reminders.schedulers import Command, Crontab, Launchd, Scheduler, Systemd, quoted

pytestmark = pytest.mark.any_day

HALF_PAST_NINE = ("install", "--at", "21:30")
SPECIAL_CHARACTERS = (
    "/opt/a b/100% $HOME/calm'track",
    "--diary",
    '/home/anna/my "own" 5%\\diary.db',
)
"""Arguments with every character that is special to a shell, systemd or cron."""

CRONTAB = """
case "$1" in
    -l) if [ -f "$0.tab" ]; then cat "$0.tab"; else echo "no crontab for anna" >&2; exit 1; fi;;
    -) cat > "$0.tab";;
esac
"""
EXISTING_CRONTAB = "MAILTO=anna@example.org\n#0 0 * * *   an   old one\n 30 4 * * 1  x 100\\% y"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's home folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "anna"))
    for name in ("XDG_CONFIG_HOME", "CALMTRACK_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "anna"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; it has what the shell script of a fake program needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat",):
        (folder / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def systemctl(path: Path) -> FakeProgram:
    return FakeProgram(path, "systemctl")


@pytest.fixture
def crontab(path: Path) -> Path:
    """A fake crontab program, and the file with its contents."""
    FakeProgram(path, "crontab", script=CRONTAB)
    crontab = path / "crontab.tab"
    crontab.write_text(EXISTING_CRONTAB)
    return crontab


def units(home: Path) -> list[str]:
    """The user's unit files."""
    folder = home / ".config" / "systemd" / "user"
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


# systemd


def test_it_shows_what_it_will_write_and_asks_for_confirmation(
    type_in: CommandLine, systemctl: FakeProgram, home: Path
) -> None:
    answer = type_in("reminder", *HALF_PAST_NINE, stdin=b"no\n")
    assert (answer.code, answer.err) == (1, "Nothing was changed.\n")
    assert str(home / ".config/systemd/user/calmtrack-nudge.timer") in answer.out
    assert "  OnCalendar=*-*-* 21:30:00\n" in answer.out
    assert "systemctl --user enable calmtrack-nudge.timer" in answer.out
    assert systemctl.calls == [["--user", "show-environment"]]
    assert units(home) == []


def test_a_systemd_timer_is_installed_shown_and_removed(
    type_in: CommandLine, systemctl: FakeProgram, home: Path
) -> None:
    answer = type_in.ok("reminder", *HALF_PAST_NINE, stdin=b"yes\n")
    assert answer.lines[-1].endswith(
        "The reminder is set for 21:30, using your computer's own timer, systemd."
    )
    assert units(home) == ["calmtrack-nudge.service", "calmtrack-nudge.timer"]
    assert ["--user", "restart", "calmtrack-nudge.timer"] in systemctl.calls
    assert type_in.ok("reminder", "status").lines == [
        "The reminder is set for 21:30, using your computer's own timer, systemd."
    ]
    type_in.ok("reminder", "install", "--at", "20:05", "--yes")
    assert "20:05" in type_in.ok("reminder", "status").out
    (reminder,) = json.loads(type_in.ok("reminder", "status", "--json").out)["reminders"]
    assert (reminder["at"], reminder["using"]) == ("20:05", "systemd")
    assert type_in.ok("reminder", "remove").out == "Removed the reminder.\n"
    assert ["--user", "disable", "--now", "calmtrack-nudge.timer"] in systemctl.calls
    assert units(home) == []
    assert type_in.ok("reminder", "status").out.startswith("No reminder is set.")
    assert json.loads(type_in.ok("reminder", "--json").out) == {"reminders": []}
    assert type_in.ok("reminder", "remove").out.startswith("No reminder is set.")


def test_a_failed_systemd_installation_leaves_nothing_behind(
    type_in: CommandLine, path: Path, home: Path
) -> None:
    FakeProgram(path, "systemctl", script='[ "$2" = enable ] && { echo "no room" >&2; exit 1; }')
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.err) == (
        1,
        (
            "systemctl, which runs the reminder, "
            'reported a problem: "no room". Once '
            "that's fixed, try again.\n"
        ),
    )
    assert units(home) == []


def test_a_failed_change_of_the_time_leaves_the_installed_timer(
    type_in: CommandLine, systemctl: FakeProgram, path: Path, home: Path
) -> None:
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    folder = home / ".config/systemd/user"
    before = {one: one.read_bytes() for one in folder.iterdir()}
    assert len(before) == 2
    FakeProgram(path, "systemctl", script='[ "$2" = enable ] && { echo "no room" >&2; exit 1; }')
    assert type_in("reminder", "install", "--at", "22:00", "--yes").code == 1
    assert {one: one.read_bytes() for one in folder.iterdir()} == before
    assert systemctl.calls[-1][1] == "restart"


def test_a_failed_write_leaves_no_partial_installation(
    type_in: CommandLine, systemctl: FakeProgram, home: Path
) -> None:
    (in_the_way := home / ".config/systemd/user/calmtrack-nudge.timer").mkdir(parents=True)
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert answer.code == 1
    assert answer.err.startswith(f"Couldn't write {in_the_way}: Is a directory.")
    assert answer.err.count("\n") == 1
    assert list(in_the_way.parent.iterdir()) == [in_the_way]
    assert not any("enable" in call for call in systemctl.calls)


def test_a_read_only_folder_is_reported(systemctl: FakeProgram, home: Path) -> None:
    (home / ".config").mkdir(parents=True, mode=0o500)
    answer = subprocess.run(
        [*bound_by_modes(), sys.executable, "-m", "tracker", "reminder", *HALF_PAST_NINE, "--yes"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Couldn't write {home / '.config/systemd/user'}")
    assert answer.stderr.endswith("Permission denied. Nothing there was changed.\n")
    assert not any("enable" in call for call in systemctl.calls)


def test_a_timer_that_does_not_run_is_reported(
    type_in: CommandLine, systemctl: FakeProgram, path: Path
) -> None:
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    FakeProgram(path, "systemctl", code=3)
    assert "The reminder's timer isn't running" in type_in.ok("reminder", "status").lines[1]


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="needs systemd-analyze: apt-get install systemd"
)
@pytest.mark.parametrize("is_odd", [False, True])
def test_systemd_verifies_the_unit_files(tmp_path: Path, home: Path, is_odd: bool) -> None:
    program = tmp_path / "a b" / "100% 'calmtrack'" if is_odd else tmp_path / "calmtrack"
    program.parent.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    others = SPECIAL_CHARACTERS[1:] if is_odd else ()
    paths = Systemd().paths()
    texts = Systemd().texts(Command((str(program), *others), time(21, 30)))
    for path, text in zip(paths, texts, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, paths)],
        capture_output=True, text=True, timeout=120,
        env={"HOME": str(home), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "calmtrack" in line]
    assert (done.returncode, ours) == (0, [])


def test_words_with_a_meaning_to_systemd_are_quoted() -> None:
    assert quoted("/usr/bin/calmtrack") == "/usr/bin/calmtrack"
    assert quoted("5%") == '"5%%"'
    assert quoted('a "b"\\c') == '"a \\"b\\"\\\\c"'


# cron


def test_a_reminder_is_set_and_removed_with_json(type_in: CommandLine, crontab: Path) -> None:
    refused = type_in("reminder", "install", "--at", "21:30", "--using", "cron", "--json")
    assert (refused.code, refused.err) == (2, "--json only works with --yes.\n")
    answer = type_in.ok(
        "reminder", "install", "--at", "21:30", "--using", "cron", "--yes", "--json"
    )
    (reminder,) = json.loads(answer.out)["reminders"]
    assert (reminder["at"], reminder["using"]) == ("21:30", "cron")
    assert json.loads(type_in.ok("reminder", "remove", "--json").out) == {"removed": ["cron"]}
    assert json.loads(type_in.ok("reminder", "remove", "--json").out) == {"removed": []}


def test_a_line_is_added_to_the_crontab_and_the_others_stay(
    type_in: CommandLine, crontab: Path
) -> None:
    answer = type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    assert (
        answer.lines[-1] == "The reminder is set for 21:30, using your computer's own timer, cron."
    )
    *others, ours = crontab.read_text().splitlines()
    assert "\n".join(others) == EXISTING_CRONTAB
    assert ours.startswith("30 21 * * * ")
    assert ours.endswith(" nudge --at 21:30 # calmtrack reminder")
    type_in.ok("reminder", "install", "--at", "9:05", "--yes")
    assert crontab.read_text().count("calmtrack reminder") == 1
    assert "5 9 * * * " in crontab.read_text()
    assert "09:05" in type_in.ok("reminder", "status").out
    type_in.ok("reminder", "remove")
    assert crontab.read_text().rstrip("\n") == EXISTING_CRONTAB


def test_a_line_is_added_to_an_empty_crontab(type_in: CommandLine, crontab: Path) -> None:
    crontab.unlink()
    assert type_in.ok("reminder", "status").out.startswith("No reminder is set.")
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    assert len(crontab.read_text().splitlines()) == 1


def test_an_unreadable_crontab_is_not_overwritten(type_in: CommandLine, path: Path) -> None:
    crontab = FakeProgram(path, "crontab", code=1, script='echo "you are not allowed" >&2')
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.err) == (
        1,
        (
            "crontab, which runs the reminder, "
            'reported a problem: "you are not '
            "allowed\". Once that's fixed, try again.\n"
        ),
    )
    assert ["-"] not in crontab.calls
    assert type_in.ok("reminder", "status").out.startswith("No reminder is set.")


def test_crons_shell_gets_the_arguments_unchanged() -> None:
    (piece,) = Crontab().units(Command(SPECIAL_CHARACTERS, time(21, 30)))
    fields = piece.text.split(" ", 5)
    # cron removes the backslash before a % and hands the rest to sh.
    command = fields[5].replace("\\%", "%")
    script = f'show() {{ printf "%s\\n" "$@"; }}; show {command}'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == [*SPECIAL_CHARACTERS, "nudge", "--at", "21:30"]
    assert "%" not in fields[5].replace("\\%", "")


def test_installing_another_kind_of_timer_removes_the_first(
    type_in: CommandLine, systemctl: FakeProgram, crontab: Path, home: Path
) -> None:
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    type_in.ok("reminder", *HALF_PAST_NINE, "--using", "cron", "--yes")
    assert units(home) == []
    assert "calmtrack reminder" in crontab.read_text()
    assert systemctl.calls


@pytest.mark.usefixtures("path")
def test_without_any_scheduler_it_says_what_to_do(type_in: CommandLine) -> None:
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "calmtrack nudge" in answer.err


# The command that the timer runs


def test_the_installed_command_works(
    type_in: CommandLine, crontab: Path, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "CALMTRACK_HOME", str(three_weeks.location.path and three_weeks.location.path.parent)
    )
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    monkeypatch.delenv("CALMTRACK_HOME")
    command = crontab.read_text().splitlines()[-1].split(" ", 5)[5].replace("\\%", "%")
    assert f"--diary {shlex.quote(str(three_weeks.location.path))}" in command

    def output() -> tuple[int, str, str]:
        done = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=120
        )
        return done.returncode, done.stdout, done.stderr

    code, sentence, _ = output()
    assert code == 0
    assert sentence.startswith("How calm was today?")
    three_weeks.rate(4)
    assert output() == (0, "", "")


@pytest.mark.parametrize("variable", ["CALMTRACK_HOME", "XDG_CONFIG_HOME"])
def test_the_reminder_uses_the_language_of_the_settings(
    type_in: CommandLine,
    crontab: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv(variable, str(tmp_path / "a place"))
    type_in.ok("config", "language", "de")
    type_in.ok("reminder", *HALF_PAST_NINE, "--yes")
    monkeypatch.delenv(variable)
    command = crontab.read_text().splitlines()[-1].split(" ", 5)[5].replace("\\%", "%")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wie ruhig war es heute?" in done.stdout


@pytest.mark.usefixtures("crontab")
def test_no_password_goes_into_a_timer(
    type_in: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in (
        "postgresql://anna:secret@db/diary",
        "postgresql://anna@db/diary?password=secret",
    ):
        monkeypatch.setenv("CALMTRACK_DATABASE_URL", url)
        answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
        assert (answer.code, answer.out) == (2, "")
        assert "secret" not in answer.err
    url = "postgresql://anna@db/diary?sslmode=verify-full"
    monkeypatch.setenv("CALMTRACK_DATABASE_URL", url)
    assert url in type_in.ok("reminder", *HALF_PAST_NINE, "--yes").out


@pytest.mark.usefixtures("crontab")
def test_a_path_with_a_line_break_is_rejected(type_in: CommandLine) -> None:
    answer = type_in("--diary", "/tmp/a\n* * * * * x", "reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.out) == (2, "")


# What is written for each scheduler


@pytest.mark.parametrize("timer", SCHEDULERS.values(), ids=lambda timer: str(timer.name))
def test_the_installed_text_of_each_scheduler(
    timer: Scheduler, golden: Golden, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getuid", lambda: 501)
    call = Command(
        ("/home/anna/.local/bin/calmtrack", "--diary", "/home/anna/my diary.db"), time(21, 30)
    )
    text = "".join(f"# {one.where}\n{one.text}\n" for one in timer.units(call))
    text += "".join(f"$ {' '.join(words)}\n" for words in timer.start_commands())
    golden(f"reminder_{timer.name}.txt", text.replace(str(home), "/home/anna"))


def test_launchd_reads_the_arguments_unchanged() -> None:
    job = plistlib.loads(Launchd().texts(Command(SPECIAL_CHARACTERS, time(9, 5)))[0].encode())
    assert job["ProgramArguments"] == [*SPECIAL_CHARACTERS, "nudge", "--at", "09:05"]
    assert job["StartCalendarInterval"] == {"Hour": 9, "Minute": 5}


def test_launchd_is_installed_and_removed_with_launchctl(type_in: CommandLine, path: Path) -> None:
    program = FakeProgram(path, "launchctl")
    type_in.ok("reminder", *HALF_PAST_NINE, "--using", "launchd", "--yes")
    file = SCHEDULERS["launchd"].units(Command(("x",), time(21, 30)))[0].where
    assert Path(file).is_file()
    assert any(file in call for call in program.calls)
    assert "21:30" in type_in.ok("reminder", "status").out
    type_in.ok("reminder", "remove")
    assert not Path(file).exists()


def test_launchd_is_the_default_on_macos(
    monkeypatch: pytest.MonkeyPatch, systemctl: FakeProgram
) -> None:
    assert default_scheduler(None).name == "systemd"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_scheduler(None).name == "launchd"
    assert systemctl.calls
