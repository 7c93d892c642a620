"""Every sentence a person reads is in words.toml, is used, and is kind."""

from __future__ import annotations

import ast
import inspect
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest

from tracker.catalogue.practices import practice_templates
from tracker.cli.app import COMMANDS, calmtrack
from tracker.i18n import messages
from tracker.i18n.locale import set_language
from tracker.i18n.messages import say, translate_label
from tracker.location import data_dir
from tracker.models import State, Unit
from tracker.reminders import SCHEDULERS
from tracker.render.columns import DAY_COLUMNS, STREAK_COLUMNS, WEEK_COLUMNS
from tracker.render.insight_text import METHOD_LINES
from tracker.settings import LANGUAGE_CHOICES
from tracker.tui.bindings import SCREENS
from tracker.tui.screens.calm_screen import SPANS

ROOT = Path(__file__).parent.parent


def read(file: str) -> dict[str, str]:
    """The sentences of a file, by their names."""
    words: dict[str, dict[str, str]] = tomllib.loads((data_dir() / file).read_text("utf-8"))
    return {f"{part}.{key}": text for part, keys in words.items() for key, text in keys.items()}


SENTENCES = read("words.toml")
GERMAN = read("words.de.toml")
LABELS = {name[7:]: GERMAN.pop(name) for name in list(GERMAN) if name.startswith("labels.")}
"""German labels by the English ones in the code."""
HELP = {name[11:]: GERMAN.pop(name) for name in list(GERMAN) if name.startswith("help_texts.")}
"""German help by the English one in the code."""

STEPS = (
    *("log", "rate", "note", "rest", "clear", "import", "merge", "practice", "setting"),
    *("support", "coin"),
)
"""What a step of the undo log can be."""

PUT_TOGETHER = {
    "amount.{}": {f"amount.{word}" for one in Unit for word in (one.spec.singular, one.spec.plural)}
    | {"amount.week", "amount.weeks"},
    "calm.at_{}": {f"calm.at_{score}" for score in (0, 5, 10)},
    "calm.span_{}": {f"calm.span_{span or 'all'}" for span in SPANS},
    "cell.{}": {f"cell.{state}" for state in State},
    "columns.{}": {
        f"columns.{name}"
        for column in (*DAY_COLUMNS, *WEEK_COLUMNS, *STREAK_COLUMNS)
        for name in (column.over, column.heading)
        if name
    },
    "dates.{}": {"dates.weekday_names", "dates.weekdays_short", "dates.month_names"},
    "dates.{}_ago": {
        f"dates.{unit}{s}_ago" for unit in ("day", "week", "month", "year") for s in ("", "s")
    },
    "help.{}": {f"help.{state}" for state in State if state is not State.PENDING},
    "keys.{}": {"keys.undone", "keys.redone"},
    "keys.{}_nothing": {"keys.undone_nothing", "keys.redone_nothing"},
    "method.{}": {f"method.{line}" for line in range(1, METHOD_LINES + 1)},
    "reminder.by_{}": {f"reminder.by_{name}" for name in SCHEDULERS},
    "rooms.{}": {f"rooms.{one.binding.key}" for one in SCREENS if one.in_top_bar},
    "settings.language_{}": {f"settings.language_{one}" for one in LANGUAGE_CHOICES},
    "steps.{}": {f"steps.{what}" for what in STEPS},
    "unit.{}": {f"unit.{unit.name.lower()}" for unit in Unit},
    "year.steps_{}": {"year.steps_all", "year.steps_calm"},
    "week.{}": {"week.as_usual", "week.calmer", "week.lower"},
    "with_it.{}": {f"with_it.{one.id}" for one in practice_templates()},
}
"""Names that the code puts together while it runs, and all that can come of each."""

UNKIND = re.compile(r"\b(broke|broken|failed|missed|lose|losing|lost)\b|streak: 0", re.IGNORECASE)
UNKIND_IN_GERMAN = re.compile(
    r"\b(verpass|versag|versäum|verlor|verlier|verlust|gebrochen|bricht|gerissen|abgerissen"
    r"|gescheiter|scheiter|fehlgeschlagen|misslungen|schuld|faul\b|leider|vergessen)|serie: 0",
    re.IGNORECASE,
)
FORMAL = re.compile(r"\b(Sie|Ihnen|Ihre[mnrs]?|Ihr) (bitte|können|müssen|haben|sind|möchten)\b")

THE_SAME = {
    *("settings.language_en", "settings.language_de", "form.name", "import.title"),
    "reminder.by_launchd",
}
"""Sentences with a word of three letters or more that read the same in German."""

