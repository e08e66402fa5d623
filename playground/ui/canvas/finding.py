"""What is under the pointer?

Buttons of a card before packets, packets before cards, cards before links. All in scene pixels.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from playground.ui.canvas.link_item import HIT_PX as LINK_HIT_PX
from playground.ui.canvas.placement import DATABASE
from playground.ui.canvas.scene import CanvasScene, Target
from playground.ui.metrics import PACKET_HIT_PX, PORT_HIT_PX


class Found(NamedTuple):
    """A thing, and the button of it that is meant."""

    target: Target = None
    spot: str = ""  # "pill", "shield", "warning", "gate", "grave" or "port"
    gate: int = -1
    port: tuple[float, float] | None = None
    place: str = ""  # of a grave


NOTHING = Found()


def find(scene: CanvasScene, point: QPointF) -> Found:
    """What a click at this point means."""
    node = node_at(scene, point)
    if node and node != DATABASE:
        item = scene.nodes[node]
        spot, gate = item.spot_at(point - item.pos(), scene.zoom)
        if spot:
            return Found(("node", node), spot, gate)
    packet = packet_at(scene, point)
    if packet:
        return Found(("packet", packet))
    for place, box in scene.plates.grave_boxes:
        if box.contains(point):
            return Found(_place_target(scene, place), "grave", place=place)
    port = port_at(scene, point)
    if port is not None:
        return Found(("node", port[1]), "port", port=port[0])
    if node:
        return Found(("node", node))
    link = link_at(scene, point)
    return Found(link) if link else NOTHING


def _place_target(scene: CanvasScene, place: str) -> Target:
    if place in scene.nodes:
        return ("node", place)
    source, _, target = place.partition(">")
    key = (source, target) if (source, target) in scene.links else (target, source)
    return ("link", *key) if key in scene.links else None


def node_at(scene: CanvasScene, point: QPointF) -> str:
    """The id of the card under a point, "" for none."""
    for node, box in reversed(scene.plan.boxes.items()):
        if box.contains(point):
            return node
    return DATABASE if scene.plan.database.contains(point) else ""


def packet_at(scene: CanvasScene, point: QPointF) -> int:
    """The flight under a point, 0 for none."""
    reach = PACKET_HIT_PX / min(scene.zoom, 1.0)
    row = scene.packets.nearest(point.x(), point.y(), reach)
    table = scene.packets.table
    return int(table.flight[row]) if row >= 0 and table is not None else 0


def port_at(scene: CanvasScene, point: QPointF) -> tuple[tuple[float, float], str] | None:
    """The port under a point; only its outer half, so that the card stays draggable."""
    wide = 24.0
    for x, y, _, node in scene.plan.ports:
        box = QRectF(x - wide / 2, y - PORT_HIT_PX / 2, wide, PORT_HIT_PX)
        inside = scene.plan.boxes[node].adjusted(6, 0, -6, 0)
        if (x, y) in scene.plan.level:
            box = QRectF(x - PORT_HIT_PX / 2, y - wide / 2, PORT_HIT_PX, wide)
            inside = scene.plan.boxes[node].adjusted(0, 6, 0, -6)
        if box.contains(point) and not inside.contains(point):
            return (x, y), node
    return None


def link_at(scene: CanvasScene, point: QPointF) -> tuple[str, str, str] | None:
    """The nearest link within reach of a point."""
    best: tuple[str, str, str] | None = None
    least = (scene.theme.metrics.lane_px + LINK_HIT_PX) / min(scene.zoom, 1.0)
    for key, item in scene.links.items():
        if item.boundingRect().contains(point):
            gap = item.distance(point.x(), point.y())
            if gap <= least:
                best, least = ("link", *key), gap
    return best
