"""A practice in words: its goal, its figures, and how its streak came about."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from tracker.i18n.date_format import format_day_of, format_day_short, weekday_name
from tracker.i18n.messages import _, format_number, ngettext
from tracker.i18n.setting_words import word_sentences
from tracker.i18n.units import format_amount, format_goal, unit_label
from tracker.models import HasFigures, Practice, ShadowedWord, State, counts_in_weeks
from tracker.render.columns import (
    STREAK_COLUMNS,
    TABLE_WIDTH,
    fit_columns,
    heading_line,
    join_parts,
    over_line,
    pad,
    value_line,
)
from tracker.render.symbols import (
    longest_words,
    mark,
    percent_words,
    state_words,
    streak_words,
    weeks_words,
)
from tracker.views import ExplainedDay, Explanation, GoalPreview, StreakView


def goal_words(practice: Practice, day: date) -> str:
    """The goal in force on a day: "20 minutes, 3 days a week"; "3 days a week" of a yes/no."""
    return format_goal(practice.unit, practice.goal_on(day))


def key_words(practice: Practice) -> str:
    """The letter that logs a practice, "letter h"; "no letter" without one."""
    key = practice.key
    return _("letter {key}").format(key=key) if key else _("no letter")


def deletion_sentence(name: str, rest_days: int) -> str:
    """The message that a practice was deleted, with its rest days if it had any."""
    if not rest_days:
        return _("Deleted {name}. Nothing had been logged for it.").format(name=name)
    return ngettext(
        "Deleted {name} and its rest day. Nothing had been logged for it.",
        "Deleted {name} and its {count} rest days. Nothing had been logged for it.",
        rest_days,
    ).format(name=name, count=format_number(rest_days))


def move_sentence(name: str, place: int, *, is_new: bool = True) -> str:
    """The message that a practice was moved in the list, where the first place is 1, or that it
    was there before."""
    message = _("{name} is already at position {place}.")
    if is_new:
        message = _("Moved {name} to position {place}.")
    return message.format(name=name, place=place)


def restore_sentence(name: str) -> str:
    """The message that an archived practice was restored."""
    return _("Restored {name}, from today on.").format(name=name)


def practice_facts(practice: Practice, day: date) -> Iterator[str]:
    """A practice's definition, one fact a line: for a screen reader."""
    name = practice.name
    yield _("{name}: id {id}.").format(name=name, id=practice.id)
    since = practice.archived_since(day)
    if since is not None:
        when = format_day_of(since, day)
        yield _("{name}: {state}.").format(
            name=name, state=_("archived since {day}").format(day=when)
        )
        return
    yield _("{name}: {state}.").format(name=name, state=key_words(practice))
    yield _("{name}: {state}.").format(name=name, state=goal_words(practice, day))
    if practice.question:
        yield _("{name}: {question}").format(name=name, question=practice.question)


def note_counts(
    practices: Iterable[tuple[Practice, int]], *, evenings: int, rest_days: int
) -> list[tuple[str, int]]:
    """What the notes that name a person are of, each with its days: practices, evenings, and rest
    days."""
    counts = [(practice.name, days) for practice, days in practices]
    counts += [
        (_("Evening"), evenings),
        (_("rest days"), rest_days),
    ]
    return [(name, days) for name, days in counts if days]


def counts_clause(counts: Iterable[tuple[str, int]]) -> str:
    """ "Gratitude 9, Hug 4"."""
    return ", ".join(_("{name} {days}").format(name=name, days=days) for name, days in counts)


def added_words(practice: Practice, shadowed: Iterable[ShadowedWord]) -> str:
    """A new practice, the letter that logs it, its goal, and its shadowed words."""
    name = practice.name
    if practice.key:
        added = _("Added {name} ({id}). The letter {key} logs it.").format(
            name=name, id=practice.id, key=practice.key
        )
    else:
        added = _("Added {name} ({id}), without a letter to log it.").format(
            name=name, id=practice.id
        )
    goal = _("Its goal: {goal}.").format(goal=goal_words(practice, practice.added_on))
    return " ".join((added, goal, *word_sentences(shadowed, [practice])))


