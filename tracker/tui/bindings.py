"""The keys that are the same in every room, and those that are where a day can be changed."""

from __future__ import annotations

from textual.binding import Binding, BindingType

LEAVING = ("q", "ctrl+c", "ctrl+q")

GLOBAL_BINDINGS: tuple[BindingType, ...] = (
    Binding("u", "undo", "Undo", id="undo", tooltip="Take back the newest step"),
    Binding("ctrl+r", "redo", "Redo", id="redo", tooltip="Do it again"),
    Binding("e", "export", "Export", id="export", tooltip="Write the diary to a file"),
    Binding("full_stop", "go_to", "Go to a date", id="go_to", tooltip="Go to a date"),
    Binding("T", "tonight", "Tonight", id="tonight", tooltip="Today, to log"),
    Binding("W", "week", "Week", id="week", tooltip="The week in review"),
    Binding("Y", "year", "Year", id="year", tooltip="The year as a heatmap"),
    Binding("C", "calm", "Calm", id="calm", tooltip="Calm over time"),
    Binding("P", "practices", "Practices", id="practices", tooltip="Your practices, to shape"),
    Binding("S", "settings", "Settings", id="settings", tooltip="Settings"),
    Binding("M", "people", "People", id="people", tooltip="Who is named in your notes"),
    Binding("G", "jar", "Gratitude jar", id="jar", tooltip="Something you were glad of"),
    Binding("B", "breathe", "Breathe", id="breathe", tooltip="A minute to soften"),
    Binding("I", "import", "Import", id="import", tooltip="Read a file into the diary"),
    Binding("question_mark", "help", "Help", id="help", tooltip="Keys, marks and figures"),
    Binding("ctrl+z", "app.suspend_process", "Put aside", show=False, id="suspend",
            tooltip="Put calmtrack aside; fg takes it up again"),
    Binding(",".join(LEAVING), "app.leave", "Quit", id="quit", tooltip="Leave calmtrack"),
)  # fmt: skip

DAY_BINDINGS: tuple[BindingType, ...] = (
    Binding("z", "rest", "Rest day", id="rest", tooltip="Declare a rest day, or take it back"),
    Binding("plus", "days_off", "Days off", id="days_off",
            tooltip="Rest over more days: a holiday, an illness"),
    Binding("n,enter", "note", "Note", id="note", tooltip="Write a note for this row"),
    Binding("space", "press", "Log", id="press", tooltip="Log the practice of this row"),
    Binding("minus", "less", "Less", id="less", tooltip="One step less; then an explicit no"),
    Binding("equals_sign", "amount", "Amount", id="amount", tooltip="Type the day's amount"),
    Binding("backspace,delete", "clear", "Clear", id="clear", tooltip="Clear it; notes stay"),
    Binding("x", "explain", "Explain", id="explain", tooltip="How this streak came about"),
)  # fmt: skip
