"""Every message is marked for translation, each catalog is complete, and no message scolds."""

from __future__ import annotations

import ast
import inspect
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.extract import extract_from_file

from tests.ci_script import load_script
from tracker.catalogue import practice_templates, practices_file
from tracker.cli.app import CLICK_MESSAGES, CLICK_PLURALS, COMMANDS, calmtrack
from tracker.diary.insights import WITHIN_A_SENTENCE
from tracker.i18n import messages
from tracker.i18n.messages import (
    _,
    catalog_folder,
    language_name,
    languages,
    ngettext,
    set_language,
)
from tracker.render.entry_text import STEP_MESSAGES
from tracker.tui.widgets.patterns_panel import TITLE_WIDTH

TOOLS = load_script("catalogs")
MESSAGE_FUNCTIONS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""The number of leading arguments that have to be literals."""

DISCOURAGING_WORDS = {
    "en": r"(?i:\b(broke|broken|failed|missed|lose|losing|lost)\b|streak: 0)",
    "de": r"(?i:\b(verpass|versag|versäum|verlor|verlier|verlust|gebrochen|bricht|gerissen"
    r"|abgerissen|gescheiter|scheiter|fehlgeschlagen|misslungen|schuld|faul\b|leider|vergessen)"
    r"|serie: 0)"
    # The formal address: calmtrack uses du.
    r"|\b(Sie|Ihnen|Ihre[mnrs]?|Ihr) (bitte|können|müssen|haben|sind|möchten)\b",
    "es": r"(?i:\b(fracas|fallaste|fallado|rompiste|perdiste|perder|pierdes|culpa|vago|olvidaste)"
    r"|racha: 0)"
    # The formal address: calmtrack uses tú.
    r"|\busted(es)?\b",
}
"""Words that no message may contain, by language; a new language adds its own."""

OF_CLICK = {*CLICK_MESSAGES, *(text for pair in CLICK_PLURALS for text in pair)}


@cache
def template() -> Any:
    """The messages extracted from the code."""
    return TOOLS.extract()


def catalogs_by_language() -> Iterator[tuple[str, Any]]:
    """The catalog of each language."""
    for path in TOOLS.po_files():
        yield path.parts[-3], TOOLS.read_catalog(path)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """The plural forms of a message or a translation; one item for a text without plural."""
    return (text,) if isinstance(text, str) else text


def entries(catalog: Any) -> dict[Any, Any]:
    """The translations of a catalog, without its header."""
    return {(one.context, one.id): (one.string, one.fuzzy) for one in catalog if one.id}


def fields(text: str) -> frozenset[str]:
    """The fields that `str.format` fills."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_catalog_is_up_to_date() -> None:
    for code, catalog in catalogs_by_language():
        before = entries(catalog)
        TOOLS.update(catalog, template())
        assert entries(catalog) == before, f"{code}: run .venv/bin/python .ci/catalogs.py"


def test_every_message_is_translated_completely() -> None:
    problems = []
    for code, catalog in catalogs_by_language():
        for one in catalog:
            if not one.id:
                continue
            texts = forms(one.string)
            expected = catalog.num_plurals if one.pluralizable else 1
            if one.fuzzy or not all(texts) or len(texts) != expected:
                problems.append((code, "to translate", one.id))
            elif any(_shape(text) not in map(_shape, forms(one.id)) for text in texts):
                problems.append((code, "other fields, lines or spaces", one.id))
    assert problems == []


def _shape(text: str) -> tuple[frozenset[str], int, bool, bool]:
    """The properties that a translation must share with its English text."""
    return fields(text), text.count("\n"), text[:1].isspace(), text[-1:].isspace()


def test_no_message_has_discouraging_words() -> None:
    english = [(one.id, one.id) for one in template() if one.id]
    sentences_by_language = {"en": english} | {
        code: [(one.id, one.string) for one in catalog if one.id]
        for code, catalog in catalogs_by_language()
    }
    for code, sentences in sentences_by_language.items():
        discouraging = re.compile(DISCOURAGING_WORDS.get(code, r"(?!)"))
        bad = [text for _, texts in sentences for text in forms(texts) if discouraging.search(text)]
        assert bad == [], code