def edit_words(
    before: Practice, now: Practice, shadowed: Iterable[ShadowedWord], day: date, *, of_days: bool
) -> str:
    """The result of an edit, and with a new name or letter the shadowed words of the practice;
    `of_days`: the practice had days in another unit."""
    edited = _edit_words(before, now, day, of_days=of_days)
    if now.id != before.id or (now.name, now.key) == (before.name, before.key):
        return edited
    renamed = () if now.name == before.name else [now]
    return " ".join((edited, *word_sentences(shadowed, renamed)))


def kept_question_sentence(before: Practice, now: Practice) -> str:
    """The question that stayed while the unit changed, as it may ask for minutes; "" otherwise."""
    if now.unit is before.unit or now.question != before.question or not now.question:
        return ""
    return _('Its question is still "{question}"').format(question=now.question)


def _edit_words(before: Practice, now: Practice, day: date, *, of_days: bool) -> str:
    if of_days:
        saved = _unit_words(before, now, day)
    elif now.name == before.name:
        saved = _("Saved {name}.").format(name=now.name)
    else:
        saved = _("{was} is now called {name}.").format(was=before.name, name=now.name)
    was, is_now = goal_words(before, day), goal_words(now, day)
    if was == is_now:
        return saved
    return f"{saved} " + _("The goal is now {goal}. It was {was}.").format(goal=is_now, was=was)


