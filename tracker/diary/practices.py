"""The practices of a diary: list, find, add, edit, archive, restore, move, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from tracker.diary import practice_lookup, validation
from tracker.diary.diary_base import DiaryBase
from tracker.errors import InputError
from tracker.i18n.messages import _
from tracker.i18n.units import unit_label
from tracker.models import Entry, EntryState, Goal, Practice, ShadowedWord, Span, Unit, UnitChange
from tracker.store.writer import Writer

if TYPE_CHECKING:
    from tracker.catalogue import PracticeTemplate
    from tracker.views import GoalPreview, StreakView


Change = Callable[[Sequence[Practice]], Sequence[Practice]]
"""Maps the stored practices to those to save, the changed practice first; the others only move."""


class Edit(TypedDict, total=False):
    """Changed settings of a practice; a missing one, or None, stays as it is."""

    name: str | None
    question: str | None
    key: str | None
    """"" for no letter."""
    unit: str | None
    amount: int | None
    step: int | None
    days_per_week: int | None
    overlap: bool | None
    all_days: bool
    """Whether another goal applies to every day, and not only from today on."""


class PendingQuestions(NamedTuple):
    """The questions to answer before an edit is made."""

    days: bool
    """Whether to convert days in another unit, or to begin a new practice."""
    goal: GoalPreview | None
    """From which day on the new goal counts; None where that makes no difference."""


class DeletedPractice(NamedTuple):
    """A practice that was deleted."""

    practice: Practice
    rest_days: int
    """The number of its rest days, which were deleted with it."""


class Practices:
    """Reads and changes the practices of a diary.

    A practice is given by its id, or else as for `find`. Every change is one undo step. Methods
    raise InputError and then have changed nothing.
    """

    def __init__(self, diary: DiaryBase) -> None:
        self._diary = diary

    def all(self) -> tuple[Practice, ...]:
        """All practices in their order, archived ones included."""
        return self._diary.rows().practices

    def find(self, text: str) -> Practice:
        """The practice with this name, id, letter or prefix, unique or the only one in the list."""
        return practice_lookup.find_practice(self.all(), text, self._diary.today())

    def shadowed_words(self, practice: Practice | None = None) -> tuple[ShadowedWord, ...]:
        """The ids and letters by which `find` finds another practice; with `practice`, only those
        that are its own or find it."""
        words = practice_lookup.shadowed_words(self.all())
        if practice is None:
            return words
        return tuple(one for one in words if practice.id in (one.owner.id, one.found.id))

    def find_to_restore(self, text: str) -> Practice:
        """As `find`; an archived practice comes before those in the list."""
        today = self._diary.today()
        return practice_lookup.find_practice_to_restore(self.all(), text, today)

    def word_to_restore(self, practice: Practice) -> str:
        """What to type for an archived practice to restore it, quoted for a shell."""
        today = self._diary.today()
        return practice_lookup.command_word_to_restore(practice, self.all(), today)

    def add(
        self,
        name: str,
        *,
        question: str | None = None,
        key: str | None = None,
        unit: str | None = None,
        amount: int | None = None,
        step: int | None = None,
        days_per_week: int | None = None,
        overlap: bool | None = None,
    ) -> Practice:
        """Adds a practice of the person's own; the id or name of a shipped one adds that one.

        Without `key`, the first free letter of the name is chosen; with "", none. What isn't given
        is as in the shipped practice, or else the default.
        """
        today = self._diary.today()

        def added(practices: Sequence[Practice]) -> tuple[Practice]:
            _refuse_present(name, practices, today)
            position = max((p.position for p in practices), default=0) + 1
            template = template_named(name, practices)
            if template is not None:
                shipped = template.practice(position, today)
                customised = _customised(shipped, question, key, practices, today)
                settings = Edit(unit=unit, amount=amount, step=step,
                                days_per_week=days_per_week, overlap=overlap)  # fmt: skip
                return (_edited((customised,), customised.id, settings, today, {})[1],)
            title = validation.name(name)
            _check_name_is_free(title, practices, today)
            kind = Unit.YES_NO if unit is None else validation.unit(unit)
            goal = Goal(
                today,
                _goal_amount(amount, kind),
                validation.days_per_week(7 if days_per_week is None else days_per_week),
            )
            own = Practice(
                id=practice_lookup.slug(title, [p.id for p in practices]),
                key=_key(key, title, practices, today),
                name=title,
                question=validation.question(question or ""),
                unit=kind,
                step=_step_size(step, kind),
                position=position,
                overlap=bool(overlap),
                added_on=today,
                goals=(goal,),
            )
            return (own,)

        return self._save(added)

    def edit(
        self, practice_id: str, *, history: UnitChange | None = None, **edit: Unpack[Edit]
    ) -> Practice:
        """Changes a practice. `history` decides what becomes of its days in another unit. Raises
        InputError where that choice is needed and missing."""
        today = self._diary.today()
        rows = self._diary.rows()
        old, new = _edited(rows.practices, practice_id, edit, today, rows.first_entry)
        _needs_history(old, new, lambda: self._entries_of(old), history)
        result = [new]

        def act(writer: Writer) -> None:
            practices, first_entry = writer.practices(), writer.rows_without_days().first_entry
            old, new = _edited(practices, practice_id, edit, today, first_entry)
            has_days = _needs_history(old, new, lambda: list(writer.entries_of(old.id)), history)
            result[:] = [new]
            if has_days and history is UnitChange.NEW:
                result[:] = _split(old, new, practices, today)
            writer.save_practices(result)
            if has_days and history is UnitChange.KEEP_DAYS:
                entries = list(writer.entries_of(old.id))
                writer.save_entries(list(_convert_entries(old, new, entries)))

        self._diary.change("practice", old.id, act)
        return result[0]

    def in_another_language(self) -> tuple[tuple[Practice, Practice], ...]:
        """The practices with a shipped name or question of another language than this run's, each
        with what `translate` makes of it."""
        return _translated(self.all())

    def translate(self) -> tuple[tuple[Practice, Practice], ...]:
        """Gives the practices of `in_another_language` the names and questions of this run's
        language, as one undo step; a name or a question of the person's own stays. Returns each
        changed practice as it was and as it is."""
        saved: list[tuple[Practice, Practice]] = []

        def act(writer: Writer) -> None:
            saved[:] = _translated(writer.practices())
            writer.save_practices([new for _old, new in saved])

        self._diary.change("translation", "", act)
        return tuple(saved)

    def questions_for(self, practice_id: str, **edit: Unpack[Edit]) -> PendingQuestions:
        """The questions that an edit leaves open. Writes nothing."""
        rows = self._diary.rows()
        today = self._diary.today()
        old, new = _edited(rows.practices, practice_id, edit, today, rows.first_entry)
        if new.unit is not old.unit:
            return PendingQuestions(days=_has_amounts(self._entries_of(old)), goal=None)
        goal = self.preview_goal(
            old.id, amount=edit.get("amount"), days_per_week=edit.get("days_per_week")
        )
        return PendingQuestions(days=False, goal=goal if goal is not None and goal.asks else None)

    def _entries_of(self, practice: Practice) -> Iterable[Entry]:
        return self._diary.history_rows(practice.id).entries.values()

    def preview_goal(
        self, practice_id: str, *, amount: int | None = None, days_per_week: int | None = None
    ) -> GoalPreview | None:
        """The figures with the present goal, with another one from today on, and with that one for
        all days; None where the goals are equal. Writes nothing."""
        today = self._diary.today()
        known = self._diary.rows()
        one = practice_lookup.known_practice(known.practices, practice_id)
        first_day = one.first_day(known.first_entry.get(one.id))
        changed = tuple(
            one._replace(
                goals=_goals_after(
                    one, one.unit, amount, days_per_week, today, first_day, all_days=all_days
                ),
            )
            for all_days in (False, True)
        )
        if changed[0].goal_on(today) == one.goal_on(today):
            return None
        rows = self._diary.history_rows(one.id)
        from tracker.diary.period_views import streak_view
        from tracker.diary.streak_figures import history_of
        from tracker.views import GoalPreview

        histories = (history_of(rows, p, rows.entries.values()) for p in (one, *changed))
        return GoalPreview(*(streak_view(rows, history, today, today) for history in histories))

    def figures(self, practice_id: str) -> StreakView:
        """The figures of one practice as of today, also of an archived one, computed from all of
        its entries."""
        from tracker.diary.period_views import streak_view
        from tracker.diary.streak_figures import history_of

        rows, today = self._diary.history_rows(practice_id), self._diary.today()
        practice = practice_lookup.known_practice(rows.practices, practice_id)
        history = history_of(rows, practice, rows.entries.values())
        return streak_view(rows, history, today, today)

    def archive(self, practice_id: str) -> Practice:
        """Takes a practice out of the list from today on; its days stay."""
        today = self._diary.today()

        def archived(practices: Sequence[Practice]) -> tuple[Practice]:
            one = practice_lookup.known_practice(practices, practice_id)
            if one.archived_since(today) is not None:
                raise InputError(_("{name} is already archived.").format(name=one.name))
            return (_archived_from(one, today),)

        return self._save(archived)

    def restore(self, practice_id: str) -> Practice:
        """Brings an archived practice back from today on; the days in between stay blank."""
        today = self._diary.today()

        def restored(practices: Sequence[Practice]) -> tuple[Practice]:
            one = practice_lookup.known_practice(practices, practice_id)
            if one.archived_since(today) is None:
                raise InputError(_("{name} is already in your list.").format(name=one.name))
            return (one._replace(out_of_list=_ended_before(one.out_of_list, today)),)

        return self._save(restored)

    def move(self, practice_id: str, position: int) -> Practice:
        """Moves a practice to a position in the list, from 1; an archived one stays where it is
        between its neighbours."""
        today = self._diary.today()

        def moved(practices: Sequence[Practice]) -> Sequence[Practice]:
            one = practice_lookup.known_practice(practices, practice_id)
            if one.archived_since(today) is not None:
                raise InputError(
                    _("{name} is archived, so it can't be moved. Restore it first.").format(
                        name=one.name
                    )
                )
            others = [p for p in practices if p.id != one.id]
            listed = [p for p in others if p.archived_since(today) is None]
            if not 1 <= position <= len(listed) + 1:
                raise InputError(
                    _("The position must be a whole number from 1 to {last}.").format(
                        last=len(listed) + 1
                    )
                )
            if position <= len(listed):
                index = others.index(listed[position - 1])
            else:
                index = others.index(listed[-1]) + 1 if listed else 0
            ordered = _numbered([*others[:index], one, *others[index:]])
            return sorted(ordered, key=lambda p: p.id != one.id)

        return self._save(moved)

    def delete(self, practice_id: str) -> DeletedPractice:
        """Deletes a practice for which nothing was logged, with its rest days; one with logged days
        or notes can only be archived."""
        one = practice_lookup.known_practice(self.all(), practice_id)
        today = self._diary.today()
        rest_days: list[Entry] = []

        def act(writer: Writer) -> None:
            rest_days[:] = writer.entries_of(one.id)
            _refuse_with_days(one, rest_days, today)
            writer.remove_practices([one.id])

        self._diary.change("practice", one.id, act)
        return DeletedPractice(one, len(rest_days))

    def _save(self, change: Change) -> Practice:
        """Saves the changed practices as one undo step; returns the first."""
        # Called once before the transaction, so that a refused change does not create a diary; and
        # again within it, as another process may have changed the practices.
        result = list(change(self.all()))

        def act(writer: Writer) -> None:
            result[:] = change(writer.practices())
            writer.save_practices(result)

        self._diary.change("practice", result[0].id, act)
        return result[0]


def _refuse_with_days(practice: Practice, entries: Iterable[Entry], today: date) -> None:
    """Raises InputError for a practice with days on which something was logged, also below a rest
    day: it can't be deleted."""
    if all(one.state is EntryState.REST and one.amount is None for one in entries):
        return
    if practice.archived_since(today) is not None:
        message = _("{name} has days in your diary, so it can't be deleted. It stays archived.")
    else:
        message = _("{name} has days in your diary, so it can't be deleted. You can archive it.")
    raise InputError(message.format(name=practice.name))


