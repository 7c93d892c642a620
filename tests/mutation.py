"""Mutation score: changes one place of the code at a time, and counts the changes tests notice.

    python -m tests.mutation rules --seed 1 --sample 300
    python -m tests.mutation importers formats --seed 1 --sample 300

Runs the tests in the folders of --tests once and records which lines of the packages each of them
executes. Then, for each mutant of a random sample, forks a process that replaces the code of the
changed function and runs the tests that execute its line, the quickest first, until one fails. A
change outside of a function takes effect by importing, so that process imports `tracker` and the
tests again. Prints the mutants that survive: those that no test noticed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import gc
import importlib.machinery
import linecache
import os
import random
import resource
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import TYPE_CHECKING

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from _typeshed import TraceFunction

ROOT = Path(__file__).parent.parent

_OPTIONS = (
    "--numprocesses=0",
    "--assert=plain",
    "--capture=no",
    "-p",
    "no:cacheprovider",
    f"--rootdir={ROOT}",
)

SECONDS_OF_TESTS = 15.0
"""Limit of processor seconds per mutant: of the tests that reach its line, those beyond it aren't
run."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
_MESSAGES = {"_", "ngettext", "pgettext", "npgettext", "N_", "TypeVar", "cast"}
"""Functions whose arguments aren't mutated: messages for users, and types."""


@dataclass(frozen=True)
class Mutant:
    """One mutation: the `number`-th in its file, in the order of `_places`."""

    path: Path
    number: int
    line: int
    kind: str
    is_in_function: bool

    def __str__(self) -> str:
        text = linecache.getline(str(self.path), self.line).strip()
        return f"{self.path.relative_to(ROOT)}:{self.line} #{self.number} {self.kind} | {text}"

    def code(self) -> CodeType:
        """Compiles the module with this one mutation."""
        tree = ast.parse(_source(self.path))
        node, kind, _ = list(_places(tree))[self.number]
        _change(node, kind)
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


def mutants(path: Path) -> list[Mutant]:
    """All mutants of one file."""
    return [
        Mutant(path, number, getattr(node, "lineno", 0), kind, is_in_function)
        for number, (node, kind, is_in_function) in enumerate(_places(ast.parse(_source(path))))
    ]


@functools.cache
def _source(path: Path) -> bytes:
    """Caches a file's text, as it may be edited while mutants run."""
    return path.read_bytes()


def _places(node: ast.AST, is_in_function: bool = False) -> Iterator[tuple[ast.AST, str, bool]]:
    """The nodes to mutate in a syntax tree, in source order: node, kind of mutation, and whether
    the node is inside a function."""
    for kind in _kinds(node):
        yield node, kind, is_in_function
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns") or _is_typing(node):
            continue
        is_body = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and field == "body"
        for child in value if isinstance(value, list) else [value]:
            is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not is_docstring and not _is_message(child):
                yield from _places(child, is_in_function or is_body)


def _is_typing(node: ast.AST) -> bool:
    """Whether a node only restricts types or usage, so that no test can notice a change: Literal,
    __all__, the options of dataclass(), and strict= of zip()."""
    match node:
        case ast.keyword(arg="strict" | "frozen" | "slots" | "kw_only"):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
    return False