def test_german_has_one_word_for_done_and_one_for_perhaps() -> None:
    """A state and a level are read on several screens, and have to be recognised."""
    catalog = dict(catalogs_by_language())["de"]
    others = re.compile(r"(?i)\b(un)?erledigt|\btendenz")
    texts = [text for one in catalog for text in forms(one.string)]
    assert [text for text in texts if others.search(text)] == []
    assert catalog.get("done").string == "geschafft"
    assert catalog.get("perhaps higher").string == "vielleicht höher"


ANOTHER_WAY = {
    "de": r"\b(W|w)ähle\b|\bjene[rsnm]?\b|Es wurde nichts importiert|(auf|Auf) deiner? Liste"
    r"|^(Zeigt|Repariert) |\} (würden|bleiben)\b|jederzeit zwischen|, um sie zurückzuholen"
    # Archived practices are in a CSV file; only when they were archived isn't.
    r"|\btiefer\b|und was archiviert ist|nicht, was archiviert ist"
    # A rating, not an entry, keeps the reminder away.
    r"|(außer|falls) du (schon etwas|noch nichts) eingetragen"
    # A heading without its noun, and a level in another word than its sentence.
    r"|^längste$|^nichts Klares$",
    "es": r"No se ha (importado|cambiado) nada|(?i:\benter|\bescape)\b|\b(Intro|Esc)\b|una terminal"
    r"|una fusión|puntuaci[óo]n(?!es$)|actualizarían \{changed\}\.|ni lo que está archivado"
    r"|ya hayas anotado algo|aún no has anotado nada"
    # Word for word from English, or without the noun that an adjective or a verb is about.
    r"|calma por completo|^por completo$|noche está abierta|días que sí|^nada claro$"
    r"|(hecha|han caído).* en \{weekday|^En Esta noche|es la fecha y|^Las siguientes"
    r"|^Descanso de|^más larga$|compruébala\.",
}
"""Words that were used beside others for the same, or that don't agree or nobody says."""


@pytest.mark.parametrize("code", ANOTHER_WAY)
def test_a_thing_is_said_in_one_way(code: str) -> None:
    others = re.compile(ANOTHER_WAY[code])
    catalog = dict(catalogs_by_language())[code]
    texts = [text for one in catalog for text in forms(one.string)]
    assert [text for text in texts if others.search(text)] == []


def test_the_titles_below_patterns_fit_their_column() -> None:
    for code, catalog in catalogs_by_language():
        for title in ("Weekdays", "After low evenings", "Rest days", "Coin-flip month"):
            assert len(catalog[title].string) <= TITLE_WIDTH, code


def test_german_quotation_marks_come_in_pairs() -> None:
    for one in dict(catalogs_by_language())["de"]:
        for text in forms(one.string) if one.id else ():
            assert not set("„“”") & set(re.sub("„[^„“]*“", "", text)), text


def test_no_german_sentence_has_an_english_key() -> None:
    catalog = dict(catalogs_by_language())["de"]
    texts = [text for one in catalog for text in forms(one.string)]
    assert [text for text in texts if re.search(r"(?i)\b(ctrl|shift)\b", text)] == []


TYPED = {
    "de": {"langer spaziergang", "frühling", "Anna anrufen, jederzeit", "Was war heute neu?"}
    | {"Bemerkungen=Notiz", "{column}=Notiz", "Gefühl=Ruhe"},
    "es": {"paseo largo", "primavera", "Llama a Anna, a cualquier hora", "¿Qué hubo de nuevo hoy?"}
    | {"Comentarios=nota", "{column}=nota", "Ánimo=calma"},
}
"""What a shell needs in straight marks, other than commands, by language."""


