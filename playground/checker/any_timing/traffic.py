"""What is on its way after a step? Packets that have gone and come, and connections that idle.

What a step does to the packets on their way is a number, so that it is worked out once for each
set of packets.
"""

from playground.checker.any_timing.pool import Pool
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.queue import Queue

Change = tuple[int, tuple[int, ...], str]
"""The packet that has gone (-1: none), those that were sent, the consumer that has stopped."""

NOTHING: Change = (-1, (), "")


class Traffic:
    """The sets of packets of one pool, and what becomes of them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._change_ids: dict[Change, int] = {NOTHING: 0}
        # By number of a change.
        self._changes: list[Change] = [NOTHING]
        self.known: list[dict[int, int]] = [{}]  # what is on its way before -> after it
        # Whether a connection opens or closes in vain, by its packet, queue and consumer.
        self._idles: dict[tuple[int, int, int], bool] = {}
        self._without: dict[tuple[int, int], int] = {}

    def change(self, gone: int, sent: tuple[int, ...], stops: str) -> int:
        """The number of this change; 0 changes nothing."""
        change = (gone, sent, stops)
        number = self._change_ids.get(change)
        if number is None:
            number = self._change_ids[change] = len(self._changes)
            self._changes.append(change)
            self.known.append({})
        return number

    def after(self, part: int, change: int) -> int:
        """What is on its way after this change."""
        found = self.known[change].get(part)
        if found is None:
            gone, sent, stops = self._changes[change]
            packets = list(self._pool.objects[part])
            if gone >= 0:
                packets.remove(gone)
            packets += sent
            if stops:
                packets = [self._held_up(packet, stops) for packet in packets]
            found = self.known[change][part] = self._pool.flights(packets)
        return found

    def _held_up(self, packet: int, consumer: str) -> int:
        """A DELIVER to a consumer that has just stopped waits with it."""
        it = self._pool.packets[packet]
        if it.kind == "DELIVER" and it.target == consumer:
            return self._pool.packet(it._replace(is_held_up=True))
        return packet

    def without_idle_connections(self, state: list[int]) -> int:
        """What is on its way, without openings and closings that will find nothing to do."""
        pool, part = self._pool, state[-1]
        idles = self._idles
        for number, queue, consumer in pool.connections[part]:
            key = (number, state[queue], state[consumer])
            found = idles.get(key)
            if found is None:
                found = idles[key] = self._is_idle(*key)
            if found:
                without = self._without.get((part, number))
                if without is None:
                    packets = list(pool.objects[part])
                    packets.remove(number)
                    without = self._without[part, number] = pool.flights(packets)
                part = without
        return part

    def _is_idle(self, number: int, of_queue: int, of_consumer: int) -> bool:
        """Whether this opening or closing will find nothing to do.

        An opening of a life that is over, or that is open already: nothing can end that connection
        but the end of that life, or a crash of the queue, after which it is opened anew. A closing
        of a connection that does not stand: a life that is over opens none.
        """
        pool = self._pool
        packet = pool.packets[number]
        queue: Queue = pool.objects[of_queue]
        consumer: Consumer = pool.objects[of_consumer]
        incarnation = packet.load[0]
        subscription = queue.subscriptions.get(consumer.group)
        stands = subscription is not None and subscription.connected.get(consumer.id) == incarnation
        is_over = consumer.incarnation != incarnation or not consumer.is_up
        return (is_over or stands) if packet.kind == "OPEN" else not stands
