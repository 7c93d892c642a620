"""The file formats by themselves: exact limits, and how much of a text a message quotes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.errors import InputError
from tracker.formats import cell_parsing, json_mapping, json_reader
from tracker.formats.csv_format import Row
from tracker.formats.input_file import open_zip
from tracker.formats.json_reader import JsonDocument, JsonObject
from tracker.i18n.messages import round_half_up
from tracker.importers.habit_importer import HabitImporter, ImportChoices
from tracker.importers.import_report import ForeignHabit
from tracker.importers.trackers.daylio import read_moods


def message_of(act: Callable[..., object], *arguments: object) -> str:
    """The message of the InputError that a function raises."""
    with pytest.raises(InputError) as raised:
        act(*arguments)
    return str(raised.value)


LONG = "".join(chr(ord("a") + n % 26) for n in range(90))


def test_a_message_quotes_forty_characters() -> None:
    quoted = f'"{LONG[:40]}"'
    assert quoted in str(cell_parsing.date_error(LONG))
    assert quoted in str(cell_parsing.mark_error(LONG))
    acts: list[Callable[[str], object]] = [
        cell_parsing.parse_number,
        cell_parsing.parse_decimal,
        cell_parsing.parse_day,
        cell_parsing.parse_order,
        lambda text: cell_parsing.parse_date(text, "YMD"),
        lambda text: JsonObject({text: "1"}).integer(text),
        lambda text: JsonObject({text: "1"}).decimal(text),
    ]
    for act in acts:
        assert quoted in message_of(act, LONG)
    unclear = f"3/4/2026 {LONG}"
    assert f'"{unclear[:40]}" could be' in message_of(cell_parsing.order_of, [unclear])


def test_numbers_are_valid_up_to_a_limit() -> None:
    assert cell_parsing.parse_number("-999999999999.0") == -999_999_999_999
    assert "isn't a whole number" in message_of(cell_parsing.parse_number, "1" * 13)
    assert cell_parsing.parse_decimal("1000000000000") == Decimal(10**12)
    assert cell_parsing.parse_decimal("-1e12") == Decimal(-(10**12))
    for text in ("1000000000001", "-1000000000001", "nan", "inf", ""):
        assert "isn't a number" in message_of(cell_parsing.parse_decimal, text)
    halves = [round_half_up(Decimal(n) / 2) for n in (-3, -1, 1, 3)]
    assert halves == [-1, 0, 1, 2]


def test_a_cell_of_a_missing_column_is_empty() -> None:
    row = Row(2, {"a": " 'x\u00a0 ", "note": "'=1", "other (raw)": "'=1"})
    assert (row.cell("a"), row.cell("b")) == ("'x\u00a0", "")
    assert (row.text("note"), row.text("other"), row.text("b")) == ("=1", "'=1", "")


def _refuse(document: JsonDocument, value: int) -> None:
    with document.items() as items:
        for item in items:
            if item.value == value:
                raise InputError("No.")


def test_an_item_is_named_by_its_place_in_a_list() -> None:
    document = JsonDocument((("version", 7), ("days", [1, 2, 3]), ("", [5])))
    with document.items() as items:
        assert [(item.part, item.number, item.value) for item in items] == [
            ("version", 0, 7),
            *(("days", number, number) for number in (1, 2, 3)),
            ("", 1, 5),
        ]
    for value, position in ((7, '"version": '), (2, 'Item 2 of "days": '), (5, "Item 1: ")):
        assert message_of(_refuse, document, value).startswith(f"{position}No.")
    with document.items("days") as items:
        assert [item.number for item in items] == [1, 2, 3]


def test_the_fields_of_json_have_types() -> None:
    one = JsonObject({"n": 3, "t": "x", "f": True, "l": [1], "null": None, "half": 0.5})
    assert (one.integer("n"), one.integer("null"), one.integer("none")) == (3, None, None)
    assert (one.text("t"), one.text("null"), one.text("none")) == ("x", "", "")
    assert (one.flag("f"), one.flag("none")) == (True, False)
    assert (one.array("l"), one.array("null")) == ([1], [])
    assert (one.decimal("half"), one.decimal("none")) == (Decimal("0.5"), Decimal(0))
    assert ("n" in one, "null" in one, "none" in one) == (True, False, False)
    assert one.child("none").names() == set()
    wrong: list[tuple[Callable[[str], object], str, str]] = [
        (one.integer, "f", "must be a whole number"),
        (one.integer, "half", "must be a whole number"),
        (one.required_integer, "none", "must be a whole number"),
        (one.decimal, "f", "must be a whole number"),
        (one.decimal, "t", "must be a whole number"),
        (one.text, "n", "must be text"),
        (one.flag, "null", "must be true or false"),
        (one.array, "t", "must be a list"),
        (one.child, "l", "must be a JSON object"),
        (one.day, "none", "don't recognise the date"),
    ]
    for act, field, problem in wrong:
        assert problem in message_of(act, field)


AT = "2026-11-24T20:15:03.000000Z"


def a_row(**fields: object) -> JsonObject:
    """A row of calmtrack's JSON, of any kind."""
    return JsonObject({"updated_at": AT} | fields)


