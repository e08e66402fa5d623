"""What can a person do in the window, by which key, and when?

Actions are data: menus, tooltips, the key sheet and the tests grow from ``ACTIONS``, one list a
section.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from playground.ui.action_lists.documents import DOCUMENTS
from playground.ui.action_lists.edits import EDITS
from playground.ui.action_lists.faults import FAULTS
from playground.ui.action_lists.moments import TIME
from playground.ui.action_lists.parts import PARTS
from playground.ui.action_lists.proof import PROOF
from playground.ui.action_lists.stage import STAGE
from playground.ui.action_lists.views import VIEWS
from playground.ui.action_spec import ActionSpec, Situation

if TYPE_CHECKING:
    from playground.ui.hands import Hands

__all__ = ["ACTIONS", "ActionSpec", "Situation", "install", "refresh"]

ACTIONS: tuple[ActionSpec, ...] = (
    *TIME,
    *DOCUMENTS,
    *EDITS,
    *PARTS,
    *FAULTS,
    *PROOF,
    *VIEWS,
    *STAGE,
)
"""Everything, in the order of the key sheet."""


def install(hands: Callable[[], "Hands"], host: QWidget) -> dict[str, QAction]:
    """A Qt action for each entry, its keys alive in the whole window."""
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(spec.text, host)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(spec.tooltip)
        action.setStatusTip(spec.tip)
        action.triggered.connect(_trigger(spec, hands))
        host.addAction(action)
        made[spec.id] = action
    return made


def _trigger(spec: ActionSpec, hands: Callable[[], "Hands"]) -> Callable[[], None]:
    def trigger() -> None:
        spec.does(hands())

    return trigger


def refresh(actions: Mapping[str, QAction], situation: Situation) -> None:
    """Enable what is possible now, and name what would be undone."""
    for spec in ACTIONS:
        actions[spec.id].setEnabled(spec.when(situation))
    for each, name in (("undo", situation.undo), ("redo", situation.redo)):
        text = f"{each.capitalize()}: {name}" if name else each.capitalize()
        actions[each].setText(text.replace("&", "&&"))
