"""How does a parameter become a field that a person can fill in?

Nothing is listed here but nicer labels: fields, units, bounds, words and help come from the
dataclass that owns the parameter, by way of the forms that the file's loader uses.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from playground.engine.parameters import Every, Retry, Spread
from playground.scenario.forms import (
    Choice,
    Flag,
    Form,
    ListOf,
    Number,
    OneOf,
    Parameter,
    Quantity,
    Record,
    parameters_of,
)
from playground.scenario.quantities import (
    Unreadable,
    read_number,
    read_quantity,
    read_whole,
    write_number,
    write_quantity,
)
from playground.ui.panels.labels import plain

LABELS: dict[str, str] = {
    "rate_per_s": "Rate",
    "restart_after_us": "Back after a crash",
    "work.mean_us": "Work",
    "work.distribution": "Work varies",
    "work.sigma": "Work sigma",
    "latency.mean_us": "Latency",
    "latency.distribution": "Latency varies",
    "latency.sigma": "Latency sigma",
    "loss.request": "Loses requests",
    "loss.reply": "Loses replies",
    "duplicate": "Duplicates",
    "reorder": "Holds back",
    "retry.timeout_us": "Retry after",
    "retry.attempts": "Attempts",
    "failure_chance": "Handler fails",
    "crash_at": "Crashes at",
}


class Field(NamedTuple):
    """One editable value: where it stands in the parameters, and how it is written."""

    path: tuple[str, ...]
    label: str
    parameter: Parameter

    @property
    def name(self) -> str:
        """The path as one word: ``work.mean_us``."""
        return ".".join(self.path)


def fields_of(cls: type, before: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Every parameter of a dataclass; records are opened, their parts stand where they stand."""
    found: list[Field] = []
    for parameter in parameters_of(cls):
        path = (*before, parameter.name)
        if isinstance(parameter.form, Record):
            found += fields_of(parameter.form.cls, path)
        else:
            found.append(Field(path, _label(path, parameter), parameter))
    return tuple(found)


def _label(path: tuple[str, ...], parameter: Parameter) -> str:
    known = LABELS.get(".".join(path))
    return known or parameter.key.replace("_", " ").capitalize()


def value_of(parameters: object, path: Sequence[str]) -> object:
    """The value at a path."""
    for name in path:
        parameters = getattr(parameters, name)
    return parameters


def change_for(parameters: object, path: Sequence[str], value: object) -> tuple[str, object]:
    """The change that puts a value at a path: a field of the node and its new value."""
    if len(path) == 1:
        return path[0], value
    inner = getattr(parameters, path[0])
    assert isinstance(inner, Spread | Retry) or hasattr(inner, path[1])
    return path[0], replace(inner, **{path[1]: value})


def write_value(parameter: Parameter, value: object) -> str:
    """A value as it stands in a file."""
    if value == parameter.absent_value and parameter.absent is not None:
        return parameter.absent
    if value is None:
        return ""
    return _write(parameter.form, value)