def test_a_setting_in_json_has_a_key_and_a_value_up_to_a_length() -> None:
    longest = "v" * (1_000_000 - len('""'))
    for key, value in (("k" * 100, longest), ("k", 7)):
        read = json_mapping.parse_app_state(a_row(key=key, value=value))
        assert read == (key, value, AT)
    for key, value in (("", 7), ("k" * 101, 7), ("k\0", 7), ("k", f"{longest}v"), ("k", "\ud800")):
        message = message_of(json_mapping.parse_app_state, a_row(key=key, value=value))
        assert message == f'calmtrack can\'t use the value of "{key[:100]}" in this file.'


def test_a_time_of_change_lies_between_1900_and_2200() -> None:
    for day in ("1900-01-01", "2200-12-31"):
        at = f"{day}T20:15:03.000000Z"
        assert json_mapping.parse_change_time(a_row(updated_at=at)) == at
    for text in ("1899-12-31T23:59:59.999999Z", "2201-01-01T00:00:00.000000Z", AT[:-2], ""):
        message = message_of(json_mapping.parse_change_time, a_row(updated_at=text))
        assert message.startswith(f'I don\'t recognise the time "{text}".')


def test_a_moment_in_unix_seconds_lies_between_1970_and_2191() -> None:
    moments = {n: cell_parsing.unix_moment(n) for n in (-1, 0, 1, 6_999_999_999, 7_000_000_000)}
    assert list(moments.values()) == [
        *(None, None, "1970-01-01T00:00:01Z", "2191-10-27T12:26:39Z", None)
    ]
    assert cell_parsing.unix_moment(None) is None


def test_a_practice_in_json_is_named_in_what_is_wrong_with_it() -> None:
    goal = {"from_day": "2026-11-01", "amount": 1, "days_per_week": 7}
    tea = {"id": "tea", "name": "Tea", "unit": "times", "step": 1, "added_on": "2026-11-01"}
    tea |= {"position": 10**12, "goals": [goal]}
    assert json_mapping.parse_practice(a_row(**tea))[0].position == 10**9
    assert json_mapping.parse_practice(a_row(**tea | {"position": -(10**12)}))[0].position == -(
        10**9
    )
    assert json_mapping.parse_practice(a_row(**tea | {"position": 1000}))[0].position == 1000
    one_day = {"from_day": "2026-11-02", "to_day": "2026-11-02"}
    read, at = json_mapping.parse_practice(a_row(**tea, out_of_list=[one_day]))
    assert (len(read.out_of_list), at) == (1, AT)
    wrong: list[tuple[dict[str, object], str]] = [
        ({"goals": [goal, goal]}, 'The practice "Tea" needs a unit and at least one goal.'),
        ({"out_of_list": [one_day, one_day]}, 'The practice "Tea" needs a unit and'),
        ({"unit": None}, 'The practice "Tea" needs a unit and at least one goal.'),
        (
            {"out_of_list": [one_day | {"to_day": "2026-11-01"}]},
            'The practice "Tea" has an archived period that ends before it starts.',
        ),
        ({"id": f"{LONG}!"}, f"\"{LONG[:60]}\" can't be a practice's id."),
    ]
    for fields, problem in wrong:
        assert message_of(json_mapping.parse_practice, a_row(**tea | fields)).startswith(problem)
    entry = a_row(day="2026-11-24", practice="tea", state="gone")
    assert message_of(json_mapping.parse_entry, entry, str).startswith('"gone" isn\'t a state')


def test_json_has_a_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MAX_BYTES", 3 << 20)
    path = tmp_path / "large.json"
    path.write_text("[" + " " * ((3 << 20) - 2) + "]")
    with path.open() as file:
        assert json_reader.load_json(file, path).members == (("", []),)
    path.write_text("[" + " " * ((3 << 20) - 1) + "]")
    with path.open() as file:
        assert "is larger than 3 MB" in message_of(json_reader.load_json, file, path)