NEVER_ONE = {
    # There is another sentence for one, with a name of its own.
    *("breathe.over", "explain.rule", "explain.title", "goal.in_all", "insights.back_within"),
    *("people.times", "rest.some_skipped", "trend.rated", "week.evenings", "year.done_days"),
    *("amount.days", "amount.minutes", "amount.times", "dates.days_ago", "year.rated"),
    # It is said of many only, or the number is of a bound or a size.
    *("check.span", "cli.on_the_way", "work.rows", "trend.each", "support.too_many"),
    *("insights.few_evenings", "insights.few_switches", "keys.more_room"),
    *("insights.few_with", "insights.few_without"),
}
"""Sentences in which a number stands before a plural, and rightly."""


@dataclass(frozen=True)
class Call:
    """One say(...) in the code."""

    where: str
    name: str
    gaps: frozenset[str]
    has_more: bool
    """Whether it also hands on gaps that only show while it runs (**gaps)."""


def forget_words() -> None:
    """The words are read anew."""
    messages._text.cache_clear()
    messages._section.cache_clear()


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    """The code, read."""
    return [(path, ast.parse(path.read_text("utf-8"))) for path in (ROOT / "tracker").rglob("*.py")]


def calls() -> tuple[list[Call], set[str]]:
    """Every say() with its name written out, and the names put together from parts."""
    plain: list[Call] = []
    put_together: set[str] = set()
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id != "say" or not node.args:
                continue
            name = _counted(node.args[0])
            where = f"{path.relative_to(ROOT)}:{node.lineno}"
            gaps = frozenset(k.arg for k in node.keywords if k.arg is not None)
            has_more = any(k.arg is None for k in node.keywords)
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                plain.append(Call(where, name.value, gaps, has_more))
            elif isinstance(name, ast.IfExp):
                plain.extend(
                    Call(where, str(one.value), gaps, True)
                    for one in (name.body, name.orelse)
                    if isinstance(one, ast.Constant)
                )
            elif isinstance(name, ast.JoinedStr):
                put_together.add(_with_gaps(name))
    return plain, put_together


def _counted(name: ast.expr) -> ast.expr:
    """The name itself, where one is chosen for a count."""
    is_chosen = isinstance(name, ast.Call) and ast.unparse(name.func) == "plural_key"
    return name.args[0] if is_chosen and isinstance(name, ast.Call) else name


def for_one() -> set[str]:
    """The names of the sentences for exactly one."""
    return {
        f"{ast.literal_eval(name)}_one"
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "plural_key"
        for name in _choices(node.args[0])
    }


def _choices(name: ast.expr) -> tuple[ast.expr, ...]:
    """A name, or both of `one if … else other`."""
    return (name.body, name.orelse) if isinstance(name, ast.IfExp) else (name,)


def _with_gaps(name: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in name.values
    )


def texts() -> set[str]:
    """Every piece of text in the code."""
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def gaps_of(sentence: str) -> frozenset[str]:
    """The gaps that a sentence has."""
    return frozenset(gap for _, gap, _, _ in string.Formatter().parse(sentence) if gap is not None)


def test_each_is_said_as_toml_has_it() -> None:
    assert {name: say(name) for name in SENTENCES} == SENTENCES


def test_every_sentence_the_code_says_is_there_with_the_same_gaps() -> None:
    plain, _ = calls()
    assert [f"{call.where}: {call.name}" for call in plain if call.name not in SENTENCES] == []
    unlike = [
        f"{call.where}: {call.name}"
        for call in plain
        if not call.has_more and call.gaps != gaps_of(SENTENCES[call.name])
    ]
    assert unlike == []


def test_every_sentence_for_one_is_there_with_the_gaps_of_the_one_for_many() -> None:
    for name in for_one():
        assert gaps_of(SENTENCES[name]) == gaps_of(SENTENCES[name.removesuffix("_one")])


def test_no_number_that_can_be_one_stands_before_a_plural() -> None:
    """`1 rows`: a sentence has a form of its own for one, or is known here to need none."""
    plain = re.compile(r"\{[a-z_]+\} (rows|days|lines|notes|cells|files|evenings|times|minutes)\b")
    found = {name for name, text in SENTENCES.items() if plain.search(text)}
    assert found - {name.removesuffix("_one") for name in for_one()} == NEVER_ONE


def test_every_name_that_is_put_together_is_known_here() -> None:
    assert calls()[1] == PUT_TOGETHER.keys()
    for names in PUT_TOGETHER.values():
        assert names <= SENTENCES.keys()


