"""Which files were open lately, as a menu?"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from playground.ui.format import elided

if TYPE_CHECKING:
    from playground.ui.panels.file_desk import FileDesk

LONGEST_FOLDER = 40  # characters


def recent_menu(files: "FileDesk", parent: QWidget) -> QMenu:
    """The newest first, each with a digit as its key; nobody looks yet whether it is there."""
    menu = QMenu("Open recent", parent)
    for number, path in enumerate(files.recent.paths):
        action = menu.addAction(entry_text(number, path))
        action.setToolTip(str(path))
        action.triggered.connect(lambda _=False, path=path: files.open_recent(path))
    if not files.recent.paths:
        menu.addAction("No file yet").setEnabled(False)
        return menu
    menu.addSeparator()
    menu.addAction("Clear this list").triggered.connect(lambda _=False: files.recent.clear())
    return menu


def entry_text(number: int, path: Path) -> str:
    """``&1  small.yaml   ~/talks``."""
    folder = str(path.parent)
    home = str(Path.home())
    if folder == home or folder.startswith(f"{home}/"):
        folder = f"~{folder[len(home) :]}"
    folder = elided(folder, LONGEST_FOLDER, len, "middle")
    text = f"{path.name}   {folder}".replace("&", "&&")
    return f"&{(number + 1) % 10}  {text}"