def _edited(
    practices: Sequence[Practice],
    practice_id: str,
    edit: Edit,
    today: date,
    first_entry: Mapping[str, date],
) -> tuple[Practice, Practice]:
    old = practice_lookup.known_practice(practices, practice_id)
    others = [p for p in practices if p.id != old.id]
    name, question, key = edit.get("name"), edit.get("question"), edit.get("key")
    unit, step, overlap = edit.get("unit"), edit.get("step"), edit.get("overlap")
    kind = old.unit if unit is None else validation.unit(unit)
    title = old.name if name is None else validation.name(name)
    keeps_step = step is None and kind is old.unit
    if name is not None:
        _check_name_is_free(title, others, today)
    return old, old._replace(
        name=title,
        question=old.question if question is None else validation.question(question),
        key=old.key if key is None else _key(key, title, others, today, own=old),
        unit=kind,
        step=old.step if keeps_step else _step_size(step, kind),
        overlap=old.overlap if overlap is None else overlap,
        goals=_goals_after(
            old,
            kind,
            edit.get("amount"),
            edit.get("days_per_week"),
            today,
            old.first_day(first_entry.get(old.id)),
            all_days=edit.get("all_days", False),
        ),
    )


def _translated(practices: Sequence[Practice]) -> tuple[tuple[Practice, Practice], ...]:
    """The result of `in_another_language`. A practice whose new name is taken keeps its name."""
    from tracker.catalogue import (
        names_in_all_languages,
        practice_templates,
        questions_in_all_languages,
        shipped_id,
    )

    templates = {one.id: one for one in practice_templates()}
    taken = {one.name.casefold() for one in practices}
    pairs = []
    for old in practices:
        template = templates.get(shipped_id(old) or "")
        if template is None:
            continue
        is_shipped = old.name in names_in_all_languages(template.id)
        is_free = template.name.casefold() not in taken
        is_asked = old.question in questions_in_all_languages(template.id)
        new = old._replace(
            name=template.name if is_shipped and is_free else old.name,
            question=template.question if is_asked else old.question,
        )
        if new != old:
            pairs.append((old, new))
            taken.add(new.name.casefold())
    return tuple(pairs)


