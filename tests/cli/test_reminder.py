"""The evening reminder: previewed, set with the system's scheduler, and removed."""

from __future__ import annotations

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
from tracker.reminders.crontab import Crontab
from tracker.reminders.launchd import Launchd
from tracker.reminders.reminder import SCHEDULERS, default_scheduler
from tracker.reminders.scheduler import Command, Scheduler
from tracker.reminders.systemd import Systemd, quoted

pytestmark = pytest.mark.any_day

HALF_PAST_NINE = ("install", "--at", "21:30")
ODD = ("/opt/a b/100% $HOME/calm'track", "--diary", '/home/anna/my "own" 5%\\diary.db')
"""Words with all that has a meaning somewhere."""

CRONTAB = """
case "$1" in
    -l) if [ -f "$0.tab" ]; then cat "$0.tab"; else echo "no crontab for anna" >&2; exit 1; fi;;
    -) cat > "$0.tab";;
esac
"""
OF_OTHERS = "MAILTO=anna@example.org\n#0 0 * * *   an   old one\n 30 4 * * 1  x 100\\% y"


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "anna"))
    for name in ("XDG_CONFIG_HOME", "CALMTRACK_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "anna"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH, but for what a shell script needs."""
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
def tab(path: Path) -> Path:
    """What the person's crontab holds."""
    FakeProgram(path, "crontab", does=CRONTAB)
    tab = path / "crontab.tab"
    tab.write_text(OF_OTHERS)
    return tab


def units(person: Path) -> list[str]:
    """The person's unit files."""
    folder = person / ".config" / "systemd" / "user"
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


# Where systemd runs for the person


def test_it_shows_what_it_writes_and_asks_first(
    type_in: CommandLine, systemctl: FakeProgram, person: Path
) -> None:
    answer = type_in("reminder", *HALF_PAST_NINE, stdin=b"no\n")
    assert (answer.code, answer.err) == (1, "Nothing was changed.\n")
    assert str(person / ".config/systemd/user/calmtrack-nudge.timer") in answer.out
    assert "  OnCalendar=*-*-* 21:30:00\n" in answer.out
    assert "systemctl --user enable calmtrack-nudge.timer" in answer.out
    assert systemctl.calls == [["--user", "show-environment"]]
    assert units(person) == []


def test_a_timer_of_systemd_is_set_asked_about_and_taken_away(
    type_in: CommandLine, systemctl: FakeProgram, person: Path
) -> None:
    answer = type_in.well("reminder", *HALF_PAST_NINE, stdin=b"yes\n")
    assert answer.lines[-1].endswith(
        "The reminder is set for 21:30, using your computer's own timer, systemd."
    )
    assert units(person) == ["calmtrack-nudge.service", "calmtrack-nudge.timer"]
    assert ["--user", "restart", "calmtrack-nudge.timer"] in systemctl.calls
    assert type_in.well("reminder", "status").lines == [
        "The reminder is set for 21:30, using your computer's own timer, systemd."
    ]
    type_in.well("reminder", "install", "--at", "20:05", "--yes")
    assert "20:05" in type_in.well("reminder", "status").out
    assert type_in.well("reminder", "remove").out == "Removed the reminder.\n"
    assert ["--user", "disable", "--now", "calmtrack-nudge.timer"] in systemctl.calls
    assert units(person) == []
    assert type_in.well("reminder", "status").out.startswith("No reminder is set.")
    assert type_in.well("reminder", "remove").out.startswith("No reminder is set.")


def test_where_systemd_refuses_nothing_stays_behind(
    type_in: CommandLine, path: Path, person: Path
) -> None:
    FakeProgram(path, "systemctl", does='[ "$2" = enable ] && { echo "no room" >&2; exit 1; }')
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.err) == (
        1,
        (
            "systemctl, which runs the reminder, "
            'reported a problem: "no room". Once '
            "that's fixed, try again.\n"
        ),
    )
    assert units(person) == []


