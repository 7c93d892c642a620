"""Creates a diary: with shipped practices, or with the year of the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.models import Entry, EntryState, Evening, Goal, PageData, Practice, Span, Unit

if TYPE_CHECKING:
    from tracker.store.writer import Writer


def initialise(writer: Writer, today: date, practice_ids: tuple[str, ...] | None) -> None:
    """Begins a diary with the chosen practices; None adds the default ones."""
    writer.remember("begun_on", today.isoformat())
    if practice_ids is not None:
        writer.remember("welcomed", True)
    writer.save_shipped(new_practices(today, practice_ids))


def new_practices(today: date, practice_ids: tuple[str, ...] | None = None) -> list[Practice]:
    """The practices of a new diary, each at its place in the shipped list: so on every computer
    they have the same, whichever were chosen there, and a merge moves none."""
    from tracker.catalogue import default_ids, practice_templates

    chosen = default_ids() if practice_ids is None else practice_ids
    return [
        template.practice(position, today)
        for position, template in enumerate(practice_templates(), start=1)
        if template.id in chosen
    ]


def empty_page_data(today: date) -> PageData:
    """The rows of a diary that would be created today."""
    return PageData(tuple(new_practices(today)), {}, {}, {}, {}, {})


def add_demo_year(writer: Writer, today: date, now: datetime) -> None:
    """Adds the demo's rows to a new diary: a year of an invented person that ends yesterday.

    data/demo.json is an export of calmtrack. Its days are shifted; its times are read as local
    times, so that an evening stays an evening in every time zone, and none lies after `now`.
    Names and notes are in the current language.
    """
    import json

    from tracker import clock
    from tracker.i18n.messages import language
    from tracker.location import data_dir

    demo = json.loads((data_dir() / "demo.json").read_text("utf-8"))
    translated = data_dir() / f"demo.{language()}.json"
    notes = json.loads(translated.read_text("utf-8")) if translated.is_file() else {}
    last = date.fromisoformat(demo["evenings"][-1]["day"])
    shift = today - timedelta(days=1) - last

    def day(text: str) -> date:
        return date.fromisoformat(text) + shift

    def moment(text: str) -> str:
        local = datetime.fromisoformat(text).replace(tzinfo=now.tzinfo) + shift
        return clock.utc_seconds(min(local, now))

    stored = {one["key"]: one["value"] for one in demo["kept"]}
    writer.remember("begun_on", day(stored["begun_on"]).isoformat())
    writer.remember("welcomed", True)
    writer.save_shipped(_demo_practices(demo["practices"], day, notes))
    writer.save_entries(
        [
            Entry(
                day(one["day"]),
                one["practice"],
                EntryState(one["state"]),
                one["amount"],
                notes.get(one["note"], one["note"]),
                moment(one["logged_at"]),
            )
            for one in demo["entries"]
        ]
    )
    writer.save_evenings(
        [
            Evening(
                day(one["day"]),
                one["calm"],
                notes.get(one["note"], one["note"]),
                moment(one["logged_at"]),
            )
            for one in demo["evenings"]
        ]
    )


def _demo_practices(
    objects: list[dict[str, Any]], day: Callable[[str], date], translated: dict[str, str]
) -> list[Practice]:
    """The demo's practices: the shipped ones as the current language has them, and one of the
    person's own."""
    from tracker.catalogue import practice_templates
    from tracker.diary.practice_lookup import suggest_key

    templates = {template.id: template for template in practice_templates()}
    taken = [templates[one["id"]].key for one in objects if one["id"] in templates]
    practices = []
    for one in objects:
        template = templates.get(one["id"])
        name, question = (translated.get(one[part], one[part]) for part in ("name", "question"))
        # A shipped practice can have the letter in the current language.
        key = suggest_key(name, taken) if one["key"] in taken else one["key"]
        practices.append(
            Practice(
                id=one["id"],
                key=key if template is None else template.key,
                name=name if template is None else template.name,
                question=question if template is None else template.question,
                unit=Unit(one["unit"]),
                step=one["step"],
                position=one["position"],
                overlap=one["overlap"],
                added_on=day(one["added_on"]),
                goals=tuple(
                    Goal(day(goal["from_day"]), goal["amount"], goal["days_per_week"])
                    for goal in one["goals"]
                ),
                out_of_list=tuple(
                    Span(
                        day(span["from_day"]),
                        None if span["to_day"] is None else day(span["to_day"]),
                    )
                    for span in one["out_of_list"]
                ),
            )
        )
    return practices
