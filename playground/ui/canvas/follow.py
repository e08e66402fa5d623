"""Where is the message that is followed, on its way or at rest?

A message stays marked across its packets: in the air, in a slot of a queue, at work in a consumer.
The newest of its places is the one to keep in sight.
"""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.session.frame import ConsumerView, Frame, QueueView
from playground.ui.canvas import consumer_card, queue_card
from playground.ui.canvas.packet_layer import PacketLayer
from playground.ui.theme import Theme

NOBODY = -1


def in_the_air(packets: PacketLayer, message: int) -> list[QPointF]:
    """Where its packets are, the newest last."""
    table, arranged = packets.table, packets.arranged
    if table is None or message == NOBODY or not len(arranged.row):
        return []
    found = np.flatnonzero(table.message[arranged.row] == message)
    order = np.argsort(table.flight[arranged.row[found]])
    return [QPointF(*arranged.at[i]) for i in found[order]]


def at_rest(
    frame: Frame, boxes: Mapping[str, QRectF], theme: Theme, message: int
) -> tuple[QPointF, ...]:
    """Where it waits or is worked on."""
    if message == NOBODY:
        return ()
    places: list[QPointF] = []
    for view in frame.nodes:
        box = boxes.get(view.id)
        if box is None or not view.is_up:
            continue
        if isinstance(view, QueueView):
            places += [box.topLeft() + place for place in _slots(view, theme, message)]
        elif isinstance(view, ConsumerView) and view.message == message:
            places.append(box.topLeft() + consumer_card.rider_place(view, theme, frame.now_us))
    return tuple(places)


def _slots(view: QueueView, theme: Theme, message: int) -> list[QPointF]:
    return [
        queue_card.slot_box(theme, index, place).center()
        for index, lane in enumerate(view.lanes)
        for place, slot in enumerate(lane.slots[: theme.metrics.slots])
        if slot.message == message
    ]