def _has_amounts(entries: Iterable[Entry]) -> bool:
    """Whether anything was done: a rest day, a no or a note is the same in each unit."""
    return any(entry.amount for entry in entries)


def _needs_history(
    old: Practice,
    new: Practice,
    entries: Callable[[], Iterable[Entry]],
    history: UnitChange | None,
) -> bool:
    """Whether an edit changes the unit of amounts; InputError without a choice. Only for another
    unit are the `entries` read, which are as many as the practice has days."""
    if new.unit is old.unit or not _has_amounts(entries()):
        return False
    if history is None:
        raise InputError(
            _(
                "{name} already has days counted in {unit}. To keep them, add "
                "--history keep-days: days that were done stay done and get the new "
                "goal's amount. To archive them with the old practice and start a new "
                "one today, add --history new."
            ).format(name=old.name, unit=unit_label(old.unit))
        )
    return True


def _customised(
    shipped: Practice,
    question: str | None,
    key: str | None,
    practices: Sequence[Practice],
    today: date,
) -> Practice:
    """A shipped practice with the given question and letter; its own letter only if it is free."""
    _check_name_is_free(shipped.name, practices, today)
    if key is None and shipped.key not in _keys(practices):
        letter = shipped.key
    else:
        letter = _key(key, shipped.name, practices, today)
    asked = shipped.question if question is None else validation.question(question)
    return shipped._replace(key=letter, question=asked)


