"""How is a sheet that is open already not opened a second time?"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

Sheet = TypeVar("Sheet", bound=QDialog)


def show_one(kind: type[Sheet], over: QWidget, make: Callable[[], Sheet]) -> Sheet:
    """The sheet of this kind that lies over the window, in front of all; made if there is none."""
    # One that has been closed is still a child until it is deleted.
    there = [sheet for sheet in over.findChildren(kind) if sheet.isVisible()]
    sheet = there[0] if there else make()
    sheet.show()
    sheet.raise_()
    sheet.activateWindow()
    return sheet