def test_straight_quotation_marks_stand_only_around_what_is_typed_in_a_shell() -> None:
    """All else is quoted the way the language does it: „…“ in German, «…» in Spanish."""
    fields_to_type = {"", "-", "{command}", "{command} --help", "{instead}", "{word}"}
    fields_to_type |= {"{other_command}"}
    for code, catalog in catalogs_by_language():
        allowed = fields_to_type | TYPED[code]
        for one in catalog:
            for text in forms(one.string) if one.id else ():
                for quoted in re.findall('"([^"]*)"', text):
                    typed = quoted in allowed or quoted.startswith("calmtrack ")
                    assert typed or text.startswith("{option} "), text


@cache
def trees() -> list[tuple[str, ast.Module]]:
    """The path and syntax tree of each module."""
    root = Path(messages.__file__).parents[1]
    return [
        (path.relative_to(root.parent).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in sorted(root.rglob("*.py"))
    ]


@cache
def all_calls() -> list[tuple[str, ast.Call]]:
    """Every call in the code: its position and its node."""
    return [
        (f"{path}:{node.lineno}", node)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function: its position and its node."""
    return ((place, call) for place, call in all_calls() if _name(call.func) == name)


def _literals(call: ast.Call, count: int) -> list[str]:
    """The values of the first arguments if all of them are literals, else nothing."""
    values = [one.value for one in call.args[:count] if isinstance(one, ast.Constant)]
    return [value for value in values if isinstance(value, str)] if len(values) == count else []


def formatted() -> Iterator[tuple[str, str, set[str | None]]]:
    """Every message that is formatted where it is translated: position, text, names of the
    values."""
    for place, call in all_calls():
        if not isinstance(call.func, ast.Attribute):
            continue
        message = call.func.value
        if call.func.attr != "format" or not isinstance(message, ast.Call):
            continue
        values = {one.arg for one in call.keywords}
        for text in _literals(message, MESSAGE_FUNCTIONS.get(_name(message.func), 0)):
            yield place, text, values


def test_the_code_fills_the_fields_that_a_message_has() -> None:
    found = list(formatted())
    assert len(found) > 100
    # None stands for **values, whose names aren't known statically.
    wrong = [one for one in found if None not in one[2] and not fields(one[1]) <= one[2]]
    assert wrong == []


def test_a_message_is_a_literal_or_was_marked_before() -> None:
    """Babel finds literals only; an f-string or a concatenation would never be translated."""
    wrong = [
        place
        for name, count in MESSAGE_FUNCTIONS.items()
        for place, call in calls(name)
        for argument in call.args[:count]
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (name != "_" and not isinstance(argument, ast.Constant))
    ]
    assert [place for place in wrong if not place.startswith("tracker/i18n/messages.py")] == []


def test_every_literal_is_extracted() -> None:
    """Babel skips a literal in parentheses of its own."""
    extracted = {text for one in template() for text in forms(one.id)}
    missing = [
        f"{place}: {text}"
        for name, count in MESSAGE_FUNCTIONS.items()
        for place, call in calls(name)
        for text in _literals(call, count)[name in ("pgettext", "npgettext") :]
        if text not in extracted
    ]
    assert missing == []


def test_no_function_that_translates_assigns_to_the_underscore() -> None:
    wrong = []
    for path, tree in trees():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [one for one in _own_nodes(function) if isinstance(one, ast.Name)]
                binds = any(one.id == "_" and isinstance(one.ctx, ast.Store) for one in names)
                binds = binds or any(one.arg == "_" for one in function.args.args)
                if binds and any(one.id == "_" and isinstance(one.ctx, ast.Load) for one in names):
                    wrong.append(f"{path}:{function.lineno}")
    assert wrong == []


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those in nested scopes."""
    scopes = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, scopes):
            yield from _own_nodes(child)


def test_the_description_of_every_key_binding_is_marked() -> None:
    plain = [
        place
        for place, call in calls("Binding")
        for text in (*call.args[2:3], *(k.value for k in call.keywords if k.arg == "tooltip"))
        if isinstance(text, ast.Constant) and text.value
    ]
    assert plain == []


def help_texts(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help texts of a command, its options and its subcommands."""
    texts = [command.help, *(getattr(one, "help", None) for one in command.get_params(context))]
    yield from (inspect.cleandoc(text) for text in texts if text)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from help_texts(below, click.Context(below, info_name=name, parent=context))


def test_all_help_is_marked() -> None:
    marked = {text for one in template() if one.id for text in forms(one.id)}
    shown = {
        *help_texts(calmtrack, click.Context(calmtrack, **calmtrack.context_settings)),
        *(one.help for one in COMMANDS.values()),
    }
    assert shown - marked == set()


def test_spanish_help_says_what_a_command_does() -> None:
    catalog = dict(catalogs_by_language())["es"]
    texts = help_texts(calmtrack, click.Context(calmtrack, **calmtrack.context_settings))
    translated = [catalog[text].string for text in texts if text in catalog]
    assert len(translated) > 100
    assert [text for text in translated if re.match(r"\w+[aei]r\b", text)] == []


def test_the_translated_messages_of_click_are_those_of_the_installed_version() -> None:
    folder = Path(click.__file__).parent
    keywords = {"_": None, "ngettext": (1, 2)}
    found = {
        text
        for path in folder.glob("*.py")
        for _, message, _, _ in extract_from_file("python", path, keywords=keywords)
        for text in forms(message)
    }
    assert OF_CLICK - found == {"required"}


def test_every_undo_step_that_the_code_writes_has_a_message() -> None:
    written = {
        str(node.args[0].value)
        for _, node in all_calls()
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in ("change", "_write", "_amend", "_amend_evening")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert written <= STEP_MESSAGES.keys()
    assert "log" in written


def test_every_shipped_practice_has_a_name_within_a_sentence() -> None:
    assert WITHIN_A_SENTENCE.keys() == {one.id for one in practice_templates()}


def test_a_message_is_shown_in_the_language_of_the_run(german: None) -> None:
    assert _("Undo") == "Rückgängig"
    assert ngettext("{count} week", "{count} weeks", 1) == "{count} Woche"
    assert ngettext("{count} week", "{count} weeks", 0) == "{count} Wochen"
    assert _("Something without a translation") == "Something without a translation"
    assert _("") == ""
    set_language("en")
    assert _("Undo") == "Undo"
    assert ngettext("{count} week", "{count} weeks", 0) == "{count} weeks"


def test_a_language_is_a_folder_and_has_its_own_name() -> None:
    assert languages() == ("en", "de", "es")
    assert [language_name(code) for code in languages()] == ["English", "Deutsch", "Español"]


def test_what_a_language_lacks_is_shown_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The language has neither a compiled catalog nor translated practices."""
    (tmp_path / "eo" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(messages, "catalog_folder", lambda: tmp_path)
    set_language("eo")
    assert _("Undo") == "Undo"
    assert practices_file("eo") == practices_file("en")
    assert [one.id for one in practice_templates()][:1] == ["hug"]


def test_a_folder_in_the_catalogs_makes_a_language_available(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("pt_BR", "pt", "de"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(messages, "catalog_folder", lambda: tmp_path)
    languages.cache_clear()
    try:
        assert languages() == ("en", "de", "pt", "pt_BR")
        assert messages.system_language({"LANG": "pt_BR.UTF-8"}) == "pt_BR"
        assert messages.system_language({"LANG": "pt_PT.UTF-8"}) == "pt"
    finally:
        monkeypatch.undo()
        languages.cache_clear()


def test_every_catalog_is_compiled() -> None:
    compiled = {path.parts[-3] for path in catalog_folder().glob("*/LC_MESSAGES/calmtrack.mo")}
    assert compiled == {code for code, _ in catalogs_by_language()}