def _write(form: Form, value: object) -> str:
    if isinstance(value, Every):
        return f"every {value.every}"
    if isinstance(form, OneOf):
        form = form.forms[0]
    if isinstance(form, Quantity) and isinstance(value, int | float):
        return write_quantity(value, form.unit)
    if isinstance(form, Number) and isinstance(value, int | float):
        return str(value) if form.is_whole else write_number(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def read_value(parameter: Parameter, text: str) -> object:
    """The value that a text means, or an ``Unreadable`` that says why it means none."""
    text = " ".join(text.replace("\u00a0", " ").split())
    if parameter.absent is not None and text in (parameter.absent, ""):
        return parameter.absent_value
    if not text and not parameter.is_required and parameter.default is None:
        return None
    return _read(parameter.form, text)


def _read(form: Form, text: str) -> object:
    if isinstance(form, OneOf):
        return _read_list(text)
    if isinstance(form, ListOf):
        return _read_list(text)
    if isinstance(form, Quantity):
        return _bounded(form, read_quantity(text, form.unit), text)
    if isinstance(form, Number):
        return _bounded(form, read_whole(text) if form.is_whole else read_number(text), text)
    return text


def _read_list(text: str) -> object:
    """``17, 20`` or ``every 20``: the messages that are poison."""
    words = text.removeprefix("every").replace(",", " ").split()
    numbers = [read_whole(word) for word in words]
    wrong = next((each for each in numbers if isinstance(each, Unreadable)), None)
    if wrong is not None:
        return wrong
    whole = tuple(each for each in numbers if isinstance(each, int))
    if not all(each >= 1 for each in whole):
        return Unreadable("Messages are counted from 1.")
    if text.startswith("every"):
        return Every(every=whole[0]) if len(whole) == 1 else Unreadable("Write: every 20.")
    return whole


def _bounded(
    form: Quantity | Number, value: Fraction | int | Unreadable, text: str
) -> int | float | Unreadable:
    if isinstance(value, Unreadable):
        return value
    number = int(value) if form.is_whole else float(value)
    bounds: Any = form.bounds
    if bounds.ge is not None and number < bounds.ge:
        return Unreadable(f"{text} is too small: at least {_write(form, bounds.ge)}.")
    if bounds.gt is not None and number <= bounds.gt:
        return Unreadable(f"{text} is too small: more than {_write(form, bounds.gt)}.")
    if bounds.le is not None and number > bounds.le:
        return Unreadable(f"{text} is too large: at most {_write(form, bounds.le)}.")
    return number


class FieldEditor(QWidget):
    """A label above an editor; what a person has entered is emitted once it can be read."""

    changed = Signal(object, object)
    """The path and the new value."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._shown: object = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        self.editor = self._make()
        label = plain(field.label, "label")
        label.setBuddy(self.editor)
        label.setToolTip(field.parameter.help)
        self.editor.setAccessibleName(field.label)
        self.editor.setToolTip(field.parameter.help)
        if isinstance(self.editor, QCheckBox):
            self.editor.setText(field.label)
            label.setText("")
        box.addWidget(label)
        box.addWidget(self.editor)

    def _make(self) -> QWidget:
        form = self.field.parameter.form
        if isinstance(form, Choice):
            combo = QComboBox(self)
            combo.addItems(form.words)
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(4)
            combo.textActivated.connect(self._emit)
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return combo
        if isinstance(form, Flag):
            check = QCheckBox(self)
            check.clicked.connect(self._emit)
            return check
        line = QLineEdit(self)
        line.setMinimumWidth(40)
        line.editingFinished.connect(self._on_text)
        line.textEdited.connect(lambda: self._mark(""))
        return line

    def show_value(self, value: object) -> None:
        """Show a value, unless a person is just writing another."""
        if self._shown == value and self._shown is not None:
            return
        self._shown = value
        if isinstance(self.editor, QComboBox):
            self.editor.setCurrentText(str(value) if value is not None else "")
        elif isinstance(self.editor, QCheckBox):
            self.editor.setChecked(bool(value))
        elif isinstance(self.editor, QLineEdit) and not self.editor.isModified():
            self.editor.setText(write_value(self.field.parameter, value))

    def _on_text(self) -> None:
        assert isinstance(self.editor, QLineEdit)
        if not self.editor.isModified():
            return
        value = read_value(self.field.parameter, self.editor.text())
        if isinstance(value, Unreadable):
            self._mark(value.sentence)
            return
        self._mark("")
        self.editor.setModified(False)
        self.editor.setText(write_value(self.field.parameter, value))
        if value != self._shown:
            self._emit(value)

    def _emit(self, value: object) -> None:
        if value != self._shown:
            self._shown = value
            self.changed.emit(self.field.path, value)

    def _mark(self, sentence: str) -> None:
        is_wrong = "true" if sentence else "false"
        self.editor.setToolTip(sentence or self.field.parameter.help)
        self.editor.setAccessibleDescription(sentence)
        if self.editor.property("wrong") != is_wrong:
            self.editor.setProperty("wrong", is_wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