def template_named(text: str, practices: Sequence[Practice]) -> PracticeTemplate | None:
    """The shipped practice with this id, or name in any language, if the diary lacks it."""
    from tracker.catalogue import names_in_all_languages, practice_templates

    ids = {p.id for p in practices}
    wanted = practice_lookup.comparison_key(text)
    for one in practice_templates():
        names = map(practice_lookup.comparison_key, names_in_all_languages(one.id))
        if (wanted in names or text.strip().casefold() == one.id) and one.id not in ids:
            return one
    return None


def _refuse_present(text: str, practices: Sequence[Practice], today: date) -> None:
    """Raises InputError where the diary has a practice with this name, also an archived one, or
    with this id and not renamed: it would be added again under another id. A text written as an id
    means that one also where it's renamed."""
    by_name = practice_lookup.find_present(text, practices)
    present = by_name or practice_lookup.practice_by_id(practices, text.strip())
    if present is None:
        return
    if present.archived_since(today) is None:
        if by_name is not None:
            raise _name_is_taken(present)
        raise InputError(
            _('"{id}" means your practice {name}. Choose another name.').format(
                id=present.id, name=present.name
            )
        )
    raise InputError(
        _(
            '{name} is archived. Restore it with "calmtrack practices restore {id}", instead '
            "of adding it again."
        ).format(
            name=present.name,
            id=practice_lookup.command_word_to_restore(present, practices, today),
        ),
        in_app=_(
            "{name} is archived. Instead of adding it again, select it in Practices and "
            "press d to restore it."
        ).format(name=present.name),
    )


