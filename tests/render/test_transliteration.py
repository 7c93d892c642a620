"""Characters that the output's encoding lacks are replaced by similar ones."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tracker.i18n.messages import set_language
from tracker.render.transliteration import encodable, lacks_characters


@pytest.mark.parametrize(
    ("code", "encoding", "text", "encoded"),
    [
        ("de", "ascii", "Übung: „größer“ …", 'Uebung: "groesser" ...'),
        ("es", "ascii", "¿Añadir «Café»?", 'Anadir "Cafe"?  '),
        ("en", "ascii", "Müller, naïve", "Muller, naive"),
        ("en", "ascii", "x\u0302 日 Ω", "x ? ? "),
        ("de", "latin-1", "für „dich“", 'für "dich"'),
        ("de", "cp1252", "„größer“ ●", "„größer“ ?"),
    ],
)
def test_a_text_in_an_encoding(code: str, encoding: str, text: str, encoded: str) -> None:
    set_language(code)
    assert lacks_characters(encoding)
    assert "".join(encodable([text], encoding)).rstrip() == encoded.rstrip()


@pytest.mark.parametrize("line", ["  Übung   3    größer     4", "  日本   3", "¿Qué?    3"])
def test_columns_stay_in_place(line: str) -> None:
    set_language("de")
    (encoded,) = encodable([line], "ascii")
    assert encoded.isascii()
    assert len(encoded) == cell_len(line)
    assert cell_len(line[: line.rindex(" ")]) == encoded.rindex(" ")


def test_a_later_part_of_the_line_gives_way() -> None:
    set_language("de")
    assert list(encodable(["für", "   ", "3"], "ascii")) == ["fuer", "  ", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "no such encoding"])
def test_unicode_lacks_nothing(encoding: str) -> None:
    assert not lacks_characters(encoding)
