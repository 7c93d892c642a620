"""What stands in a JSON object: each value checked for its kind before it is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.errors import InputError
from tracker.i18n.messages import say
from tracker.importers.foreign_habit import is_sensible
from tracker.importers.row_collector import parse_day


class JsonObject:
    """One JSON object. Every method raises WrongInput naming the field, not the line."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, Mapping):
            raise InputError(say("json.no_object"))
        self._value: Mapping[str, Any] = value

    def __contains__(self, name: str) -> bool:
        return self._value.get(name) is not None

    def names(self) -> set[str]:
        """The names of its fields."""
        return set(self._value)

    def anything(self, name: str) -> Any:
        """Whatever stands there; None where there is nothing."""
        return self._value.get(name)

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        found = self._value.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise InputError(say("json.no_text", field=name))
        return found

    def whole(self, name: str) -> int | None:
        """A whole number."""
        found = self._value.get(name)
        if found is not None and (isinstance(found, bool) or not isinstance(found, int)):
            raise InputError(say("json.no_number", field=name))
        return found

    def number(self, name: str) -> int:
        """A whole number that has to be there."""
        found = self.whole(name)
        if found is None:
            raise InputError(say("json.no_number", field=name))
        return found

    def flag(self, name: str) -> bool:
        """True or false; false where there is nothing."""
        found = self._value.get(name, False)
        if not isinstance(found, bool):
            raise InputError(say("json.no_flag", field=name))
        return found

    def day(self, name: str) -> date:
        """A day that has to be there."""
        return parse_day(self.text(name))

    def listed(self, name: str) -> list[Any]:
        """A list; an empty one where there is none."""
        found = self._value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise InputError(say("json.no_list", field=name))
        return found


def decimal_of(cells: JsonObject, name: str) -> Decimal:
    """A number, whole or not; 0 where there is none."""
    return decimal_from(cells.anything(name) or 0, name)


def decimal_from(value: Any, name: str) -> Decimal:
    """A value as a number. Raises WrongInput naming its field."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(say("json.no_number", field=name[:40]))
    number = Decimal(str(value))
    if not is_sensible(number):
        raise InputError(say("json.no_number", field=name[:40]))
    return number
