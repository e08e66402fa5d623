"""What is possible in the window as it stands?"""

from typing import TYPE_CHECKING

from playground.session.frame import ConsumerView, Frame
from playground.ui.action_spec import Situation
from playground.ui.panels.faults import Selection, heal_everything, verbs_for

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


def situation_of(window: "MainWindow") -> Situation:
    """What the possible actions depend on, as it is now."""
    frame = window.bridge.last
    possible = (v.id for v in verbs_for(window.selection, frame) if v.command is not None)
    return Situation(
        is_presenting=window.is_presenting,
        selected=str(window.selection[0]) if window.selection else "",
        verbs=tuple(possible),
        nodes=len(window.canvas.building.selected_nodes()),
        has_cues=bool(window.bridge.scenario.cues),
        has_end=frame.end_us > frame.now_us,
        has_branch=frame.has_branch,
        is_broken=bool(heal_everything(frame)),
        undo=window.hands.editor.stack.undoText(),
        redo=window.hands.editor.stack.redoText(),
    )


def first_consumer(frame: Frame) -> Selection:
    """What the inspector shows of a scene that has just been opened."""
    consumers = [view for view in frame.nodes if isinstance(view, ConsumerView)]
    if not consumers:
        return None
    promising = (view for view in consumers if view.guarantee != "at-most-once")
    return ("node", next(promising, consumers[0]).id)
