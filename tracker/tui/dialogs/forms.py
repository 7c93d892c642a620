"""The forms: dialogs with several fields, saved together.

They add or remove rest days over a range (a holiday, an illness), and add and edit a practice.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tracker.catalogue import PracticeTemplate, practice_templates
from tracker.diary.practices import template_named
from tracker.errors import CalmtrackError, InputError
from tracker.i18n.date_format import format_date_to_type
from tracker.i18n.messages import N_, _
from tracker.i18n.units import parse_unit_prefix, unit_label
from tracker.models import Practice, Unit, UnitChange
from tracker.render.entry_text import rest_days_without_sentence, rested_lines
from tracker.render.practice_text import (
    added_words,
    changed_figures_sentence,
    edit_words,
    figure_words,
    kept_question_sentence,
    streak_unit_sentence,
)
from tracker.sanitize import sanitize_line
from tracker.tui import styled_text
from tracker.tui.dialogs.dialog import Dialog, ErrorLine
from tracker.tui.dialogs.prompt_dialog import ChoiceDialog
from tracker.tui.styled_text import glyph
from tracker.tui.terminal_cursor import CursorWidget
from tracker.tui.widgets.bars import Hint
from tracker.tui.widgets.safe_input import SafeInput, hold_on_enter, run_bound_key
from tracker.views import GoalPreview

if TYPE_CHECKING:
    from tracker.diary.diary import Diary
    from tracker.diary.practices import Edit, PendingQuestions


T = TypeVar("T")

Answers = dict[str, str]
"""Field names with what is typed into them."""


class ChoiceField(CursorWidget, can_focus=True):
    """Left, right, space and a click take the next word or the one before; typing takes the word
    that begins so; enter submits."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; background: $panel; }
    ChoiceField:focus { text-style: bold; color: $text-primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", N_("Previous"), tooltip=N_("Previous value")),
        Binding("right,space", "turn(1)", N_("Next"), tooltip=N_("Next value")),
        Binding("enter", "submit", N_("Save"), tooltip=N_("Save the form")),
    ]  # fmt: skip

    class Submitted(Message):
        """Enter was pressed."""

    class Changed(Message):
        """Another value was taken."""

        def __init__(self, field: ChoiceField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> ChoiceField:
            """What handlers are selected by."""
            return self.field

    value: reactive[str] = reactive("", init=False)

    def __init__(self, value: str, values: Sequence[str], field_id: str) -> None:
        super().__init__(id=field_id)
        self._values = tuple(values)
        self.set_reactive(ChoiceField.value, value if value in values else values[0])
        self._typed = ""
        """What was typed so far of a word."""

    def render(self) -> Content:
        # As wide for each value, so that the second arrow stays under the mouse.
        value = styled_text.fit(self.value, max(map(cell_len, self._values)))
        return Content.assemble(
            styled_text.clickable(Content.styled(f"{glyph('‹')} ", styled_text.ACCENT), "turn(-1)"),
            styled_text.clickable(value, "turn(1)"),
            styled_text.clickable(Content.styled(f" {glyph('›')}", styled_text.ACCENT), "turn(1)"),
        )

    def cursor_in_content(self) -> Offset | None:
        """The value, while it is what keys are for."""
        return Offset(2, 0) if self.has_focus else None

    async def on_key(self, event: events.Key) -> None:
        """Takes the word that begins with what was typed, or with this letter."""
        if await run_bound_key(self, event) or not event.is_printable or event.character is None:
            return
        for typed in (self._typed + event.character.casefold(), event.character.casefold()):
            words = [one for one in self._values if one.casefold().startswith(typed)]
            if words:
                self.value, self._typed = words[0], typed
                return

    def watch_value(self) -> None:
        self.post_message(self.Changed(self))

    def on_focus(self) -> None:
        """Begins a new word."""
        self._typed = ""

    def action_turn(self, by: int) -> None:
        self.value = self._values[(self._values.index(self.value) + by) % len(self._values)]

    def action_submit(self) -> None:
        hold_on_enter(self)
        self.post_message(self.Submitted())


class FieldScroll(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields, scrolled to the one with the focus: up and down move that."""


class FormDialog(Dialog[T]):
    """A labelled `SafeInput` for each field, or a `ChoiceField` for one with few values. Enter in
    any of them submits the form once; an error is displayed, and the fields stay as they are."""

    DEFAULT_CSS = """
    FormDialog FieldScroll { height: auto; max-height: 12; }
    FormDialog Horizontal { height: 1; }
    FormDialog .label { color: $text-muted; }
    FormDialog SafeInput, FormDialog SafeInput:focus { width: 1fr; background: $panel; }
    """
    saves_on_enter = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "field(1)", N_("Next field"), tooltip=N_("Next field")),
        Binding("up,shift+tab", "field(-1)", N_("Previous field"), tooltip=N_("Previous field")),
        Binding("escape", "dismiss(None)", N_("Cancel"), tooltip=N_("Cancel without saving")),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        labels: Mapping[str, str],
        answers: Answers,
        hint: str = "",
        *,
        choices: Mapping[str, Sequence[str]] | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> None:
        """`labels`, the first `answers`, the `choices` of fields with few values and what stands
        for an empty field are by field name; `hint` is displayed below them."""
        super().__init__(title)
        self._choices = choices or {}
        self._defaults = defaults or {}
        self._labels = labels
        self._before = answers
        self._hint = hint
        self._is_submitted = False

    def compose_body(self) -> ComposeResult:
        width = max(Content(label).cell_length for label in self._labels.values()) + 3
        with FieldScroll():
            for field, text in self._labels.items():
                with Horizontal():
                    label = Static(text, classes="label", markup=False)
                    label.styles.width = width
                    yield label
                    if field in self._choices:
                        yield ChoiceField(self._before[field], self._choices[field], field)
                    else:
                        default = self._defaults.get(field, "")
                        yield SafeInput(self._before[field], placeholder=default, id=field)
        if self._hint:
            yield Static(sanitize_line(self._hint), classes="hint", markup=False)
        yield ErrorLine()

    def hints(self) -> Sequence[Hint]:
        return [
            (glyph("↵"), _("save"), "enter"),
            ("tab", _("next"), "tab"),
            ("esc", _("cancel"), "escape"),
        ]

    def action_field(self, by: int) -> None:
        """Moves the focus through the fields in their order. Textual moves it by their places, and
        a field that was shown a moment ago has none yet."""
        fields = self.query("SafeInput, ChoiceField").results(Widget)
        shown = [one for one in fields if cast("Widget", one.parent).display]
        if self.focused in shown:
            self.set_focus(shown[(shown.index(self.focused) + by) % len(shown)])

    @property
    def answers(self) -> Answers:
        return {field: self._value(field) for field in self._labels}

    def _value(self, field: str) -> str:
        widget = self.query_one(f"#{field}")
        assert isinstance(widget, SafeInput | ChoiceField)
        return widget.value

    @on(Input.Submitted)
    @on(ChoiceField.Submitted)
    def submit_once(self, message: Input.Submitted | ChoiceField.Submitted) -> None:
        """Submits the form, unless it is being submitted."""
        message.stop()
        if not self._is_submitted:
            self.clear_error()
            self._is_submitted = True
            self.submit(self.answers)

    @on(ChoiceField.Changed)
    def clear_error_of_former_value(self) -> None:
        self.clear_error()

    @abstractmethod
    def submit(self, answers: Answers) -> None:
        """Has the diary save the answers; then calls `finish`, `show_error` or `resume`."""

    def show_error(self, error: CalmtrackError) -> None:
        """Displays an error, with the cursor in the field that it is about, where one is."""
        if self.has_widgets:
            self._focus_refused()
        self.resume()
        super().show_error(error)

    def checks(self) -> Mapping[str, Callable[[str], object]]:
        """For each field that can be checked by itself, what raises InputError for its text."""
        return {}

    def _focus_refused(self) -> None:
        answers = self.answers
        for field, check in self.checks().items():
            try:
                check(answers[field])
            except InputError:
                self.query_one(f"#{field}").focus()
                return

    def resume(self) -> None:
        """Lets the form be edited and submitted again."""
        self._is_submitted = False


class _UnknownNameError(InputError):
    """The field of practices names one that the diary doesn't have."""


class RestDaysForm(FormDialog[str | None]):
    """Returns a sentence about the rest days that were added or removed."""

    def __init__(
        self,
        first: date,
        last: date | None = None,
        practices: Sequence[str] = (),
        reason: str = "",
    ) -> None:
        """Proposes the days from `first` to `last`, or the cursor's, and the practices of these
        names; without names all, as for a holiday. `reason` is the one to change."""
        add, self._remove = _("add rest days"), _("remove rest days")
        labels = {
            "first": _("From"),
            "last": _("To"),
            "practices": _("Practices"),
            "note": _("Reason (optional)"),
            # Last, so that tab leads from the practices to the reason: a letter typed here chooses.
            "action": _("What to do"),
        }
        answers = {
            "first": format_date_to_type(first),
            "last": format_date_to_type(last or first),
            "practices": ", ".join(practices) or _("All practices"),
            "note": reason,
            "action": add,
        }
        super().__init__(
            _("Rest days"),
            labels,
            answers,
            _(
                "Dates: fri is today or the next Friday, +7 is in a week, -3 was three days ago. "
                "For practices, type all, or names or letters separated by commas. Rest days don't "
                "break a streak; the other days of the week still count."
            ),
            choices={"action": (add, self._remove)},
        )
        self._proposed_last = last or first
        self._filled_in = answers["last"]
        """What the form itself has put into To."""

    @on(Input.Changed, "#first")
    def move_last_along(self, message: Input.Changed) -> None:
        """Proposes no last day before the first one, unless another one is typed."""
        from tracker.diary.validation import day_named

        entry = self.query_one("#last", SafeInput)
        if entry.value != self._filled_in:
            return
        try:
            first = day_named(message.value, self.calmtrack.today(), ahead=True)
        except InputError:
            return
        last = max(first, self._proposed_last)
        entry.value = self._filled_in = format_date_to_type(last)

    def checks(self) -> Mapping[str, Callable[[str], object]]:
        from tracker.diary.validation import day_named

        today = self.calmtrack.today()
        return {
            "first": lambda text: day_named(text, today, ahead=True),
            "last": lambda text: text and day_named(text, today, ahead=True),
            "note": lambda text: _refuse_reason(text, off=self._is_off(self.answers)),
        }

    def _is_off(self, answers: Answers) -> bool:
        """Whether rest days are to be removed."""
        return answers["action"] == self._remove

    def submit(self, answers: Answers) -> None:
        off = self._is_off(answers)
        self.calmtrack.submit_change(
            lambda diary: _set_rest_days(diary, answers, off=off),
            lambda sentence: self.finish(sentence, sentence),
            self.show_error,
        )

    def show_error(self, error: CalmtrackError) -> None:
        """As for other forms; only the diary knows that a name is none of its practices."""
        super().show_error(error)
        if isinstance(error, _UnknownNameError) and self.has_widgets:
            self.query_one("#practices").focus()


def _refuse_reason(text: str, *, off: bool) -> None:
    """Raises InputError for a reason where rest days are to be removed."""
    if off and text.strip():
        raise InputError(_("A reason is only for days you add. Delete it to remove rest days."))


def _set_rest_days(diary: Diary, answers: Answers, *, off: bool) -> str:
    """Parses the answers and adds the days, or removes them with `off`. Raises InputError."""
    from tracker.diary.validation import rest_range_named

    today = diary.today()
    first, last = rest_range_named(answers["first"], answers["last"] or None, today)
    _refuse_reason(answers["note"], off=off)
    names = answers["practices"].strip()
    ids = None
    if names.casefold() not in (_("all"), _("All practices").casefold()):
        own_names = [one.name for one in diary.practices.all()]
        try:
            ids = tuple(diary.practices.find(name).id for name in _listed(names, own_names))
        except InputError as error:
            raise _UnknownNameError(str(error), in_app=error.in_app) from error
    note = answers["note"].strip() or None
    result = diary.rest(ids, first, last, note=note, off=off)
    lines = list(rested_lines(result, first, last, today, off=off, most_skipped=1))
    if result.reasons:
        lines.append(_("Press u to get them back."))
    elif result.replaced:
        lines.append(_("Changed your mind? Press u."))
    if not off:
        lines += _archived_sentences(diary, ids or (), last)
    return " ".join(lines)


def _listed(text: str, names: Iterable[str]) -> list[str]:
    """What stands between the commas of a text. One of the `names`, which can have commas in it,
    isn't split."""
    whole = {_parts(name.casefold()): name for name in names}
    rest = _parts(text)
    found: list[str] = []
    while rest:
        begun = [tuple(map(str.casefold, rest[:size])) for size in range(len(rest), 0, -1)]
        name = next((one for one in begun if one in whole), None)
        found.append(rest[0] if name is None else whole[name])
        rest = rest[1 if name is None else len(name) :]
    return found


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


def _archived_sentences(diary: Diary, ids: Sequence[str], day: date) -> Iterator[str]:
    """How to bring back each practice that is archived on a day, and still is: its rest days aren't
    shown until then."""
    today = diary.today()
    for practice in (one for one in diary.practices.all() if one.id in ids):
        if practice.archived_since(day) is not None and practice.archived_since(today) is not None:
            yield _(
                "{name} is archived. To bring it back to your list, select it in Practices and "
                "press d."
            ).format(name=practice.name)


LINE_FIELDS = 5
"""Fields of a `LinesForm` at least."""


class LinesForm(FormDialog[str | None]):
    """A field for each line of the person's own, such as a support message; all empty restores
    calmtrack's."""

    def __init__(
        self,
        title: str,
        own: Sequence[str],
        hint: str,
        read: Callable[[Diary], Sequence[str]],
        save: Callable[[Diary, Sequence[str]], str],
    ) -> None:
        """`own` are the lines so far, and `hint` is displayed while there are none; `read` reads
        them again, and `save` stores the new ones and returns the message about it."""
        fields = [f"line-{number}" for number in range(max(LINE_FIELDS, len(own) + 1))]
        texts = [*own, *[""] * (len(fields) - len(own))]
        super().__init__(
            title,
            {field: str(number) for number, field in enumerate(fields, 1)},
            dict(zip(fields, map(sanitize_line, texts), strict=True)),
            "" if own else hint,
        )
        self._own = tuple(own)
        """The lines that the new ones replace."""
        self._read = read
        self._save = save

    def submit(self, answers: Answers) -> None:
        lines = [text.strip() for text in answers.values() if text.strip()]

        def job(diary: Diary) -> str:
            stored = tuple(self._read(diary))
            if stored == self._own and answers == self._before:
                # Nothing was changed, so there is nothing to say, nor to undo.
                return ""
            if stored not in (self._own, tuple(lines)):
                self._own = stored
                raise InputError(
                    _(
                        "These lines were changed somewhere else meanwhile. Press escape to keep "
                        "that change, or enter to save yours instead."
                    )
                )
            return self._save(diary, lines)

        self.calmtrack.diary_worker.submit(
            job, lambda sentence: self.finish(sentence, sentence), self.show_error
        )


SavedPractice = tuple[str, str]
"""The practice's id, and a sentence about what was saved."""


class PracticeForm(FormDialog[SavedPractice | None]):
    """The fields of a practice; one of yes/no has none for amounts, which are always 1."""

    def on_mount(self) -> None:
        """Keeps the fields of amounts in step with the unit. A message would come after keys that
        were typed right behind the change."""
        self.watch(self.query_one("#unit", ChoiceField), "value", self.show_fields_of_unit)

    def show_fields_of_unit(self) -> None:
        """Shows or hides the fields of amounts, and fills them in for the unit."""
        unit = Unit(parse_unit_prefix(self.answers["unit"]))
        for field in ("amount", "step"):
            entry = self.query_one(f"#{field}", SafeInput)
            cast("Widget", entry.parent).display = unit.spec.is_counted
            self.fill_in(field, entry, unit)

    @abstractmethod
    def fill_in(self, field: str, entry: SafeInput, unit: Unit) -> None:
        """Fills in a field of amounts when a unit is shown."""

    def checks(self) -> Mapping[str, Callable[[str], object]]:
        from tracker.diary import validation

        unit = parse_unit_prefix(self.answers["unit"])

        def number(text: str) -> object:
            """An empty one has a default."""
            return text.strip() and validation.positive(validation.goal_number(text, unit), "")

        return {
            "name": validation.name,
            "question": validation.question,
            "key": lambda text: validation.key(text.strip()),
            "amount": number,
            "step": number,
            "days_per_week": lambda text: (
                text.strip() and validation.days_per_week(validation.whole_number(text))
            ),
        }

    def save(self, job: Callable[[Diary], SavedPractice]) -> None:
        self.calmtrack.diary_worker.submit(
            job, lambda saved: self.finish(saved, saved[1]), self.show_error
        )


class AddPracticeForm(PracticeForm):
    """An empty form. Fields left empty get defaults, which those of a built-in practice replace as
    soon as its name is typed."""

    def __init__(self, practices: Sequence[Practice]) -> None:
        """`practices` are those of the diary: the hint names the shipped ones that aren't."""
        ids = {practice.id for practice in practices}
        names = ", ".join(one.name for one in practice_templates() if one.id not in ids)
        hint = (
            _("To add a built-in practice, type its name: {names}.").format(names=names)
            if names
            else ""
        )
        super().__init__(
            _("Add a practice"),
            _labels(),
            dict.fromkeys(_labels(), ""),
            hint,
            choices={"unit": _units()},
            defaults=_defaults(),
        )
        self._practices = practices
        self._built_in: PracticeTemplate | None = None
        """The built-in practice whose name is typed."""
        self._unit_filled_in = _units()[0]
        """The unit that the form itself has chosen last."""

    def on_mount(self) -> None:
        """Keeps the defaults in step with the name. Textual calls the base's handler, too."""
        self.watch(self.query_one("#name", SafeInput), "value", self.show_built_in, init=False)

    def show_built_in(self) -> None:
        """Shows the defaults of the practice whose name is typed. A unit that was chosen stays."""
        built_in = template_named(self.answers["name"], self._practices)
        if built_in == self._built_in:
            return
        self._built_in = built_in
        defaults = _defaults()
        if built_in is not None:
            defaults |= {
                "question": built_in.question,
                "days_per_week": str(built_in.days_per_week),
            }
        for field, text in defaults.items():
            self.query_one(f"#{field}", SafeInput).placeholder = text
        unit = self.query_one("#unit", ChoiceField)
        if unit.value == self._unit_filled_in:
            own = Unit.YES_NO if built_in is None else built_in.unit
            unit.value = self._unit_filled_in = unit_label(own)
        self.show_fields_of_unit()

    def fill_in(self, field: str, entry: SafeInput, unit: Unit) -> None:
        """Shows the default, and empties a field that is hidden: its text would be saved unseen."""
        entry.placeholder = _default_number(field, unit)
        if self._built_in is not None and self._built_in.unit is unit:
            own = self._built_in.amount if field == "amount" else self._built_in.step
            entry.placeholder = str(own)
        if not unit.spec.is_counted:
            entry.value = ""

    def submit(self, answers: Answers) -> None:
        self.save(lambda diary: _add(diary, answers))


class EditPracticeForm(PracticeForm):
    """The fields with their values. Where it matters, asks from when a new goal counts, and what a
    new unit does to the days so far."""

    def __init__(self, practice: Practice, today: date) -> None:
        super().__init__(
            practice.name, _labels(), _answers(practice, today), choices={"unit": _units()}
        )
        self._practice = practice
        self._filled_in = {field: self._before[field] for field in ("amount", "step")}
        """What the form itself has put into the fields that depend on the unit."""

    def fill_in(self, field: str, entry: SafeInput, unit: Unit) -> None:
        """Fills in what a new unit would get, unless something else is typed."""
        if unit.spec.is_counted and entry.value.strip() != self._filled_in[field]:
            return
        is_same = unit is self._practice.unit
        number = self._before[field] if is_same else _default_number(field, unit)
        entry.value = self._filled_in[field] = number

    def submit(self, answers: Answers) -> None:
        practice_id = self._practice.id

        def job(diary: Diary) -> tuple[Edit, PendingQuestions]:
            self._check_unchanged(diary, answers)
            edit = _changed_fields(self._before, answers)
            return edit, diary.practices.questions_for(practice_id, **edit)

        self.calmtrack.diary_worker.submit(job, self._ask_pending, self.show_error)

    def _check_unchanged(self, diary: Diary, answers: Answers) -> None:
        """Raises InputError, once, for a field that is edited here and was changed meanwhile."""
        for one in diary.practices.all():
            if one.id != self._practice.id:
                continue
            for field, stored in _answers(one, diary.today()).items():
                before = self._before[field]
                if stored != before and answers[field].strip() not in (before.strip(), stored):
                    self._before = {**self._before, field: stored}
                    raise InputError(
                        _(
                            '{field} was changed to "{value}" somewhere else meanwhile. Press '
                            "escape to keep that change, or enter to save yours instead."
                        ).format(field=_labels()[field], value=stored)
                    )

    def _ask_pending(self, result: tuple[Edit, PendingQuestions]) -> None:
        edit, questions = result
        if not questions.days and questions.goal is None:
            self._save(edit, shows_figures=True)
        elif not self.is_attached:
            # Closed before the question could be asked: nothing is saved without its answer.
            self.calmtrack.notify_user(
                _(
                    "{name} wasn't saved, because the form closed before its last "
                    "question was answered. Press enter to edit {name} again."
                ).format(name=self._practice.name)
            )
        elif questions.days:
            self._ask_about_days(edit)
        elif questions.goal is not None:
            self._ask_about_goal(edit, questions.goal)

    def _ask_about_days(self, edit: Edit) -> None:
        practice = self._practice
        title = _("{name} already has days tracked as {unit}. What should happen to them?").format(
            name=practice.name, unit=unit_label(practice.unit)
        )
        dialog = ChoiceDialog(
            title,
            [
                _("Convert the old days: done days stay done")
                if edit.get("unit") == Unit.YES_NO
                else _("Convert the old days: done days stay done, at the new daily goal"),
                _("Keep the old days in an archived practice, and start a new one today"),
            ],
        )
        changes = (UnitChange.KEEP_DAYS, UnitChange.NEW)
        self._ask(dialog, lambda index: self._save(edit, changes[index], shows_figures=True))

    def _ask_about_goal(self, edit: Edit, goal: GoalPreview) -> None:
        now, today, always = map(figure_words, (goal.now, goal.from_today, goal.all_days))
        if today == always:
            options = [_("Today"), _("From your first day")]
            # Where they're as now, what differs isn't shown here: the weeks on goal.
            message = _("Your figures are the same either way: {figures}.")
            if now != today:
                message = _(
                    "Your figures now: {figures}. With the new goal, from either day: {changed}."
                )
            hint = message.format(figures=now, changed=today)
        else:
            options = [
                _("Today: {figures}").format(figures=today),
                _("From your first day: {figures}").format(figures=always),
            ]
            hint = _("Your figures now: {figures}.").format(figures=now)
        title = _("When should the new goal for {name} start?").format(name=self._practice.name)
        hint = " ".join(filter(None, (hint, streak_unit_sentence(goal))))
        dialog = ChoiceDialog(title, options, hint)
        self._ask(dialog, lambda index: self._save({**edit, "all_days": index == 1}))

    def _ask(self, dialog: ChoiceDialog, chosen: Callable[[int], None]) -> None:
        """Opens a question; without an answer, the form can be edited further. Keys that were typed
        before it could be read are no answer."""
        self.drop_keys()
        self.app.push_screen(
            dialog, lambda index: self.resume() if index is None else chosen(index)
        )

    def _save(
        self, edit: Edit, history: UnitChange | None = None, *, shows_figures: bool = False
    ) -> None:
        """Saves the edit. `shows_figures`: the message says how it changed the figures, which no
        question did."""
        before = self._practice

        def job(diary: Diary) -> SavedPractice:
            figures = diary.practices.figures(before.id)
            now = diary.practices.edit(before.id, history=history, **edit)
            if now == before:
                return now.id, _("Nothing was changed.")
            shadowed, today = diary.practices.shadowed_words(now), diary.today()
            message = edit_words(before, now, shadowed, today, of_days=history is not None)
            after = ""
            if now.id != before.id:
                after = diary.coin_stopped_by_archiving(before.id)
            elif shows_figures:
                after = changed_figures_sentence(figures, diary.practices.figures(now.id))
            kept = kept_question_sentence(before, now)
            return now.id, " ".join(filter(None, (message, after, kept)))

        self.save(job)


def _labels() -> dict[str, str]:
    """Field names with their labels, in the order of the form."""
    return {
        "name": _("Name"),
        "question": _("Question"),
        "key": _("Letter"),
        "unit": _("Unit"),
        "amount": _("Daily goal"),
        "step": _("Next presses add"),
        "days_per_week": _("Days a week"),
    }


def _defaults() -> dict[str, str]:
    """What the empty fields of a new practice stand for, besides those that depend on its unit."""
    return {
        "question": _("(optional)"),
        "key": _("a free letter of its name"),
        "days_per_week": "7",
    }


def _default_number(field: str, unit: Unit) -> str:
    """The daily goal, or what next presses add, of a practice with a new unit."""
    spec = unit.spec
    return str(spec.default_amount if field == "amount" else spec.default_step)


def _units() -> tuple[str, ...]:
    return tuple(unit_label(unit) for unit in Unit)


def _answers(practice: Practice, today: date) -> Answers:
    """A practice's fields as text, with the goal in force today."""
    goal = practice.goal_on(today)
    return {
        "name": sanitize_line(practice.name),
        "question": sanitize_line(practice.question),
        "key": practice.key or "",
        "unit": unit_label(practice.unit),
        "amount": str(goal.amount),
        "step": str(practice.step),
        "days_per_week": str(goal.days_per_week),
    }


def _changed_fields(before: Answers, answers: Answers) -> Edit:
    """Parses the fields that differ, and with a new unit the numbers that are counted in it: 15
    minutes are no change of 15 times.

    Raises InputError."""
    from tracker.diary.validation import goal_number, whole_number

    edit: Edit = {}
    unit = parse_unit_prefix(answers["unit"])
    has_new_unit = unit != parse_unit_prefix(before["unit"])
    for field, typed in answers.items():
        text = typed.strip()
        is_same = text == before[field].strip()
        if is_same and not (text and has_new_unit and field in ("amount", "step")):
            continue
        match field:
            case "name" | "question" | "key":
                edit[field] = text
            case "unit":
                edit["unit"] = parse_unit_prefix(text)
            case "amount" | "step":
                edit[field] = goal_number(text, unit)
            case "days_per_week":
                edit[field] = whole_number(text)
    return edit


def _add(diary: Diary, answers: Answers) -> SavedPractice:
    """Parses the answers and adds the practice. Raises InputError."""
    given = _changed_fields(dict.fromkeys(answers, ""), answers)
    unit = parse_unit_prefix(answers["unit"])
    practice = diary.practices.add(
        answers["name"].strip(),
        question=given.get("question"),
        key=given.get("key"),
        unit=unit,
        amount=given.get("amount"),
        step=given.get("step"),
        days_per_week=given.get("days_per_week"),
    )
    added = added_words(practice, diary.practices.shadowed_words(practice))
    rest = rest_days_without_sentence(diary.rest_days_without(practice.id), diary.today())
    return practice.id, f"{added} {rest}".rstrip()