def _check_name_is_free(name: str, practices: Sequence[Practice], today: date) -> None:
    wanted = practice_lookup.comparison_key(name)
    present = next((p for p in practices if practice_lookup.comparison_key(p.name) == wanted), None)
    if present is None:
        return
    if present.archived_since(today) is None:
        raise _name_is_taken(present)
    raise InputError(
        _(
            "{name} is the name of an archived practice. Choose another one, or restore that "
            'practice with "calmtrack practices restore {id}".'
        ).format(
            name=present.name,
            id=practice_lookup.command_word_to_restore(present, practices, today),
        ),
        in_app=_(
            "{name} is the name of an archived practice. Choose another one, or select that "
            "practice in Practices and press d to restore it."
        ).format(name=present.name),
    )


def _name_is_taken(present: Practice) -> InputError:
    return InputError(_("There's already a practice called {name}.").format(name=present.name))


def _key(
    key: str | None,
    name: str,
    others: Sequence[Practice],
    today: date,
    *,
    own: Practice | None = None,
) -> str | None:
    """The requested letter, if it is free; None chooses one from the name. `own` is the practice
    that is edited, whose present letter isn't suggested."""
    if key is None:
        return practice_lookup.suggest_key(name, _keys(others))
    wanted = validation.key(key)
    other = next((one for one in others if wanted is not None and one.key == wanted), None)
    if other is None:
        return wanted
    if other.archived_since(today) is not None:
        every = others if own is None else (*others, own)
        raise _letter_of_archived(other, practice_lookup.command_word(other, every))
    free = practice_lookup.suggest_key(name, [*_keys(others), own and own.key])
    if free is not None:
        message = _("The letter {key} already logs {name}. Try {free}.")
    elif own is not None and own.name == name:
        message = _("The letter {key} already logs {name}. Choose another letter.")
    else:
        message = _(
            "The letter {key} already logs {name}, and the other letters of the new name are "
            "taken too. Choose a letter that isn't in the new name."
        )
    raise InputError(message.format(key=wanted, name=other.name, free=free))


def _letter_of_archived(practice: Practice, word: str) -> InputError:
    """The error for the letter of an archived practice, which is reserved for when the practice is
    restored; `word` is what to type for it in a command."""
    return InputError(
        _(
            "The letter {key} belongs to {name}, which is archived. Choose another letter, or "
            "remove it from {name} first: \"calmtrack practices edit {id} --key ''\"."
        ).format(key=practice.key, name=practice.name, id=word),
        in_app=_(
            "The letter {key} belongs to {name}, which is archived. Choose another letter, or "
            "first change the letter of {name} in Practices."
        ).format(key=practice.key, name=practice.name),
    )


def _keys(practices: Sequence[Practice]) -> list[str | None]:
    return [p.key for p in practices]


# Pure changes of a practice: another goal, another unit, archived, restored, reordered


def _goals_after(
    old: Practice,
    unit: Unit,
    amount: int | None,
    days_per_week: int | None,
    today: date,
    first_day: date,
    *,
    all_days: bool,
) -> tuple[Goal, ...]:
    """A practice's goals after an edit, which gave an amount, days per week, or both.

    A new goal begins today, unless it equals the present one; with `all_days`, what was given
    changes in every goal instead. In another unit, the amount changes in every goal. A first goal
    that begins today stays for earlier days, from the practice's `first_day` on, if it has any;
    that of a shipped practice in any case, as a merge can add days of another diary.
    """
    goals = old.goals
    if unit is not old.unit:
        to = _goal_amount(amount, unit)
        goals = _without_repeats(Goal(goal.from_day, to, goal.days_per_week) for goal in goals)
    now = old.goal_on(today)
    to = now.amount if amount is None and unit is old.unit else _goal_amount(amount, unit)
    days = now.days_per_week if days_per_week is None else validation.days_per_week(days_per_week)
    if all_days and (amount, days_per_week) != (None, None):
        return _without_repeats(
            Goal(
                goal.from_day,
                goal.amount if amount is None else to,
                goal.days_per_week if days_per_week is None else days,
            )
            for goal in goals
        )
    if (to, days) == _aim(old._replace(goals=goals).goal_on(today)):
        return goals
    earlier = [goal for goal in goals if goal.from_day < today]
    if not earlier and (first_day < today or (unit is old.unit and _has_shipped_goal(old))):
        earlier = [goals[0]._replace(from_day=min(first_day, today - timedelta(days=1)))]
    return _without_repeats((*earlier, Goal(today, to, days)))


