"""What stands beside each guarantee: its price in packets, forced writes and waiting?"""

from playground.engine.forced import forced_writes, forced_writes_of_group
from playground.engine.ledger import GroupLedger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World
from playground.session.frame import GroupRow, Price
from playground.session.price import PriceMeter, Waits

NOBODY = Waits()


def prices(world: World, meter: PriceMeter, rows: tuple[GroupRow, ...]) -> tuple[Price, ...]:
    """A price for each row of the scoreboard."""
    traffic = Traffic(world)
    return tuple(
        _price(world, meter, traffic, world.ledger.groups[row.group], row)
        for row in rows
        if row.group in world.ledger.groups
    )


def _price(
    world: World, meter: PriceMeter, traffic: "Traffic", book: GroupLedger, row: GroupRow
) -> Price:
    first = world.nodes[row.consumers[0]]
    assert isinstance(first, Consumer)
    how = first.parameters.effective_how
    return Price(
        group=book.group,
        guarantee=row.guarantee,
        how=how,
        applied=book.applied_once + book.applied_many,
        packets=traffic.packets_for(book),
        forced=_forced_for(world, meter, traffic, book),
        producer_us=meter.producers.get(book.queue, NOBODY).mean_us,
        consumer_us=meter.consumers.get(book.group, NOBODY).mean_us,
        reader_us=book.blocked.mean if book.blocked.count else None,
        latency_us=book.latency.mean if book.latency.count else None,
    )


class Traffic:
    """What all links have carried so far, added up once by whom it serves."""

    def __init__(self, world: World) -> None:
        self._own: dict[str, int] = {}  # by group
        self._shared: dict[str, int] = {}  # from producers, by queue
        self._told: dict[tuple[str, str], int] = {}  # by coordinator and queue
        self._asked: dict[str, set[str]] = {}  # coordinators, by group
        self.producers: dict[str, list[Producer]] = {}  # by queue
        for (source, target), link in world.links.items():
            node = world.nodes[source]
            if link.group:
                self._own[link.group] = self._own.get(link.group, 0) + link.sent
                if isinstance(node, Consumer):
                    self._asked.setdefault(link.group, set()).add(target)
            elif isinstance(node, Producer):
                self._shared[target] = self._shared.get(target, 0) + link.sent
                self.producers.setdefault(target, []).append(node)
            else:
                self._told[source, target] = link.sent

    def packets_for(self, book: GroupLedger) -> int:
        """On its own links, on its producers' to the queue, and on its coordinator's."""
        asked = sorted(self._asked.get(book.group, ()))
        told = sum(self._told.get((coordinator, book.queue), 0) for coordinator in asked)
        return self._own.get(book.group, 0) + self._shared.get(book.queue, 0) + told


def _forced_for(world: World, meter: PriceMeter, traffic: Traffic, book: GroupLedger) -> int:
    """Every write that was waited for on that way."""
    queue = world.nodes.get(book.queue)
    is_sync = isinstance(queue, Queue) and queue.parameters.durability == "sync"
    appends = queue.appended if isinstance(queue, Queue) and is_sync else 0
    producers = traffic.producers.get(book.queue, ())
    outboxes = sum(forced_writes(world, producer) for producer in producers)
    own = meter.forced.get(book.group, 0) + forced_writes_of_group(world, book)
    return appends + outboxes + own
