"""Maps table rows to the dataclasses of models.py and back, and to JSON for the undo log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tracker.models import Entry, EntryState, Evening, Goal, Practice, Span, Unit

SHIPPED_AT = "1970-01-01T00:00:00.000000Z"
"""`updated_at` of a shipped practice that was never edited."""


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as a row, without its time of change."""
    return {
        "day": entry.day,
        "practice_id": entry.practice_id,
        "state": entry.state.value,
        "amount": entry.amount,
        "note": entry.note,
        "logged_at": entry.logged_at,
    }


def evening_row(evening: Evening) -> dict[str, Any]:
    """An evening as a row, without its time of change."""
    return {
        "day": evening.day,
        "calm": evening.calm,
        "note": evening.note,
        "logged_at": evening.logged_at,
    }


def practice_row(practice: Practice) -> dict[str, Any]:
    """A practice as a row, without its goals and spans and its time of change."""
    return {
        "id": practice.id,
        "key": practice.key,
        "name": practice.name,
        "question": practice.question,
        "unit": practice.unit.value,
        "step": practice.step,
        "position": practice.position,
        "overlap": practice.overlap,
        "added_on": practice.added_on,
    }


def goal_rows(practice: Practice) -> list[dict[str, Any]]:
    """A practice's goals as rows."""
    return [
        {
            "practice_id": practice.id,
            "from_day": goal.from_day,
            "amount": goal.amount,
            "days_per_week": goal.days_per_week,
        }
        for goal in practice.goals
    ]


def span_rows(practice: Practice) -> list[dict[str, Any]]:
    """A practice's archived spans as rows."""
    return [
        {"practice_id": practice.id, "from_day": span.from_day, "to_day": span.to_day}
        for span in practice.out_of_list
    ]


def entry_of(row: Mapping[Any, Any]) -> Entry:
    """The entry in a row."""
    return Entry(
        row["day"],
        row["practice_id"],
        EntryState(row["state"]),
        row["amount"],
        row["note"],
        row["logged_at"],
    )


def evening_of(row: Mapping[Any, Any]) -> Evening:
    """The evening in a row."""
    return Evening(row["day"], row["calm"], row["note"], row["logged_at"])


def practice_of(
    row: Mapping[Any, Any],
    goals: Iterable[Mapping[Any, Any]],
    spans: Iterable[Mapping[Any, Any]],
) -> Practice:
    """The practice in its row and the rows of its goals and spans, oldest first."""
    return Practice(
        id=row["id"],
        key=row["key"],
        name=row["name"],
        question=row["question"],
        unit=Unit(row["unit"]),
        step=row["step"],
        position=row["position"],
        overlap=bool(row["overlap"]),
        added_on=row["added_on"],
        goals=tuple(Goal(g["from_day"], g["amount"], g["days_per_week"]) for g in goals),
        out_of_list=tuple(Span(s["from_day"], s["to_day"]) for s in spans),
    )


def practice_json(practice: Practice) -> str:
    """A practice with goals and spans as JSON, the undo log's form."""
    return to_json(
        {
            "practice": practice_row(practice),
            "goals": goal_rows(practice),
            "out_of_list": span_rows(practice),
        }
    )


def practice_from_json(text: str) -> Practice:
    """The practice that `practice_json` wrote."""
    data = json.loads(text)
    return practice_of(
        data["practice"] | {"added_on": date.fromisoformat(data["practice"]["added_on"])},
        [g | {"from_day": date.fromisoformat(g["from_day"])} for g in data["goals"]],
        [
            {
                "from_day": date.fromisoformat(s["from_day"]),
                "to_day": s["to_day"] and date.fromisoformat(s["to_day"]),
            }
            for s in data["out_of_list"]
        ],
    )


def entry_from_json(text: str) -> Entry:
    """The entry that `to_json(entry_row(...))` wrote."""
    data = json.loads(text)
    return entry_of(data | {"day": date.fromisoformat(data["day"])})


def evening_from_json(text: str) -> Evening:
    """The evening that `to_json(evening_row(...))` wrote."""
    data = json.loads(text)
    return evening_of(data | {"day": date.fromisoformat(data["day"])})


def to_json(row: Mapping[Any, Any]) -> str:
    """A row as canonical JSON: sorted keys, ISO dates."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, default=date.isoformat)