def _unit_words(before: Practice, now: Practice, day: date) -> str:
    """What happened to the days of a practice that is now tracked in another unit."""
    name, amount = now.name, now.goal_on(day).amount
    if now.id != before.id:
        return _(
            "{name} ({id}) starts today, tracked as {unit}. Earlier days stay in the "
            "old practice, which is now archived."
        ).format(name=name, id=now.id, unit=unit_label(now.unit))
    unit, has_partly_done = unit_label(now.unit), _can_be_partly_done(before)
    if amount == 1:
        message = (
            _(
                "{name} is now tracked as {unit}. Days that were done stay done; days "
                "that were only partly done now count as not done."
            )
            if has_partly_done
            else _("{name} is now tracked as {unit}. Days that were done stay done.")
        )
        return message.format(name=name, unit=unit)
    if not has_partly_done:
        return _(
            "{name} is now tracked as {unit}. Each day that was done now counts as {amount}."
        ).format(name=name, unit=unit, amount=format_amount(now.unit, amount))
    whole, half = format_amount(now.unit, amount), format_amount(now.unit, amount // 2)
    return _(
        "{name} is now tracked as {unit}. Each day that was done now counts as "
        "{amount}; each day that was partly done, as {half}."
    ).format(name=name, unit=unit, amount=whole, half=half)


def _can_be_partly_done(practice: Practice) -> bool:
    """Whether a day can have less than its goal: one of a goal of 1 has it or not."""
    return practice.unit.spec.is_counted and any(goal.amount > 1 for goal in practice.goals)


# Figures


def figure_words(view: StreakView) -> str:
    """The figures on one line: "streak 13 days, longest 20 days, 45 days in total"."""
    streak, longest = streak_words(view), longest_words(view)
    parts = [
        _("streak {streak}").format(streak=streak) if streak else "",
        _("longest {longest}").format(longest=longest) if longest else "",
        _total_words(view.figures.days_total),
    ]
    return ", ".join(part for part in parts if part)


def changed_figures_sentence(before: StreakView, now: StreakView) -> str:
    """The figures before and after an edit; empty where they read the same."""
    was, is_now = figure_words(before), figure_words(now)
    if was == is_now:
        return ""
    return _("Your figures for this practice are now: {now}. They were: {before}.").format(
        now=is_now, before=was
    )


def streak_unit_sentence(preview: GoalPreview) -> str:
    """What the streak would count with the new goal; empty where that stays the same."""
    if not preview.changes_unit:
        return ""
    if counts_in_weeks(preview.from_today):
        return _("With a goal of 1 to 4 days a week, the streak counts weeks on goal.")
    return _("With a goal of 5 to 7 days a week, the streak counts days.")


def figure_facts(name: str, row: HasFigures) -> Iterator[str]:
    """Streak, longest streak and total of days, one fact a line; what is 0 is left out."""
    if streak := streak_words(row):
        yield _("{name}: a streak of {streak}.").format(name=name, streak=streak)
    if longest := longest_words(row):
        yield _("{name}: longest streak {longest}.").format(name=name, longest=longest)
    if row.figures.days_total:
        yield _("{name}: {days} in total.").format(name=name, days=row.figures.days_total)


def more_figures(row: HasFigures) -> Iterator[str]:
    """Longest streak, weeks on goal and total of days, a sentence each; what is 0 is left out."""
    if longest := longest_words(row):
        yield _("Longest streak: {longest}.").format(longest=longest)
    if weeks := weeks_words(row.figures.weeks_in_rhythm):
        yield _("On goal: {weeks} in a row.").format(weeks=weeks)
    if row.figures.days_total:
        yield _("Days in total: {days}.").format(days=row.figures.days_total)


def streaks_table(views: Sequence[StreakView], width: int = TABLE_WIDTH) -> Iterator[str]:
    """The figures of every practice as a table for so many columns."""
    names = [_("Calm"), *(view.practice.name for view in views)]
    columns, name_cells = fit_columns(STREAK_COLUMNS, views, names, before=5, width=width)
    head = " " * (5 + name_cells)
    yield f"{head}{over_line(columns)}"
    yield f"{head}{heading_line(columns)}"
    for view in views:
        name = pad(view.practice.name, name_cells)
        figures = value_line(columns, view)
        yield f"   {view.practice.key or ' '} {name}{figures}".rstrip()


def streak_facts(views: Iterable[StreakView]) -> Iterator[str]:
    """The figures of every practice, one fact a line."""
    for view in views:
        name, goal = view.practice.name, view.days_per_week
        yield ngettext(
            "{name}: goal {goal} day a week.", "{name}: goal {goal} days a week.", goal
        ).format(name=name, goal=goal)
        yield from figure_facts(name, view)
        if strength := percent_words(view.figures.strength):
            yield _("{name}: strength {strength}.").format(name=name, strength=strength)


def _total_words(days: int) -> str:
    if days == 0:
        return _("no days yet")
    return ngettext("{count} day in total", "{count} days in total", days).format(count=days)


# A streak explained day by day


def explain_lines(one: Explanation, width: int) -> tuple[str, ...]:
    """The title, the rule of the weekly goal, and a line for each day, oldest first."""
    lines = [f"{day}{effect}".rstrip() for day, effect in explain_days(one)]
    return (*explain_head(one, min(width, 76)), *(lines or [_("Nothing to show yet.")]))


def explain_head(one: Explanation, width: int = 76) -> tuple[str, ...]:
    """The title, the rule of the weekly goal, the marks of these days in lines of so many cells,
    and a blank line."""
    return (_title(one), _rule(one), *marks_legend({day.state for day in one.days}, width), "")


def marks_legend(states: Container[State | None], width: int, *more: str) -> list[str]:
    """The marks of these states with their meanings, then `more`, in lines of so many cells; a
    line ends between two. The gap is narrower where that saves a line."""
    meanings = {
        State.DONE: _("done"),
        State.SOME: _("below the goal"),
        State.NO: _("no"),
        State.NOT_LOGGED: _("not logged"),
        State.PENDING: _("not logged"),
        State.REST: _("rest"),
    }
    parts = [f"{mark(state)} {words}" for state, words in meanings.items() if state in states]
    unique = list(dict.fromkeys([*parts, *more]))
    return min((join_parts(unique, gap, width) for gap in ("   ", "  ")), key=len)


def explain_days(one: Explanation) -> list[tuple[str, str]]:
    """Each day with its mark, oldest first, and what it did to the streak; one row for consecutive
    days on which the practice wasn't in the list. Where the streak counts weeks, a row for each
    week follows its last day."""
    rows = []
    for place, last in _spans(one):
        day = one.days[place]
        label = f"{format_day_short(day.day):<10}  {mark(day.state)}  "
        effect = _effect(one, place)
        if last > place:
            # Translators: The first day comes before it: "Tue 6 Oct  to Sat 2 Jan: ...".
            effect = _("to {day}: not in your list").format(
                day=format_day_short(one.days[last].day)
            )
        rows.append((label, effect))
        if words := _week_words(one, last):
            rows.append((pad(_("Week"), cell_len(label)), words))
    return rows


def explain_facts(one: Explanation) -> tuple[str, ...]:
    """The same, one fact a line, without marks: for a screen reader."""
    facts = []
    for place, last in _spans(one):
        day = one.days[place]
        if last > place:
            fact = _("{first} to {last}: not in your list").format(
                first=format_day_short(day.day), last=format_day_short(one.days[last].day)
            )
        else:
            effect = _effect(one, place) or state_words(day.state)
            fact = f"{format_day_short(day.day)}: {effect}"
        facts.append(fact)
        if words := _week_words(one, last):
            end = format_day_short(one.days[last].day)
            facts.append(_("Week to {day}: {words}").format(day=end, words=words))
    return (_title(one), _rule(one), *(facts or [_("Nothing to show yet.")]))


def _spans(one: Explanation) -> Iterator[tuple[int, int]]:
    """The places of the first and the last day of each row: several days only where the practice
    was in the list on none of them, and no row for a week comes between them."""
    start = 0
    for place, day in enumerate(one.days):
        following = one.days[place + 1] if place + 1 < len(one.days) else None
        if (
            following is None
            or day.state is not None
            or following.state is not None
            or _week_words(one, place)
        ):
            yield start, place
            start = place + 1


def _title(one: Explanation) -> str:
    title = _streak_title(one)
    if one.is_present:
        return title
    return _("{title}, as of {day}").format(title=title, day=format_day_short(one.day))


def _streak_title(one: Explanation) -> str:
    if not (streak := streak_words(one)):
        if counts_in_weeks(one) and one.days and one.days[-1].done_this_week:
            return f"{one.practice.name}: {_done_this_week(one.days[-1])}"
        return _("{name}").format(name=one.practice.name)
    if counts_in_weeks(one):
        return _("{name}: {weeks} on goal").format(name=one.practice.name, weeks=streak)
    return _("{name}: a streak of {streak} days").format(
        name=one.practice.name, streak=one.figures.streak
    )


def _rule(one: Explanation) -> str:
    cushion = one.cushion
    if cushion == 0:
        return _("Your goal is every day. Rest days don't break a streak.")
    if counts_in_weeks(one):
        return ngettext(
            "Your goal is {count} day a week. The streak counts the weeks that reach it.",
            "Your goal is {count} days a week. The streak counts the weeks that reach it.",
            one.days_per_week,
        ).format(count=one.days_per_week)
    return ngettext(
        "Your weekly goal allows {count} day off in any seven.",
        "Your weekly goal allows {count} days off in any seven.",
        cushion,
    ).format(count=cushion)


def _effect(one: Explanation, place: int) -> str:
    """What one day did to the streak, in words; may be empty."""
    day = one.days[place]
    if day.effect == "open" and day.state is State.NO:
        return _("Not this time. That's fine.")
    if day.effect == "open":
        return _("Not done yet. There's still time.")
    if day.state is State.REST and counts_in_weeks(one):
        return _("A rest day.")
    if day.state is State.REST:
        return _("A rest day. Your streak stays as it is.")
    if day.state is None:
        return _("Not in your list that day.")
    if counts_in_weeks(one):
        return _done_this_week(day) if day.effect == "counts" else ""
    if day.effect == "counts":
        return _counted(one, place)
    if day.effect == "cushion":
        message = _("Day off {number} of {count}. Your streak goes on.")
        if day.cushion != one.cushion:
            message = _("Day off {number} of {count} (your goal then). Your streak goes on.")
        return message.format(number=day.days_off, count=day.cushion)
    return _ended(one, place) if day.effect == "ends" else ""


def _done_this_week(day: ExplainedDay) -> str:
    done, goal = day.done_this_week, day.week_goal
    message = _("{done} of {goal} this week")
    if goal < day.week_target and done >= goal:
        message = _("{done} this week. That's enough: the other days are rest days.")
    elif done > goal:
        message = _("{done} this week (goal {goal})")
    return message.format(done=done, goal=goal)


def _week_words(one: Explanation, place: int) -> str:
    """What the week that ends with a day did to the streak, in words; empty within a week, where
    the streak counts days, and for a week that could change nothing."""
    day = one.days[place]
    if not counts_in_weeks(one) or day.week_effect is None:
        return ""
    if day.week_effect == "counts":
        return ngettext(
            "On goal: {days}. The streak is now {count} week.",
            "On goal: {days}. The streak is now {count} weeks.",
            day.weeks,
        ).format(days=_days_of_goal(one, day), count=day.weeks)
    if day.week_effect == "ends":
        return _week_below_goal(one, place)
    if all(earlier.state is None for earlier in one.days[max(0, place - 6) : place + 1]):
        return ""
    neutral = _("In your list for only part of the week, so it doesn't count.")
    if day.week_off == 7:
        neutral = _("All rest days, so the week doesn't count.")
    stays = _("Your streak stays as it is.")
    return f"{neutral} {stays}" if day.weeks else neutral


def _week_below_goal(one: Explanation, place: int) -> str:
    day, had_streak = one.days[place], place > 0 and one.days[place - 1].weeks > 0
    if not (had_streak or day.done_this_week):
        return ""
    below = _("No days that week.")
    if day.done_this_week:
        below = _("Below the goal: {days}.").format(days=_days_of_goal(one, day))
    if not had_streak:
        return below
    return " ".join((below, *_days_left_by_rest(one, place), _streak_over()))


def _days_left_by_rest(one: Explanation, place: int) -> Iterator[str]:
    """Yields which days of a week weren't rest days, where they were fewer than its goal, or that
    its goal took each of them."""
    day = one.days[place]
    week = one.days[max(0, place - 6) : place + 1]
    left = [each.day for each in week if each.state is not State.REST]
    if not day.week_off or len(left) != 7 - day.week_off:
        return
    if len(left) == day.week_target:
        yield ngettext(
            "With {count} rest day, you needed each of the other days.",
            "With {count} rest days, you needed each of the other days.",
            day.week_off,
        ).format(count=day.week_off)
    elif len(left) < day.week_target:
        yield ngettext(
            "{days} wasn't a rest day, so one day was enough to go on.",
            "{days} weren't rest days, so those days were enough to go on.",
            len(left),
        ).format(days=", ".join(weekday_name(each.weekday()) for each in left))


def _streak_over() -> str:
    return _("A pause. Your total stays, and a new streak can start any time.")


def _days_of_goal(one: Explanation, day: ExplainedDay) -> str:
    """The done days of a week beside the goal that it is judged by."""
    done, goal = day.done_this_week, day.week_goal
    message = ngettext("{done} day (goal {goal})", "{done} days (goal {goal})", done)
    if day.week_target != one.days_per_week:
        message = ngettext(
            "{done} day (your goal then: {goal})", "{done} days (your goal then: {goal})", done
        )
    return message.format(done=done, goal=goal)


def _ended(one: Explanation, place: int) -> str:
    """Why the streak is shorter: its days before the oldest day off no longer count."""
    streak, start = one.days[place].streak, _streak_start(one, place)
    cushion = one.days[place].cushion
    sentences = []
    if cushion:
        sentences.append(
            ngettext(
                "More than {count} day off in seven.",
                "More than {count} days off in seven.",
                cushion,
            ).format(count=cushion)
        )
    if streak == 0:
        sentences.append(_streak_over())
    elif start is None:
        sentences.append(
            ngettext(
                "The streak is now {count} day.", "The streak is now {count} days.", streak
            ).format(count=streak)
        )
    else:
        sentences.append(
            ngettext(
                "The streak now starts on {day}: {count} day.",
                "The streak now starts on {day}: {count} days.",
                streak,
            ).format(day=format_day_short(one.days[start].day), count=streak)
        )
    return " ".join(sentences)


def _streak_start(one: Explanation, place: int) -> int | None:
    """The index of the first day of the streak that a day belongs to; None before the first of
    these days."""
    missing = one.days[place].streak
    for index in range(place, -1, -1) if missing else ():
        missing -= one.days[index].effect == "counts"
        if not missing:
            return index
    return None


def _counted(one: Explanation, place: int) -> str:
    day = one.days[place]
    if place and one.days[place - 1].streak == 0 and _was_done_before(one, place):
        return _("Welcome back.")
    return _("day {count}").format(count=day.streak) if day.streak > 1 else _("day 1")


def _was_done_before(one: Explanation, place: int) -> bool:
    """Whether a practice was done before one of the days, also before the first of them."""
    done = [day.effect == "counts" for day in one.days]
    return any(done[:place]) or one.figures.days_total > sum(done)
