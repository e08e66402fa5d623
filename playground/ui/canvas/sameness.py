"""When do two frames look the same to the layout, and in which order do lanes stand?"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from playground.session.frame import ConsumerView, Frame, Lane, QueueView
from playground.ui.canvas import placement
from playground.ui.canvas.words import NodeView
from playground.ui.theme import Theme


def is_akin(before: Frame, after: Frame) -> bool:
    """Whether two frames may be of one scenario: they share a node, or one has none."""
    ids = {view.id for view in before.nodes}
    return not ids or not after.nodes or any(view.id in ids for view in after.nodes)


def shape(frame: Frame, theme: Theme) -> tuple[object, ...]:
    """Everything that places depend on."""
    return (
        tuple((view.id, *placement.size_of(view, theme)) for view in frame.nodes),
        tuple((link.source, link.target) for link in frame.links),
        tuple(
            (view.dead_from, *(lane.consumers for lane in view.lanes))
            for view in frame.nodes
            if isinstance(view, QueueView)
        ),
        tuple(view.guarantee for view in frame.nodes if isinstance(view, ConsumerView)),
        tuple((row.group, row.consumers) for row in frame.groups),
    )


def with_ordered_lanes(frame: Frame, boxes: Mapping[str, QRectF]) -> Frame:
    """Lanes in the order of their consumers' height, so that links do not cross."""
    nodes: list[NodeView] = []
    for view in frame.nodes:
        if isinstance(view, QueueView) and len(view.lanes) > 1:
            lanes = sorted(view.lanes, key=lambda lane: _height(lane, boxes))
            view = view._replace(lanes=tuple(lanes))
        nodes.append(view)
    return frame._replace(nodes=tuple(nodes))


def _height(lane: Lane, boxes: Mapping[str, QRectF]) -> float:
    heights = (boxes[each].center().y() for each in lane.consumers if each in boxes)
    return min(heights, default=float("inf"))
