"""How is a new link drawn?

From a port to another node: nodes that can take the link show it, all others step back.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from playground.engine.commands import AddLink
from playground.engine.parameters import LinkParameters
from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    Frame,
    ProducerView,
    QueueView,
)
from playground.ui.canvas.finding import node_at
from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX
from playground.ui.canvas.words import NodeView

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


def possible_targets(frame: Frame, node: str) -> dict[str, bool]:
    """For every other node, whether a link between the two, in either direction, is legal."""
    here = next(view for view in frame.nodes if view.id == node)
    return {
        view.id: _can_link(frame, here, view) or _can_link(frame, view, here)
        for view in frame.nodes
        if view.id != node
    }


def _can_link(frame: Frame, source: NodeView, target: NodeView) -> bool:
    """Producers feed one queue, groups read from one; queues take and serve many.

    A consumer commits through one coordinator, which reaches as many queues as it is linked to.
    """
    if isinstance(source, ProducerView):
        is_free = all(link.source != source.id for link in frame.links)
        return isinstance(target, QueueView) and is_free
    if isinstance(source, QueueView) and isinstance(target, ConsumerView):
        is_free = all(link.target != target.id for link in frame.links)
        rows = [row for row in frame.groups if row.group == target.group]
        return is_free and all(row.queue == source.id for row in rows)
    ends = {(link.source, link.target) for link in frame.links}
    if isinstance(source, ConsumerView) and isinstance(target, CoordinatorView):
        return all(first != source.id for first, _ in ends)
    if isinstance(source, CoordinatorView) and isinstance(target, QueueView):
        return (source.id, target.id) not in ends
    return False


def link_between(view: "CanvasView", node: str, other: str) -> AddLink:
    """The wish for a link, in the only direction that its ends can have."""
    ends = [node, other]
    first, second = view.canvas.view_of(node), view.canvas.view_of(other)
    if _is_backwards(first, second):
        ends.reverse()
    return AddLink(ends[0], ends[1], LinkParameters())


def _is_backwards(first: NodeView | None, second: NodeView | None) -> bool:
    """Whether the only sensible link of the two runs from the second one to the first."""
    if isinstance(first, CoordinatorView) or isinstance(second, CoordinatorView):
        return isinstance(first, QueueView) or isinstance(second, ConsumerView)
    return isinstance(first, ConsumerView) or (
        isinstance(second, ProducerView) and not isinstance(first, ProducerView)
    )


class LinkNodes:
    """A line from a port to the pointer."""

    def __init__(self, view: "CanvasView", node: str, at: QPointF) -> None:
        assert view.canvas.frame is not None
        self._node, self._press = node, at
        self._targets = possible_targets(view.canvas.frame, node)
        self.has_moved = False

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """Show where the link may end."""
        if not self.has_moved and (at - self._press).manhattanLength() < STARTS_AFTER_PX:
            return
        if not self.has_moved:
            self.has_moved = True
            view.hovering.close()
            view.canvas.show_targets(self._targets, self._node)
        start = view.mapToScene(self._press.toPoint())
        view.canvas.show_rubber(start, view.mapToScene(at.toPoint()))

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """Wish for the link; a click selects the node."""
        self.cancel(view)
        if not self.has_moved:
            view.select(("node", self._node))
            return
        other = node_at(view.canvas, view.mapToScene(at.toPoint()))
        if other in self._targets:
            # Also where it cannot be: then the answer says why.
            view.command_requested.emit(link_between(view, self._node, other))

    def cancel(self, view: "CanvasView") -> None:
        """Everything steps forward again."""
        view.canvas.show_targets(None, "")
        view.canvas.show_rubber(None, None)
