"""Combines the entries of a mood tracker, of which a day can have several, into evenings.

An evening has the mean of the scores of the day's moods, and the notes in order of time. It has no
score where a mood has none: the mean of the other moods would leave out a part of the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.i18n.messages import _, format_number, ngettext, round_half_up
from tracker.importers.habit_importer import LEFT_OUT, HabitImporter, HabitTarget
from tracker.importers.import_report import ForeignHabit


@dataclass(frozen=True, slots=True)
class MoodEntry:
    """An entry of a mood tracker."""

    line: int
    """The number of its line or item in the file."""
    time: str
    """HH:MM, or empty."""
    mood: str
    """The label of the mood; empty for none."""
    calm: int | None
    """The suggested calm score of the mood, 0 to 10."""
    note: str
    at: str | None
    """The moment of the entry in UTC, as in `logged_at`; None if it is unknown."""


class MoodEvenings:
    """Collects the entries of a file. The person's own scores come before suggested ones."""

    def __init__(self, importer: HabitImporter) -> None:
        self._importer = importer
        self._entries: dict[date, list[MoodEntry]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._activities: dict[str, dict[date, int]] = defaultdict(dict)
        """By activity, the first line of each day with it."""

    def add(self, day: date, entry: MoodEntry, activities: Iterable[str] = ()) -> None:
        """Adds an entry of a day, with the activities recorded with it."""
        calm = self._importer.choices.moods.get(entry.mood.casefold(), entry.calm)
        self._entries[day].append(replace(entry, calm=calm))
        if entry.mood:
            self._counts[entry.mood] += 1
            self._importer.moods.setdefault(entry.mood, calm)
        for name in activities:
            self._activities[name].setdefault(day, entry.line)

    def finish(self) -> None:
        """Adds an evening for each day, and the activities that become practices."""
        for day in sorted(self._entries):
            self._entries[day].sort(key=lambda entry: entry.time)
            self._add_evening(day, self._entries[day])
        self._report_combined()
        self._add_activities()
        self._report_moods()
        self._report_unknown_moods()

    def _report_unknown_moods(self) -> None:
        """Reports scores of moods that the file doesn't have: one moods file can serve several
        exports, but a name in it can also be a slip."""
        known = {mood.casefold() for mood in self._counts}
        if unknown := [one for one in self._importer.choices.moods if one not in known]:
            self._importer.report(
                _("Moods with a score that aren't in the file: {names}."), names=", ".join(unknown)
            )

    def _report_combined(self) -> None:
        several = [one for one in self._entries.values() if len(one) > 1]
        rated = sum(_evening_of(entries)[0] is not None for entries in several)
        if rated:
            message = ngettext(
                "On {days} day, several entries were combined into one evening, with the "
                "average score and all notes.",
                "On {days} days, several entries were combined into one evening, with "
                "the average score and all notes.",
                rated,
            )
            self._importer.report(message, days=format_number(rated))
        if unrated := len(several) - rated:
            message = ngettext(
                "On {days} day, several entries were combined into one note.",
                "On {days} days, several entries were combined into one note.",
                unrated,
            )
            self._importer.report(message, days=format_number(unrated))

    def _add_evening(self, day: date, entries: Sequence[MoodEntry]) -> None:
        calm, note = _evening_of(entries)
        first_line = min(entry.line for entry in entries)
        # A later export of a day adds entries to it, most often after the others.
        earlier = [_evening_of(entries[:count]) for count in range(1, len(entries))]
        self._importer.add_evening(
            first_line, day, calm, note, entries[-1].at, records=len(entries), earlier=earlier
        )

    def _add_activities(self) -> None:
        left_out: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        self._importer.activities = tuple(self._activities)
        for name, lines in self._activities.items():
            to = self._target(name)
            if to is None:
                is_chosen = self._importer.mapped_practice(name) == LEFT_OUT
                (skipped if is_chosen else left_out)[name] = len(lines)
                continue
            for day, line in lines.items():
                self._importer.add_done(line, to, day, count=False)
        if skipped:
            self._importer.report(
                _("Activities left out, as you chose (number of days in brackets): {activities}."),
                activities=_listed(skipped),
            )
        if left_out:
            message = (
                _(
                    "Activities left out (number of days in brackets): {activities}. "
                    "Before you import, press m to include them all, or p to choose some."
                )
                if self._importer.choices.in_app
                else _(
                    "Activities left out (number of days in brackets): {activities}. "
                    "To import them all, add --activities; for some of them, --map or --new."
                )
            )
            self._importer.report(message, activities=_listed(left_out))

    def _target(self, name: str) -> HabitTarget | None:
        chosen = self._importer.mapped_practice(name)
        is_wanted = self._importer.choices.activities or bool(self._importer.new_name(name))
        if chosen == LEFT_OUT or (chosen is None and not is_wanted):
            self._importer.note_habit(name, LEFT_OUT)
            return None
        return self._importer.add_habit(ForeignHabit(name))

    def _report_moods(self) -> None:
        """Reports what each mood became, and the number of days without calm because only some of
        their moods have a score."""
        moods = self._importer.moods
        unscored = [one for one in self._entries.values() if not _is_scored(one)]
        partly = sum(any(entry.calm is not None for entry in entries) for entries in unscored)
        used = {entry.mood for one in self._entries.values() if _is_scored(one) for entry in one}
        if table := [f"{m} {moods[m]} ({n})" for m, n in self._counts.items() if m in used]:
            self._importer.report(
                _("Calm scores for moods (number of entries in brackets): {table}."),
                table=", ".join(table),
            )
        without = Counter({m: n for m, n in self._counts.items() if moods[m] is None})
        if without:
            self._importer.report(
                _(
                    "Moods without a calm score stay in the notes: {moods} (in brackets: how "
                    "many entries)."
                ),
                moods=_listed(without),
            )
        if partly:
            days = format_number(partly)
            self._importer.report(
                ngettext(
                    "On {days} day, only some moods have a calm score. That evening isn't "
                    "rated, and its moods are in the note.",
                    "On {days} days, only some moods have a calm score. Those evenings "
                    "aren't rated, and their moods are in the notes.",
                    partly,
                ),
                days=days,
            )


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} ({format_number(count)})" for name, count in counts.most_common())


def _evening_of(entries: Sequence[MoodEntry]) -> tuple[int | None, str]:
    scores = [Decimal(entry.calm) for entry in entries if entry.calm is not None]
    is_rated = bool(scores) and _is_scored(entries)
    calm = round_half_up(sum(scores, Decimal(0)) / len(scores)) if is_rated else None
    several = len(entries) > 1
    texts = [_note_text(one, with_mood=calm is None, with_time=several) for one in entries]
    return calm, "\n".join(filter(None, texts))


def _is_scored(entries: Sequence[MoodEntry]) -> bool:
    return all(entry.calm is not None for entry in entries if entry.mood)


def _note_text(entry: MoodEntry, *, with_mood: bool, with_time: bool) -> str:
    mood = entry.mood if with_mood else ""
    text = " – ".join(filter(None, (mood, entry.note)))
    return f"{entry.time} {text}".strip() if with_time and text else text