def _has_shipped_goal(practice: Practice) -> bool:
    """Whether a shipped practice still has the first goal that every diary begins with."""
    from tracker.catalogue import practice_templates

    return any(
        (one.id, one.unit, one.amount, one.days_per_week)
        == (practice.id, practice.unit, *_aim(practice.goals[0]))
        for one in practice_templates()
    )


def _goal_amount(amount: int | None, unit: Unit) -> int:
    """A daily goal in a unit: the given one, or the unit's default. Raises InputError."""
    if amount is None:
        return unit.spec.default_amount
    return _in_unit(amount, unit, _("amount"))


def _step_size(step: int | None, unit: Unit) -> int:
    """A step in a unit: the given one, or the unit's default. Raises InputError."""
    return unit.spec.default_step if step is None else _in_unit(step, unit, _("step"))


def _convert_entries(old: Practice, new: Practice, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of `old` in the unit of `new`, without changing any streak.

    A done day gets the new goal's amount, and a day below the goal half of that, rounded down,
    which is an explicit no where the goal is 1. `logged_at` stays.
    """
    for entry in entries:
        if entry.amount:
            target = new.goal_on(entry.day).amount
            is_done = entry.amount >= old.goal_on(entry.day).amount
            yield entry._replace(amount=target if is_done else target // 2)


def _split(
    old: Practice, new: Practice, practices: Sequence[Practice], today: date
) -> list[Practice]:
    """Replaces `old` in the list by `new`, a practice that begins today, and archives `old`,
    renamed with its unit and without its letter. Returns the new one first, then all others."""
    goal = new.goal_on(today)
    fresh = new._replace(
        id=practice_lookup.slug(new.name, [p.id for p in practices]),
        added_on=today,
        goals=(Goal(today, goal.amount, goal.days_per_week),),
        out_of_list=(),
    )
    taken = [new.name, *(p.name for p in practices if p.id != old.id)]
    archived = old if old.archived_since(today) else _archived_from(old, today)
    archived = archived._replace(name=_named_with_unit(old, taken), key=None)
    ordered: list[Practice] = []
    for one in practices:
        ordered.extend((fresh, archived) if one.id == old.id else (one,))
    return sorted(_numbered(ordered), key=lambda p: p.id != fresh.id)


def _archived_from(practice: Practice, day: date) -> Practice:
    spans = (*_ended_before(practice.out_of_list, day), Span(day, None))
    return practice._replace(out_of_list=spans)


def _numbered(practices: Sequence[Practice]) -> list[Practice]:
    """The practices with their positions, from 1, in the given order."""
    return [one._replace(position=place) for place, one in enumerate(practices, start=1)]


def _ended_before(spans: Sequence[Span], day: date) -> tuple[Span, ...]:
    """The archived spans up to the day before, the last of them cut off there."""
    last = day - timedelta(days=1)
    return tuple(
        span if span.to_day is not None and span.to_day < day else Span(span.from_day, last)
        for span in spans
        if span.from_day < day
    )


def _in_unit(value: int, unit: Unit, what: str) -> int:
    number = validation.positive(value, what)
    if not unit.spec.is_counted and number != 1:
        raise InputError(_("For a yes/no practice, daily goal and next presses are always 1."))
    return number


def _without_repeats(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals without those that only repeat the one before."""
    distinct: list[Goal] = []
    for goal in goals:
        if not distinct or _aim(distinct[-1]) != _aim(goal):
            distinct.append(goal)
    return tuple(distinct)


def _aim(goal: Goal) -> tuple[int, int]:
    """The goal without its first day."""
    return goal.amount, goal.days_per_week


def _named_with_unit(practice: Practice, taken: Iterable[str]) -> str:
    """The name with its unit in brackets, numbered where that is taken."""
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        ending = f" ({unit_label(practice.unit)}{'' if number == 1 else f' {number}'})"
        name = practice.name[: validation.MAX_NAME_LENGTH - len(ending)].rstrip() + ending
        if name.casefold() not in used:
            return name
        number += 1
