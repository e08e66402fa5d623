"""How are verbs and choices offered in a menu?

Ordinary menus: they work with the keyboard and with a screen reader. What is chosen goes to one
callable.
"""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.ui import icons
from playground.ui.canvas.choices import Choice
from playground.ui.canvas.toolbar import tooltip
from playground.ui.canvas.verbs import Verb
from playground.ui.theme import Theme


def verb_menu(parent: QWidget, verbs: tuple[Verb, ...], choose: Callable[[Verb], None]) -> QMenu:
    """The verbs of a thing; those with choices open a menu of their own."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    fill(menu, verbs, choose)
    return menu


def fill(menu: QMenu, verbs: tuple[Verb, ...], choose: Callable[[Verb], None]) -> None:
    """Add verbs to a menu."""
    for verb in verbs:
        if verb.choices:
            below = menu.addMenu(verb.word)
            below.setToolTipsVisible(True)
            below.setEnabled(verb.is_enabled)
            fill(below, verb.choices, choose)
            continue
        text = f"{verb.word}\t{verb.key}" if verb.key else verb.word
        action = menu.addAction(text)
        action.setEnabled(verb.is_enabled)
        action.setToolTip(tooltip(verb))
        action.triggered.connect(_chooser(choose, verb))


def choice_menu(
    parent: QWidget,
    choices: tuple[Choice, ...],
    theme: Theme,
    choose: Callable[[Choice], None],
) -> QMenu:
    """Promises or idempotencies, a line of explanation each, the present one checked."""
    menu = QMenu(parent)
    for choice in choices:
        action = QAction(f"{choice.word}\t{choice.explanation}", menu)
        if choice.icon:
            action.setIcon(icons.icon(choice.icon, theme.ink2, 18))
        else:
            action.setCheckable(True)
            action.setChecked(choice.is_current)
        if choice.is_current:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        action.triggered.connect(_picker(choose, choice))
        menu.addAction(action)
    return menu


def _chooser(choose: Callable[[Verb], None], verb: Verb) -> Callable[[], None]:
    return lambda: choose(verb)


def _picker(choose: Callable[[Choice], None], choice: Choice) -> Callable[[], None]:
    return lambda: choose(choice)
