"""Is every action named, explained, reachable by a key and by the menu; is every control named?"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.actions import ACTIONS, ActionSpec
from playground.ui.main_window import MainWindow
from playground.ui.panels.menus import main_menu
from tests.ui.real import real_window, ticks

WITHOUT_A_KEY = {
    "copy-seed": "the seed is a button of the top bar, and what it copies is written on it",
}
"""Why an action has no key."""
SEQUENCE = QKeySequence.SequenceFormat
CANVAS_KEYS = {"C": "crash", "P": "pause", "X": "cut", "D": "drop", "L": "lose-ack", "F": "fit"}
"""Letters that the canvas answers to by itself: they must mean there what they mean elsewhere."""


@pytest.fixture
def real(qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window over a true run, one second in."""
    with real_window("04-three-side-by-side") as window:
        ticks(window, 0.1, 2)
        yield window
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_an_action_is_named_explained_and_has_a_key_or_a_reason(spec: ActionSpec) -> None:
    assert spec.text
    assert spec.text[0].isupper()
    assert not spec.text.endswith(".")
    assert spec.tip
    assert spec.tip[0].isupper()
    assert bool(spec.keys) != (spec.id in WITHOUT_A_KEY)
    if spec.keys:
        assert spec.tooltip.endswith(f"({spec.key})")
    for key in spec.keys:
        assert QKeySequence(key).toString(SEQUENCE.PortableText), f"{key} is no key"


def test_a_reason_for_no_key_is_about_an_action_that_exists() -> None:
    assert set(WITHOUT_A_KEY) <= {spec.id for spec in ACTIONS}


def test_no_two_actions_share_a_key(real: MainWindow) -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for action in real.findChildren(QAction):
        for shortcut in action.shortcuts():
            holders[shortcut.toString(SEQUENCE.PortableText)].append(action.objectName())
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}


def test_the_canvas_means_by_a_letter_what_the_window_means() -> None:
    from playground.ui.canvas import keys

    by_key = {key: spec.id for spec in ACTIONS for key in spec.keys}
    assert set(keys.LETTERS.values()) <= set(CANVAS_KEYS)
    assert {key: by_key[key] for key in CANVAS_KEYS} == CANVAS_KEYS


def test_actions_are_words_and_carry_no_icons(real: MainWindow) -> None:
    """Icons are for buttons, which bring their own; a menu of words is read, not deciphered."""
    for spec in ACTIONS:
        action = real.actions_by_id[spec.id]
        assert action.icon().isNull()
        assert (action.toolTip(), action.statusTip()) == (spec.tooltip, spec.tip)


def test_every_action_stands_in_the_main_menu(real: MainWindow) -> None:
    menu = main_menu(real)
    inside: set[str] = set()
    for section in menu.findChildren(QMenu):
        inside |= {action.objectName() for action in section.actions()}
    menu.deleteLater()
    assert {spec.id for spec in ACTIONS} - inside == set()


# ---------------------------------------------------------------------- names of controls


def is_viewport(widget: QWidget) -> bool:
    """Whether it is the inside of something that scrolls, which has the name."""
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


def nameless(top: QWidget) -> list[str]:
    """Visible widgets below it that take the keys and that nobody can say the name of."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not (takes_keys and widget.isVisible() and widget.isEnabled()):
            continue
        if widget is top or widget.objectName().startswith("qt_") or is_viewport(widget):
            continue  # the window has its title; Qt's own parts speak through their owner
        text = widget.text() if hasattr(widget, "text") else ""
        if not (widget.accessibleName() or text):
            parent = widget.parentWidget()
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


def test_whatever_takes_the_keys_has_a_name_in_every_state_of_the_window(
    real: MainWindow,
) -> None:
    frame = real.bridge.last
    selections: list[tuple[str | int, ...] | None] = [None]
    selections += [("node", view.id) for view in frame.nodes]
    selections += [("link", link.source, link.target) for link in frame.links]
    flight = next((int(number) for number in frame.flights.flight), None)
    selections += [("packet", flight)] if flight is not None else []
    found: dict[str, list[str]] = {}
    for selection in selections:
        real.select(selection)
        QApplication.processEvents()
        found[str(selection)] = nameless(real)
    for page in real.panes.tabs.findChildren(QWidget):
        if hasattr(page, "click"):
            page.click()
            QApplication.processEvents()
            found[f"page {page.accessibleName() or page.text()}"] = nameless(real)
    assert {state: names for state, names in found.items() if names} == {}


@pytest.mark.parametrize("action", ["help", "presets", "palette", "settings", "storm", "outline"])
def test_so_it_has_in_what_is_opened_over_it(action: str, real: MainWindow) -> None:
    real.actions_by_id[action].trigger()
    QApplication.processEvents()
    tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    found = {type(top).__name__: nameless(top) for top in tops}
    for top in tops:
        if top is not real:
            top.close()
    assert {top: names for top, names in found.items() if names} == {}
