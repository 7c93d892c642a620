"""Support messages and questions for notes that are changed twice, or by two at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.diary.factories import Clock
from tracker.clock import utc_micros
from tracker.diary.diary import Diary

WAIT_SECONDS = 0.2
"""Longer than a change needs to get as far as the transaction of another one."""


def add_message(diary: Diary, line: str) -> bool:
    return diary.support.add_lines([line])


def add_question(diary: Diary, line: str) -> bool:
    return diary.prompts.add([line])


@pytest.mark.parametrize(
    ("key", "add"),
    [("support", add_message), ("prompts", add_question)],
    ids=["support", "prompts"],
)
def test_what_another_process_adds_meanwhile_stays(
    diary: Diary, clock: Clock, key: str, add: Callable[[Diary, str], bool]
) -> None:
    other = Diary(diary.location, now=clock)
    with ThreadPoolExecutor(1) as pool:
        with other.store.writing(utc_micros(clock.moment)) as writer:
            added = pool.submit(add, diary, "Tea")
            time.sleep(WAIT_SECONDS)
            writer.save_app_state(key, ["Anna"])
        assert added.result()
    assert (diary.support.own_lines() or diary.prompts.own()) == ("Anna", "Tea")


def test_the_same_lines_again_are_no_undo_step(diary: Diary) -> None:
    diary.log("hug")
    assert not diary.support.set_lines([])
    assert not diary.prompts.replace([])
    assert diary.support.set_lines(["Anna", "Tea"])
    assert diary.prompts.replace(["Who called?"])
    assert not diary.support.set_lines(["Anna", " Tea"])
    assert not diary.support.add_lines(["Tea"])
    assert not diary.prompts.add(["Who called?"])
    assert diary.support.set_lines([])
    assert not diary.support.set_lines([])
    assert [step.what for step in diary.undo_steps(9)] == ["support", "prompts", "support", "log"]