def _is_message(node: ast.AST) -> bool:
    """Whether a node is a call of one of `_MESSAGES`, or an f-string."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _MESSAGES
    return isinstance(node, ast.JoinedStr)


def _kinds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=ops):
            yield from (f"compare{n}" for n, op in enumerate(ops) if type(op) in _COMPARISONS)
        case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
            yield "arithmetic"
        case ast.BoolOp():
            yield "and/or"
        case ast.UnaryOp(op=ast.Not()):
            yield "not"
        case ast.Constant(value=bool() | int() | float() | str()):
            yield "constant"
        case ast.If() | ast.IfExp() | ast.While():
            yield "condition"
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield "return"


def _change(node: ast.AST, kind: str) -> None:
    match node:
        case ast.Compare(ops=ops):
            place = int(kind.removeprefix("compare"))
            ops[place] = _COMPARISONS[type(ops[place])]()
        case ast.BinOp(op=op):
            node.op = _ARITHMETIC[type(op)]()
        case ast.BoolOp(op=op):
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(operand=operand):
            node.operand = ast.UnaryOp(ast.Not(), operand)
        case ast.Constant(value=value):
            node.value = _other(value)
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), copy.copy(node.test))
        case ast.Return():
            node.value = ast.Constant(None)


def _other(value: object) -> str | bool | int | float:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    assert isinstance(value, int | float)
    return value + 1


class FixedExamples:
    """A pytest plugin: Hypothesis tries the same examples for every mutant, and stops at the first
    that fails."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        steps = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutation", hypothesis.settings(), derandomize=True, database=None, phases=steps
        )
        hypothesis.settings.load_profile("mutation")