def test_every_step_that_the_code_writes_has_a_name() -> None:
    written = {
        str(node.args[0].value)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("change", "_write", "_amend", "_amend_evening")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert written <= set(STEPS)
    assert "log" in written


def test_every_sentence_is_said_somewhere() -> None:
    said = texts().union(for_one(), *PUT_TOGETHER.values())
    assert SENTENCES.keys() - said == set()


def test_a_sentence_hurts_nobody() -> None:
    assert {name: text for name, text in SENTENCES.items() if UNKIND.search(text)} == {}


def test_a_german_sentence_hurts_nobody_and_says_du() -> None:
    assert {name: text for name, text in GERMAN.items() if UNKIND_IN_GERMAN.search(text)} == {}
    assert {name: text for name, text in GERMAN.items() if FORMAL.search(text)} == {}


def test_german_has_the_same_sentences_in_the_same_order() -> None:
    assert list(GERMAN) == list(SENTENCES)


def test_german_sentences_have_the_same_gaps() -> None:
    assert [n for n in SENTENCES if gaps_of(GERMAN[n]) != gaps_of(SENTENCES[n])] == []


def test_hardly_a_german_sentence_is_the_english_one() -> None:
    same = {n for n in SENTENCES if GERMAN[n] == SENTENCES[n] and has_words(SENTENCES[n])}
    assert same == THE_SAME


def has_words(text: str) -> bool:
    """Whether a text has more than gaps and a symbol of a unit, such as "{amount} km"."""
    return bool(re.search(r"[^\W\d_]{3}", re.sub(r"\{[^{}]*\}", "", text)))


def test_german_quotation_marks_come_in_pairs() -> None:
    outside = {name: re.sub("„[^„“]*“", "", text) for name, text in GERMAN.items()}
    assert {name: GERMAN[name] for name, text in outside.items() if set(text) & set("„“”")} == {}


def test_a_sentence_is_one_line() -> None:
    for sentences in (SENTENCES, GERMAN):
        assert {name: text for name, text in sentences.items() if not is_one_line(text)} == {}


def is_one_line(text: str) -> bool:
    """Whether a text is one line with something in it, and each of its gaps has a name."""
    gaps = (gap.isidentifier() for gap in gaps_of(text))
    return text == text.rstrip() != "" and "\n" not in text and all(gaps)


def test_a_part_read_alone_says_what_the_whole_file_says() -> None:
    assert {name: say(name) for name in SENTENCES} == SENTENCES


def test_a_part_of_another_language_says_what_its_whole_file_says(german: None) -> None:
    assert {name: say(name) for name in GERMAN} == GERMAN
    assert {english: translate_label(english) for english in LABELS} == LABELS
    assert {english: translate_label(english, "help_texts") for english in HELP} == HELP


def labels() -> set[str]:
    """The names and tooltips of the keys, as the code has them."""
    return {
        str(found.value)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Binding"
        for found in (*node.args[2:3], *(k.value for k in node.keywords if k.arg == "tooltip"))
        if isinstance(found, ast.Constant)
    }


def test_every_key_has_a_german_name() -> None:
    assert labels() - LABELS.keys() == set()
    assert LABELS.keys() - labels() == set()


def paragraphs(command: click.Command, context: click.Context) -> Iterator[str]:
    """Every paragraph of help of a command and of those below it."""
    texts = [command.help, *(getattr(one, "help", None) for one in command.get_params(context))]
    for text in filter(None, texts):
        yield from (" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n"))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from paragraphs(below, click.Context(below, info_name=name, parent=context))


def test_all_help_has_german_words() -> None:
    said = {
        *paragraphs(calmtrack, click.Context(calmtrack, **calmtrack.context_settings)),
        *(o.help for o in COMMANDS.values()),
    }
    headings = {"Usage:", "Options", "Commands", "[required]"}
    assert said - HELP.keys() == set()
    assert HELP.keys() - said == headings


def test_a_label_is_said_in_the_language_of_the_run(german: None) -> None:
    assert translate_label("Undo") == "Zurücknehmen"
    assert translate_label("Something new") == "Something new"
    set_language("en")
    assert translate_label("Undo") == "Undo"


def test_german_is_said_with_its_gaps_filled(german: None) -> None:
    for name, text in GERMAN.items():
        said = say(name, **dict.fromkeys(gaps_of(text), "×"))
        assert said == re.sub(r"\{\w+\}", "×", text)


def test_what_german_has_no_words_for_yet_is_said_in_english(
    german: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("words.toml", "words.de.toml"):
        text = (data_dir() / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace('note = "Notiz: {note}"', ""), "utf-8")
    monkeypatch.setattr("tracker.i18n.messages.data_dir", lambda: tmp_path)
    forget_words()
    try:
        assert say("day.note", note="x") == "Note: x"
        assert say("tonight.done") == "Das war heute. Schlaf gut."
    finally:
        monkeypatch.undo()
        forget_words()


def test_what_a_person_wrote_is_put_in_as_it_is() -> None:
    said = say("practice.unknown", text="{names} [b]%s[/b] \\n")
    assert "“{names} [b]%s[/b] \\n”" in said


def test_a_sentence_that_is_not_there_is_a_mistake_of_ours() -> None:
    for name in ("week.nonsense", "nonsense.nothing", "week"):
        with pytest.raises(KeyError):
            say(name)
