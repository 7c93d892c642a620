"""The language of the settings, else that of the system, else English."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.i18n import messages
from tracker.i18n.messages import (
    _,
    configured_language,
    format_number,
    set_language,
    system_language,
)


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and no language chosen in this process yet."""
    monkeypatch.setenv("CALMTRACK_HOME", str(tmp_path))
    monkeypatch.setattr(messages, "_current", {})
    return tmp_path / "config.toml"


def test_the_systems_language_is_read_in_the_order_of_gettext(subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT.UTF-8@euro"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de-CH"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "deutsch"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_DE", "LANG": "en_US"}, "de"),
        ({"LC_ALL": "en_US", "LC_MESSAGES": "de_DE", "LANG": "de_DE"}, "en"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "de"),
        ({"LC_TIME": "de_DE", "LANG": "en_US"}, "en"),
        ({"LANGUAGE": "de", "LANG": "en_US"}, "de"),
        ({"LANGUAGE": "fr:de:en", "LANG": "fr_FR"}, "de"),
        ({"LANGUAGE": "en:de", "LANG": "de_DE"}, "en"),
        ({"LANGUAGE": "fr", "LANG": "de_DE"}, "en"),
        ({"LANGUAGE": "", "LANG": "de_DE"}, "de"),
        ({"LANGUAGE": "de", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "de", "LC_ALL": "C.UTF-8"}, "de"),
        ({"LANGUAGE": "de"}, "de"),
    ]
    for environment, spoken in cases:
        with subtests.test(environment=environment, spoken=spoken):
            assert system_language(environment) == spoken


def test_a_setting_wins_over_the_systems_language(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    empty_home.write_text('language = "de"\n', "utf-8")
    assert _("Monday") == "Montag"


def test_without_a_setting_the_systems_language_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert _("Monday") == "Montag"


@pytest.mark.parametrize(
    "text",
    ["", 'language = "klingon"\n', "language = 1\n", "language = [\n", '# language = "de"\n',
     'theme = "day"\n', 'language.x = "de"\n'],
)  # fmt: skip
def test_an_invalid_setting_falls_back_to_the_systems_language(empty_home: Path, text: str) -> None:
    empty_home.write_text(text, "utf-8")
    assert configured_language() == "auto"
    assert _("Monday") == "Monday"


def test_a_changed_language_applies_to_the_next_message() -> None:
    assert _("Monday") == "Monday"
    set_language("de")
    assert _("Monday") == "Montag"
    set_language("auto")
    assert _("Monday") == "Monday"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (6.5, 0, "7"),
        (7.5, 0, "8"),
        (6.25, 1, "6.3"),
        (6.35, 1, "6.4"),
        (-1.5, 0, "-2"),
        (1234, 0, "1,234"),
        (1234.04, 1, "1,234.0"),
    ],
)
def test_a_number_is_shown_rounded_half_up(value: float, places: int, shown: str) -> None:
    assert format_number(value, places) == shown
