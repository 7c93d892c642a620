"""JSON files: parsed whole under a size limit, their values checked for type before use."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from tracker.errors import InputError
from tracker.formats.cell_parsing import is_plausible, parse_day, position_error
from tracker.formats.progress import track
from tracker.i18n.messages import _, quoted

MAX_BYTES = 256 << 20
"""The size of the largest file: it is parsed in memory, where its values take about five times as
many bytes as its text."""

SAMPLE = 50
"""Elements of lists by which a format is detected."""


class JsonItem(NamedTuple):
    """One element of a list at the top of a document, or a member that is not a list."""

    part: str
    """The name of the member; empty where the whole document is a list."""
    number: int
    """The position in the list, from 1; 0 for a member that is not a list."""
    value: Any

    @property
    def object(self) -> JsonObject:
        """The value as an object. Raises InputError for any other."""
        return JsonObject(self.value)

    @property
    def position(self) -> str:
        """Names the item in a message."""
        if not self.number:
            return quoted(self.part)
        return item_position(self.number, self.part)


def item_position(number: int, part: str) -> str:
    """Names an item of a list for a message; `part` is empty where the file has only one list."""
    message = _('Item {number} of "{part}"') if part else _("Item {number}")
    return message.format(number=number, part=part)


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A parsed file."""

    members: tuple[tuple[str, Any], ...]
    """The members of the object at the top, also those of the same name; a list at the top is one
    member without a name."""

    @property
    def names(self) -> set[str]:
        """The names of the members."""
        return {name for name, _ in self.members}

    def lists(self, part: str) -> Iterator[Any]:
        """The elements of all lists of a name."""
        return (one for name, value in self.members if name == part for one in _elements(value))

    def sample(self, *parts: str) -> list[dict[str, Any]]:
        """The objects among the first elements of lists, by which a format is detected."""
        elements = chain.from_iterable(map(self.lists, parts))
        return [one for one in islice(elements, SAMPLE) if isinstance(one, dict)]

    @contextmanager
    def items(self, *parts: str) -> Iterator[Iterator[JsonItem]]:
        """Iterates over the items of `parts`, or of all members without any. An InputError raised
        inside is prefixed with the position of the current item."""
        current = JsonItem("", 0, None)

        def walk() -> Iterator[JsonItem]:
            nonlocal current
            for name, value in self.members:
                if parts and name not in parts:
                    continue
                first = 1 if isinstance(value, list) else 0
                for number, one in enumerate(_elements(value), first):
                    current = JsonItem(name, number, one)
                    yield current

        try:
            yield track(walk())
        except InputError as error:
            raise position_error(current.position, error) from error


def _elements(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def load_json(file: TextIO, path: Path) -> JsonDocument:
    """Parses a file. Raises InputError for one above MAX_BYTES or with invalid JSON, with the line
    of a syntax error. NaN and the infinities are refused; of repeated keys in an object the last
    one counts, except at the top."""
    if os.fstat(file.fileno()).st_size > MAX_BYTES:
        raise InputError(
            _(
                "{path} is larger than {most} MB, the most calmtrack can read as "
                "JSON. Nothing was imported. If the other app allows it, export a "
                "shorter period."
            ).format(path=path, most=MAX_BYTES >> 20)
        )
    members: list[tuple[str, Any]] = []

    def with_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        # The object at the top is the last one that the parser completes.
        nonlocal members
        members = pairs
        return dict(pairs)

    try:
        document = json.load(file, object_pairs_hook=with_members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _syntax_error(error.lineno) from error
    except UnicodeDecodeError:
        raise  # `utf8_errors` names its line.
    except (RecursionError, ValueError) as error:
        raise InputError(
            _(
                "{path} isn't valid JSON: one of its numbers is invalid, or its "
                "brackets are nested too deeply. Nothing was imported. Export the "
                "file again, then try again."
            ).format(path=path)
        ) from error
    if isinstance(document, list):
        members = [("", document)]
    elif not isinstance(document, dict):
        raise _syntax_error(1)
    return JsonDocument(tuple(members))


def _syntax_error(line: int) -> InputError:
    return InputError(
        _(
            "Line {line}: this isn't valid JSON, or the file ends too early. "
            "Nothing was imported. Export the file again, then try once more."
        ).format(line=line)
    )


def _number_error(field: str) -> InputError:
    return InputError(_('The value of "{field}" must be a whole number.').format(field=field[:40]))


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


class JsonObject:
    """Typed access to one JSON object. Every method raises InputError with the field's name."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, Mapping):
            raise InputError(_("This item must be a JSON object, with names and values."))
        self._value: Mapping[str, Any] = value

    def __contains__(self, name: str) -> bool:
        return self._value.get(name) is not None

    def names(self) -> set[str]:
        """The names of its fields."""
        return set(self._value)

    def value(self, name: str) -> Any:
        """The value as it was parsed; None for a missing field."""
        return self._value.get(name)

    def text(self, name: str) -> str:
        """A string; empty for a missing field or null."""
        value = self._value.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise InputError(_('The value of "{field}" must be text.').format(field=name))
        return value

    def integer(self, name: str) -> int | None:
        """A whole number; None for a missing field or null."""
        value = self._value.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise _number_error(name)
        return value

    def required_integer(self, name: str) -> int:
        """A whole number of a field that must be present."""
        value = self.integer(name)
        if value is None:
            raise _number_error(name)
        return value

    def decimal(self, name: str) -> Decimal:
        """A number; 0 for a missing field or null."""
        return decimal_from(self._value.get(name) or 0, name)

    def flag(self, name: str) -> bool:
        """A boolean; false for a missing field."""
        value = self._value.get(name, False)
        if not isinstance(value, bool):
            raise InputError(_('The field "{field}" must be true or false.').format(field=name))
        return value

    def day(self, name: str) -> date:
        """A day of a field that must be present."""
        return parse_day(self.text(name))

    def array(self, name: str) -> list[Any]:
        """A list; empty for a missing field or null."""
        value = self._value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise InputError(
                _('The value of "{field}" must be a list in square brackets.').format(field=name)
            )
        return value

    def objects(self, name: str) -> Iterator[JsonObject]:
        """The elements of a list of objects."""
        return map(JsonObject, self.array(name))

    def child(self, name: str) -> JsonObject:
        """An object; an empty one for a missing field or null."""
        return JsonObject(self._value.get(name) or {})


def decimal_from(value: Any, name: str) -> Decimal:
    """A JSON number. Raises InputError with the name of its field."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number = Decimal(str(value)) if is_number else Decimal("NaN")
    if not is_plausible(number):
        raise _number_error(name)
    return number
