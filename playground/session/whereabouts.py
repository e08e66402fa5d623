"""Where is a message that is still under way?

Its copies can be in several places; the one that is nearest to the effect is told.
"""

from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import DELAYED, LEASED, Slot
from playground.engine.units import format_us
from playground.engine.world import World


class Whereabouts:
    """Every copy for one group, looked up once and only if somebody asks."""

    def __init__(self, world: World, group: str, queue: str) -> None:
        self._world = world
        self._group = group
        self._queue = queue
        self._places: dict[int, str] | None = None

    def of(self, message: int) -> str:
        """A phrase: ``leased to billing until 14.1 s``; ``under way`` where nothing is known."""
        if self._places is None:
            self._places = {}
            # The later one wins: from the producer towards the effect.
            self._at_producers(self._places)
            self._in_queue(self._places)
            self._on_links(self._places)
            self._at_consumers(self._places)
        return self._places.get(message, "under way")

    def _at_producers(self, places: dict[int, str]) -> None:
        for node in self._world.nodes.values():
            if not isinstance(node, Producer):
                continue
            where = "in the outbox of" if not node.is_up else "waits unsent at"
            places.update(dict.fromkeys(node.buffer, f"{where} {node.id}"))
            for message, intent in node.unconfirmed.items():
                what = "its confirm" if intent.waits_for == "confirm" else "the next attempt"
                places[message] = f"{node.id} waits for {what}"

    def _in_queue(self, places: dict[int, str]) -> None:
        queue = self._world.nodes.get(self._queue)
        subscription = queue.subscriptions.get(self._group) if isinstance(queue, Queue) else None
        if subscription is not None:
            down = "" if queue is not None and queue.is_up else ", which is down"
            for slot in subscription.slots.values():
                places[slot.message] = _slot_words(slot, self._queue) + down

    def _on_links(self, places: dict[int, str]) -> None:
        for flight in self._world.flights.values():
            if (flight.packet == "SEND" and flight.message not in places) or (
                flight.packet == "DELIVER" and flight.group == self._group
            ):
                places[flight.message] = f"on its way to {flight.target}"

    def _at_consumers(self, places: dict[int, str]) -> None:
        for node in self._world.nodes.values():
            if not isinstance(node, Consumer) or node.group != self._group:
                continue
            places.update(
                {held.message: f"waits in the hands of {node.id}" for held in node.buffer}
            )
            if node.current is not None:
                does = "has stopped over it" if node.is_paused else "is at work on it"
                places[node.current.message] = f"{node.id} {does}"


def _slot_words(slot: Slot, queue: str) -> str:
    if slot.state == LEASED:
        until = f" until {format_us(slot.expiry_us)}" if slot.expiry_us >= 0 else ""
        return f"leased by {queue} to {slot.consumer}{until}"
    if slot.state == DELAYED:
        return f"waits in {queue} until {format_us(slot.expiry_us)}, after a nack"
    again = f" after {slot.count} {'delivery' if slot.count == 1 else 'deliveries'}"
    return f"waits in {queue}{again if slot.count else ''}"