def test_where_systemd_refuses_another_time_the_first_one_stays(
    type_in: CommandLine, systemctl: FakeProgram, path: Path, person: Path
) -> None:
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    folder = person / ".config/systemd/user"
    before = {one: one.read_bytes() for one in folder.iterdir()}
    assert len(before) == 2
    FakeProgram(path, "systemctl", does='[ "$2" = enable ] && { echo "no room" >&2; exit 1; }')
    assert type_in("reminder", "install", "--at", "22:00", "--yes").code == 1
    assert {one: one.read_bytes() for one in folder.iterdir()} == before
    assert systemctl.calls[-1][1] == "restart"


def test_what_can_not_be_written_leaves_nothing_half(
    type_in: CommandLine, systemctl: FakeProgram, person: Path
) -> None:
    (in_the_way := person / ".config/systemd/user/calmtrack-nudge.timer").mkdir(parents=True)
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert answer.code == 1
    assert answer.err.startswith(f"Couldn't write {in_the_way}: Is a directory.")
    assert answer.err.count("\n") == 1
    assert list(in_the_way.parent.iterdir()) == [in_the_way]
    assert not any("enable" in call for call in systemctl.calls)


def test_a_folder_that_can_only_be_read_is_reported(systemctl: FakeProgram, person: Path) -> None:
    (person / ".config").mkdir(parents=True, mode=0o500)
    answer = subprocess.run(
        [*bound_by_modes(), sys.executable, "-m", "tracker", "reminder", *HALF_PAST_NINE, "--yes"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Couldn't write {person / '.config/systemd/user'}")
    assert answer.stderr.endswith("Permission denied. Nothing there was changed.\n")
    assert not any("enable" in call for call in systemctl.calls)


def test_a_timer_that_does_not_run_is_reported(
    type_in: CommandLine, systemctl: FakeProgram, path: Path
) -> None:
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    FakeProgram(path, "systemctl", code=3)
    assert "The reminder's timer isn't running" in type_in.well("reminder", "status").lines[1]


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="needs systemd-analyze: apt-get install systemd"
)
@pytest.mark.parametrize("is_odd", [False, True])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, person: Path, is_odd: bool) -> None:
    program = tmp_path / "a b" / "100% 'calmtrack'" if is_odd else tmp_path / "calmtrack"
    program.parent.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    others = ODD[1:] if is_odd else ()
    paths = Systemd().paths()
    texts = Systemd().texts(Command((str(program), *others), time(21, 30)))
    for path, text in zip(paths, texts, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, paths)],
        capture_output=True, text=True, timeout=120,
        env={"HOME": str(person), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "calmtrack" in line]
    assert (done.returncode, ours) == (0, [])


def test_words_with_a_meaning_to_systemd_are_quoted() -> None:
    assert quoted("/usr/bin/calmtrack") == "/usr/bin/calmtrack"
    assert quoted("5%") == '"5%%"'
    assert quoted('a "b"\\c') == '"a \\"b\\"\\\\c"'


# Where there is cron only


def test_a_line_in_the_crontab_and_the_others_stay_as_they_are(
    type_in: CommandLine, tab: Path
) -> None:
    answer = type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    assert (
        answer.lines[-1] == "The reminder is set for 21:30, using your computer's own timer, cron."
    )
    *others, ours = tab.read_text().splitlines()
    assert "\n".join(others) == OF_OTHERS
    assert ours.startswith("30 21 * * * ")
    assert ours.endswith(" nudge --at 21:30 # calmtrack reminder")
    type_in.well("reminder", "install", "--at", "9:05", "--yes")
    assert tab.read_text().count("calmtrack reminder") == 1
    assert "5 9 * * * " in tab.read_text()
    assert "09:05" in type_in.well("reminder", "status").out
    type_in.well("reminder", "remove")
    assert tab.read_text().rstrip("\n") == OF_OTHERS


def test_a_first_line_in_a_crontab(type_in: CommandLine, tab: Path) -> None:
    tab.unlink()
    assert type_in.well("reminder", "status").out.startswith("No reminder is set.")
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    assert len(tab.read_text().splitlines()) == 1


def test_a_crontab_that_cannot_be_read_is_not_written_over(
    type_in: CommandLine, path: Path
) -> None:
    crontab = FakeProgram(path, "crontab", code=1, does='echo "you are not allowed" >&2')
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
    assert type_in.well("reminder", "status").out.startswith("No reminder is set.")


