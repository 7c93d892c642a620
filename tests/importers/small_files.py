"""Invented files of other trackers, of a few lines each, in the shapes that real exports have."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any


def a_daylio_backup(**changes: Any) -> bytes:
    """A `.daylio` backup of three days: two entries on the first, one with tags and HTML on the
    second, one with a mood of its own on the third."""
    moods = [
        {"id": 1, "custom_name": "", "mood_group_id": 1, "predefined_name_id": 1},
        {"id": 2, "custom_name": "", "mood_group_id": 2, "predefined_name_id": 2},
        {"id": 5, "custom_name": "furchtbar", "mood_group_id": 5, "predefined_name_id": 5},
        {"id": 9, "custom_name": "gelassen", "mood_group_id": 2, "predefined_name_id": -1},
    ]
    tags = [{"id": 3, "name": "Spaziergang", "state": 0}, {"id": 4, "name": "Lesen", "state": 0}]
    whole = {
        "version": 15,
        "customMoods": moods,
        "tags": tags,
        "dayEntries": [
            a_daylio_entry(3, mood=9, tags=[3], assets=[7]),
            a_daylio_entry(2, mood=1, tags=[3, 4], note="<p>a <b>long</b> walk</p>"),
            a_daylio_entry(1, mood=5, hour=21, note_title="Evening", note="tired"),
            a_daylio_entry(1, mood=2, hour=8),
        ],
        "goals": [{"id": 1}],
        "goalEntries": [],
    }
    return daylio_zip(json.dumps(whole | changes).encode())


def a_daylio_entry(day: int, **fields: Any) -> dict[str, Any]:
    """An entry of November 2026; Daylio counts months from 0."""
    entry = {"day": day, "month": 10, "year": 2026, "hour": 20, "minute": 5, "tags": []}
    moment = datetime(2026, 11, day, 19, 5, tzinfo=UTC).timestamp() if day < 31 else 0
    return entry | {"datetime": int(moment) * 1000, "timeZoneOffset": 3_600_000} | fields


def daylio_zip(plain: bytes) -> bytes:
    """A backup with these bytes as its JSON."""
    return zipped({"backup.daylio": base64.b64encode(plain)})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


SMALL_FILES: dict[str, bytes] = {
    "small.dijo.json": (
        b'[{"type": "Count", "name": "hugs", "stats": {"2026-11-22": 2, "2026-11-23": 1}, "goal":'
        b' 3, "auto": false}, {"type": "Bit", "name": "walk", "stats": {"2026-11-22": true},'
        b' "goal": true, "auto": false}]'
    ),
    "small.daylio": a_daylio_backup(),
}
"""By the names under which tests import them."""