def write_zip(path: Path, *sizes: int, name: str = "a.csv") -> Path:
    """A zip whose files are this many zeros, each compressed to about a thousandth."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for number, size in enumerate(sizes):
            made.writestr(f"{number}{name}", bytes(size))
    return path


def names_in(path: Path) -> list[str]:
    with path.open("rb") as file, open_zip(file) as archive:
        return archive.names


def test_a_file_above_a_million_bytes_is_packed_at_most_200_to_1(tmp_path: Path) -> None:
    assert names_in(write_zip(tmp_path / "small.zip", 1_000_000, 5)) == ["0a.csv", "1a.csv"]
    with zipfile.ZipFile(tmp_path / "plain.zip", "w", zipfile.ZIP_STORED) as made:
        made.writestr("plain.csv", bytes(1_000_001))
    assert names_in(tmp_path / "plain.zip") == ["plain.csv"]
    large = write_zip(tmp_path / "large.zip", 1_000_001, name=LONG)
    assert f"({'0' + LONG[:79]})" in message_of(names_in, large)
    climbing = write_zip(tmp_path / "climbing.zip", 1, name=f"/../{LONG}")
    assert f"unsafe path ({'0/../' + LONG[:75]})" in message_of(names_in, climbing)


def test_a_zip_has_a_limit_of_files_and_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip(tmp_path / "three.zip", 100, 100, 100)
    monkeypatch.setattr("tracker.formats.input_file.MAX_FILES", 3)
    monkeypatch.setattr("tracker.formats.input_file.MAX_BYTES", 300)
    assert len(names_in(path)) == 3
    four = write_zip(tmp_path / "four.zip", 1, 1, 1, 1)
    assert "The zip is far larger" in message_of(names_in, four)
    heavy = write_zip(tmp_path / "heavy.zip", 100, 201)
    assert "The zip is far larger" in message_of(names_in, heavy)


def test_scores_of_moods_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "moods.txt"
    path.write_text("# mine\n\nSad = 2\n very  good=10\n")
    assert read_moods(path) == {"sad": 2, "very  good": 10}
    for text in ("sad 2", "sad: 2", "sad = 0,5", "sad = 11"):
        path.write_text(f"# mine\n{text}\n")
        assert message_of(read_moods, path) == (
            f"{path}, line 2: write a mood and its calm score, a whole number from 0 to 10, like "
            "this: sad = 3. Nothing was imported."
        )


def test_the_order_of_day_and_month_is_detected() -> None:
    assert cell_parsing.parse_date("24.11.2026 21:00", "DMY") == date(2026, 11, 24)
    assert "recognise the date" in message_of(cell_parsing.parse_date, "4.5.2026", "MDY")
    assert cell_parsing.order_of(["3/4/2026", "31/12/2026", ""]) == "DMY"
    # No order fits all: the most frequent one.
    assert cell_parsing.order_of(["1/31/2026", "2/31/2026", "x"]) == "MDY"
    assert cell_parsing.order_of([]) == "YMD"
    assert cell_parsing.parse_date("5 May 2026", "YMD") == date(2026, 5, 5)
    assert "recognise the date" in message_of(cell_parsing.parse_date, "5 Ma 2026", "YMD")


def test_goals_become_one_to_seven_days_per_week() -> None:
    importer = HabitImporter((), date(2026, 11, 24), ImportChoices(), "line")
    cases = {(8, 7): 7, (7, 7): 7, (1, 30): 1, (3, 14): 2, (5, 14): 3, (2, 1): 7, (1, 0): 7}
    for number, ((times, days), weekly) in enumerate(cases.items()):
        habit = ForeignHabit(f"{number}", goal=(times, days))
        assert habit.days_per_week == weekly
        importer.add_habit(habit)
    changed = [
        message.partition(":")[0]
        for message in importer.parsed_file().messages
        if "goals are per week" in message
    ]
    assert sorted(changed) == ["0", "2", "3", "4", "5", "6"]


def test_a_number_becomes_a_score_from_0_to_10() -> None:
    importer = HabitImporter((), date(2026, 11, 24), ImportChoices({"mood": "calm"}), "line")
    assert importer.unclear_date == ""
    mood = importer.add_habit(ForeignHabit("Mood", is_counted=True))
    numbers = ("-0.6", "-0.5", "0", "9.5", "10", "10.4", "10.5")
    for number, text in enumerate(numbers, 1):
        importer.add_number(number, mood, date(2026, 11, number), Decimal(text))
    parsed = importer.parsed_file()
    assert [(row.value.calm, row.value.note) for row in parsed.evenings] == [
        *((0, "(-0.5)"), (0, ""), (10, "(9.5)"), (10, ""), (10, "(10.4)")),
    ]
    assert (parsed.read, parsed.left_out) == (7, 2)
