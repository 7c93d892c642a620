"""The command line in Spanish: where its grammar asks for what English and German don't."""

from __future__ import annotations

import re

import pytest

from tests.cli.command_line import CommandLine
from tracker.diary.diary import Diary
from tracker.i18n.messages import set_language


@pytest.fixture(autouse=True)
def spanish(three_weeks: Diary) -> None:
    set_language("es")


def test_a_date_within_a_sentence_has_its_article(type_in: CommandLine) -> None:
    ahead = type_in("log", "hug", "--day", "2026-12-12").err
    assert "El sábado 12 de diciembre de 2026 está en el futuro." in ahead
    deleted = type_in("forget", "2026-11-20", "--yes").out
    assert deleted.startswith("Se eliminó el viernes 20 de noviembre de 2026 (")


@pytest.mark.parametrize("command", ["today", "week", "journal", "recap"])
def test_a_line_that_begins_with_a_weekday_has_a_capital(
    type_in: CommandLine, command: str
) -> None:
    lines = type_in.ok(command, "--plain").out.splitlines()
    weekdays = r"(lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    assert [one for one in lines if re.match(weekdays, one)] == []
    assert any(re.match(f"(?i){weekdays}", one) for one in lines)


def test_what_was_replaced_is_neither_masculine_nor_feminine(type_in: CommandLine) -> None:
    """It can be "20 minutos", "3 veces" or the calm of an evening."""
    type_in.ok("calm", "3")
    assert 'Para deshacer, ejecuta "calmtrack undo".' in type_in.ok("calm", "7").out
    restored = type_in.ok("restore", "2026-11-24", "--yes").out
    assert "Esta copia se hizo con el primer cambio" in restored
