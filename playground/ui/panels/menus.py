"""What is in the menus?"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from playground.ui.actions import ACTIONS
from playground.ui.panels.recent_menu import recent_menu

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


def main_menu(window: "MainWindow") -> QMenu:
    """Every action, section by section; documents and edits first."""
    menu = _menu(window)
    sections = ("Document", "Edit", "Build", "Time", "View", "Stage", "Break it", "Prove it")
    for section in sections:
        part = menu.addMenu(section)
        for spec in ACTIONS:
            if spec.section == section:
                part.addAction(window.actions_by_id[spec.id])
            if spec.id == "open":
                part.addMenu(recent_menu(window.hands.files, part))
    return menu


def names_menu(window: "MainWindow") -> QMenu:
    """The presets by number, and the file actions."""
    menu = _menu(window)
    for preset in window.presets:
        action = menu.addAction(f"{preset.number}  {preset.title}".strip().replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(preset.stem == window.hands.files.document.preset)
        action.triggered.connect(lambda _=False, preset=preset: window.hands.open_preset(preset))
    menu.addSeparator()
    for name in ("new", "open", "save", "save-as"):
        menu.addAction(window.actions_by_id[name])
        if name == "open":
            menu.addMenu(recent_menu(window.hands.files, menu))
    return menu


def _menu(window: "MainWindow") -> QMenu:
    menu = QMenu(window)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def drop_down(menu: QMenu, under: QWidget) -> None:
    """Open a menu below a button."""
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