class Measurement:
    """A pytest plugin that runs the collected tests once and then the mutants."""

    def __init__(self, sample: list[Mutant], first: str, processes: int) -> None:
        self.sample = sample
        self.first = first
        self.processes = processes
        self.files = {str(mutant.path) for mutant in sample}
        self.reached: dict[tuple[str, int], set[pytest.Item]] = defaultdict(set)
        self.seconds: dict[pytest.Item, float] = {}
        self.running: pytest.Item
        self.functions: list[FunctionType] = []
        self.caches: list[functools._lru_cache_wrapper[object]] = []
        self.tables: list[dict[object, object]] = []
        """Instances of subclasses of dict in `tracker`, which serve as caches."""
        self.failed: set[str] = set()
        self.survivors: list[Mutant] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_once(session.items)
        gc.unfreeze()
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType) and thing.__code__.co_filename in self.files:
                self.functions.append(thing)
            if isinstance(thing, functools._lru_cache_wrapper) and "tracker" in thing.__module__:
                self.caches.append(thing)
            if isinstance(thing, dict) and "tracker" in type(thing).__module__:
                self.tables.append(thing)
        gc.freeze()
        waiting = list(self.sample)
        running: dict[int, Mutant] = {}
        while waiting or running:
            if waiting and len(running) < self.processes:
                mutant = waiting.pop(0)
                child = os.fork()
                if child == 0:
                    self._run_mutant(mutant)
                running[child] = mutant
                continue
            child, status = os.wait()
            if child in running:
                mutant = running.pop(child)
                if status == 0:
                    self.survivors.append(mutant)
                    print(f"survived: {mutant} ({len(waiting)} to go)", flush=True)
        return True

    def _run_once(self, items: list[pytest.Item]) -> None:
        """Runs all tests, and records the lines that each reaches and how long it took."""
        threading.settrace(self._trace)
        for item, following in zip(items, items[1:] + items[:1], strict=True):
            started = time.process_time()
            self.running = item
            sys.settrace(self._trace)
            runtestprotocol(item, nextitem=following, log=True)
            sys.settrace(None)
            self.seconds[item] = time.process_time() - started
        for name in sorted(self.failed):
            print(f"fails without any change, and is left out: {name}")

    def _trace(self, frame: FrameType, event: str, _: object) -> TraceFunction | None:
        """Records a line of the packages that the running test reaches."""
        path = frame.f_code.co_filename
        if path not in self.files:
            return None
        self.reached[path, frame.f_lineno].add(self.running)
        return self._trace

    def _tests_of(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests that reach a mutant's line: those of its package first, then by duration. For a
        mutation outside of functions those that reach its file, and then all others."""
        path = str(mutant.path)
        reaching = {
            item
            for (file, line), items in self.reached.items()
            for item in items
            if file == path and (line == mutant.line or not mutant.is_in_function)
        }

        def order(item: pytest.Item) -> tuple[bool, bool, float]:
            is_far = not item.nodeid.startswith(self.first)
            return item not in reaching, is_far, self.seconds[item]

        candidates = reaching if mutant.is_in_function else self.seconds
        items = [item for item in candidates if item.nodeid not in self.failed]
        chosen, total = [], 0.0
        for item in sorted(items, key=order):
            total += self.seconds[item]
            if total > SECONDS_OF_TESTS:
                break
            chosen.append(item)
        return chosen

    def _run_mutant(self, mutant: Mutant) -> None:
        """Runs the tests of a mutant in a child process, and exits with 0 if all of them pass."""
        items = self._tests_of(mutant)
        seconds = int(10 + 3 * sum(self.seconds[item] for item in items))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        signal.alarm(60 * seconds)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            if mutant.is_in_function:
                os._exit(self._survives_exchange(mutant, items))
            os._exit(_survives_import(mutant, items))
        except BaseException:  # whatever was raised, the tests noticed the mutation
            os._exit(2)

    def _survives_exchange(self, mutant: Mutant, items: list[pytest.Item]) -> int:
        _exchange(mutant, self.functions)
        for cached in self.caches:
            cached.cache_clear()
        for table in self.tables:
            table.clear()
        self.failed.clear()
        for item, following in zip(items, items[1:] + items[:1], strict=True):
            # An endless loop counts as noticed: the signal ends the process.
            signal.setitimer(signal.ITIMER_PROF, 2 + 5 * self.seconds[item])
            runtestprotocol(item, nextitem=following if len(items) > 1 else None, log=True)
            if self.failed:
                return 1
        return 0


def _exchange(mutant: Mutant, functions: Iterable[FunctionType]) -> None:
    """Replaces the code objects of the functions of the mutant's file by the mutated ones."""
    changed = dict(_functions(mutant.code()))
    for function in functions:
        code = function.__code__
        if code.co_filename == str(mutant.path):
            function.__code__ = changed.get((code.co_qualname, code.co_firstlineno), code)


def _functions(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield (part.co_qualname, part.co_firstlineno), part
            yield from _functions(part)


def _survives_import(mutant: Mutant, items: list[pytest.Item]) -> int:
    if not items:
        return 0
    code = mutant.code()
    get_code = importlib.machinery.SourceFileLoader.get_code

    def changed(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return code if loader.path == str(mutant.path) else get_code(loader, name)

    importlib.machinery.SourceFileLoader.get_code = changed  # type: ignore[assignment,method-assign]
    for name in list(sys.modules):
        if name.split(".")[0] in ("tracker", "tests") and name != __name__:
            del sys.modules[name]
    os.chdir(ROOT)
    return int(pytest.main([*_OPTIONS, "-x", *(item.nodeid for item in items)], [FixedExamples()]))


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+", help="below tracker/, such as rules")
    parser.add_argument("--tests", nargs="+", default=["rules", "diary", "importers", "cli"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="+", help="such as rules/calm.py:61")
    parser.add_argument("--thorough", action="store_true")
    options = parser.parse_args(arguments)
    folders = [ROOT / "tracker" / package for package in options.packages]
    paths = sorted(path for folder in folders for path in folder.rglob("*.py"))
    pool = [mutant for path in paths for mutant in mutants(path)]
    sample = random.Random(options.seed).sample(pool, min(options.sample, len(pool)))
    if options.only:
        sample = [one for one in pool if any(text in str(one) for text in options.only)]
    print(f"{len(pool)} mutants in {len(paths)} files, a sample of {len(sample)}", flush=True)
    measurement = Measurement(sample, f"tests/{options.packages[0]}", options.processes)
    tests = [str(ROOT / "tests" / name) for name in options.tests]
    extra = ["--thorough"] if options.thorough else []
    pytest.main([*_OPTIONS, *extra, *tests], [FixedExamples(), measurement])
    killed = len(sample) - len(measurement.survivors)
    print(f"{killed} of {len(sample)} noticed")
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print(f"{cpu:.0f} s of processor time")


if __name__ == "__main__":
    main()