def test_the_shell_that_cron_starts_gets_the_words_as_they_are() -> None:
    (piece,) = Crontab().units(Command(ODD, time(21, 30)))
    fields = piece.text.split(" ", 5)
    # cron takes the backslash before a % away and hands the rest to sh.
    command = fields[5].replace("\\%", "%")
    script = f'show() {{ printf "%s\\n" "$@"; }}; show {command}'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == [*ODD, "nudge", "--at", "21:30"]
    assert "%" not in fields[5].replace("\\%", "")


def test_a_timer_of_another_kind_takes_the_place_of_the_first(
    type_in: CommandLine, systemctl: FakeProgram, tab: Path, person: Path
) -> None:
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    type_in.well("reminder", *HALF_PAST_NINE, "--using", "cron", "--yes")
    assert units(person) == []
    assert "calmtrack reminder" in tab.read_text()
    assert systemctl.calls


@pytest.mark.usefixtures("path")
def test_without_any_timer_it_says_what_can_be_done(type_in: CommandLine) -> None:
    answer = type_in("reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "calmtrack nudge" in answer.err


# What is called


def test_the_call_itself_works(
    type_in: CommandLine, tab: Path, three_weeks: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "CALMTRACK_HOME", str(three_weeks.location.path and three_weeks.location.path.parent)
    )
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    monkeypatch.delenv("CALMTRACK_HOME")
    command = tab.read_text().splitlines()[-1].split(" ", 5)[5].replace("\\%", "%")
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
def test_the_reminder_speaks_the_language_of_the_settings(
    type_in: CommandLine, tab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv(variable, str(tmp_path / "a place"))
    type_in.well("config", "language", "de")
    type_in.well("reminder", *HALF_PAST_NINE, "--yes")
    monkeypatch.delenv(variable)
    command = tab.read_text().splitlines()[-1].split(" ", 5)[5].replace("\\%", "%")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wie ruhig war es heute?" in done.stdout


@pytest.mark.usefixtures("tab")
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
    assert url in type_in.well("reminder", *HALF_PAST_NINE, "--yes").out


@pytest.mark.usefixtures("tab")
def test_a_path_with_a_line_break_is_refused(type_in: CommandLine) -> None:
    answer = type_in("--diary", "/tmp/a\n* * * * * x", "reminder", *HALF_PAST_NINE, "--yes")
    assert (answer.code, answer.out) == (2, "")


# How each of them is told


@pytest.mark.parametrize("timer", SCHEDULERS.values(), ids=lambda timer: str(timer.name))
def test_what_is_written_reads_as_it_did(
    timer: Scheduler, golden: Golden, person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getuid", lambda: 501)
    call = Command(
        ("/home/anna/.local/bin/calmtrack", "--diary", "/home/anna/my diary.db"), time(21, 30)
    )
    text = "".join(f"# {one.where}\n{one.text}\n" for one in timer.units(call))
    text += "".join(f"$ {' '.join(words)}\n" for words in timer.start_commands())
    golden(f"reminder_{timer.name}.txt", text.replace(str(person), "/home/anna"))


def test_launchd_reads_the_words_as_they_are() -> None:
    job = plistlib.loads(Launchd().texts(Command(ODD, time(9, 5)))[0].encode())
    assert job["ProgramArguments"] == [*ODD, "nudge", "--at", "09:05"]
    assert job["StartCalendarInterval"] == {"Hour": 9, "Minute": 5}


def test_launchd_is_set_and_taken_away_by_its_own_program(type_in: CommandLine, path: Path) -> None:
    program = FakeProgram(path, "launchctl")
    type_in.well("reminder", *HALF_PAST_NINE, "--using", "launchd", "--yes")
    file = SCHEDULERS["launchd"].units(Command(("x",), time(21, 30)))[0].where
    assert Path(file).is_file()
    assert any(file in call for call in program.calls)
    assert "21:30" in type_in.well("reminder", "status").out
    type_in.well("reminder", "remove")
    assert not Path(file).exists()


def test_macos_has_launchd(monkeypatch: pytest.MonkeyPatch, systemctl: FakeProgram) -> None:
    assert default_scheduler(None).name == "systemd"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_scheduler(None).name == "launchd"
    assert systemctl.calls
