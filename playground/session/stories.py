"""How did one message live? Its records, in order, as packets and steps on the lanes of its nodes.

A dead-lettered copy is a row of its own in the ledger and belongs to the same life.
"""

from typing import Any

from playground.engine import records as r
from playground.engine.ledger import NOT_OWED
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.producer import Producer
from playground.engine.world import World
from playground.session.event_words import step_words
from playground.session.fates import FateTeller, breaks_promise
from playground.session.memory import RecordMemory
from playground.session.present_names import in_present_names
from playground.session.story import Ending, Story, StoryEvent, StoryLane

MOST_EVENTS = 400
"""The newest events of a life; a poisoned message has no end of them."""
NOT_KEPT = "Its records are no longer kept; the counters are."
CUT_SHORT = "Its beginning is no longer kept; the counters are."

_OUTAGES: dict[type, str] = {
    r.NodeCrashed: "crash",
    r.NodeRestarted: "restart",
    r.NodePaused: "pause",
    r.NodeResumed: "resume",
}
_KINDS: dict[type, str] = {
    r.Begun: "begun",
    r.Suppressed: "suppressed",
    r.Reexecuted: "suppressed",
    r.Lost: "lost",
}


def story_of(world: World, memory: RecordMemory, message: int) -> Story | None:
    """The life of a message, whichever of its copies is asked for; None where there is none."""
    ledger = world.ledger
    if not 0 <= message < ledger.count:
        return None
    family = _family(world, message)
    root = family[0]
    records = in_present_names(memory.about(frozenset(family)))
    writer = _Writer(world, frozenset(family))
    every = writer.events(records)
    events = every[-MOST_EVENTS:]
    is_whole = any(isinstance(each, r.Produced) and each.message == root for each in records)
    note = ""
    if not events:
        note = NOT_KEPT
    elif not is_whole or len(events) < len(every):
        note = CUT_SHORT
    return Story(
        root,
        ledger.number[root],
        ledger.name_of(root),
        ledger.submitted_us[root],
        writer.lanes(events),
        tuple(events),
        _endings(world, family, records),
        note,
    )


def _family(world: World, message: int) -> list[int]:
    """The message that was produced first, then its copies in dead-letter queues."""
    origin = world.ledger.origin
    root = message
    while root in origin:
        root = origin[root][0]
    family = [root]
    for child, (parent, _) in origin.items():  # in order of the moves: a parent comes first
        if parent in family:
            family.append(child)
    return family


def _endings(world: World, family: list[int], records: list[r.Record]) -> tuple[Ending, ...]:
    endings = []
    for row in family:
        own = [each for each in records if getattr(each, "message", -1) == row]
        for book in world.ledger.groups.values():
            if book.state[row] == NOT_OWED:
                continue
            teller = FateTeller(world, book)
            fate = teller.tell(row, own)
            sentence = fate.sentence(world.ledger.name_of(row))
            endings.append(Ending(book.group, teller.guarantee, fate.status, sentence))
    return tuple(endings)


class _Writer:
    """Turns records into events."""

    def __init__(self, world: World, family: frozenset[int]) -> None:
        self._world = world
        self._family = family
        self._guarantees = {
            node.id: (node.group, node.parameters.guarantee)
            for node in world.nodes.values()
            if isinstance(node, Consumer)
        }

    def events(self, records: list[r.Record]) -> list[StoryEvent]:
        """In order of time; a packet stands where it left."""
        own = [each for each in records if getattr(each, "message", -1) in self._family]
        if not own:
            return []
        packets: dict[int, StoryEvent] = {}
        steps: list[StoryEvent] = []
        for record in records:
            if isinstance(record, r.PacketSent):
                packets[record.flight] = self._packet(record)
            elif isinstance(record, r.PacketDied):
                self._died(packets, record)
            elif isinstance(record, r.PacketRescheduled) and record.flight in packets:
                packet = packets[record.flight]
                packets[record.flight] = packet._replace(ends_us=record.ends_us)
            elif getattr(record, "message", -1) in self._family:
                step = self._step(record)
                if step is not None:
                    steps.append(step)
        now_us = self._world.now_us
        sent = [_as_of(packet, now_us) for packet in packets.values()]
        ordinary = sent + steps
        touched = {event.lane for event in ordinary} | {event.target for event in sent}
        last_us = max(max(each.at_us, each.ends_us) for each in ordinary)
        outages = self._outages(records, touched, own[0].at_us, min(last_us, now_us))
        return sorted(ordinary + outages, key=lambda event: (event.at_us, event.seq))

    def _packet(self, record: r.PacketSent) -> StoryEvent:
        is_counted = record.packet in ("SEND", "DELIVER")
        again = f" ×{record.number}" if is_counted and record.number > 1 else ""
        return StoryEvent(
            record.seq,
            record.at_us,
            "packet",
            record.source,
            self._group(record.source) or self._group(record.target),
            f"{record.packet}{again}{' copy' if record.is_copy else ''}",
            record.target,
            record.ends_us,
            "arrives" if record.fate == "arrives" else "doomed",
        )

    def _died(self, packets: dict[int, StoryEvent], record: r.PacketDied) -> None:
        packet = packets.get(record.flight)
        if packet is not None:
            packets[record.flight] = packet._replace(
                ends_us=record.at_us, fate=record.reason, part=record.permille / 1000
            )

    def _step(self, record: Any) -> StoryEvent | None:
        words = step_words(record)
        if words is None:
            return None
        kind = _KINDS.get(type(record), "step")
        lane = _lane_of(record)
        who = getattr(record, "consumer", "")
        group = getattr(record, "group", "") or self._group(who) or self._group(lane)
        status = "lost" if kind == "lost" else ""
        if isinstance(record, r.Applied):
            kind = "applied" if record.times == 1 else "again"
            status = "" if record.times == 1 else "twice"
        if isinstance(record, r.Lost) and ">" in record.place:
            lane = record.place.partition(">")[0]
        breaks = breaks_promise(self._promise(group), status)
        return StoryEvent(
            record.seq, record.at_us, kind, lane, group, words, breaks=breaks, ends_us=record.at_us
        )

    def _outages(
        self, records: list[r.Record], touched: set[str], first_us: int, last_us: int
    ) -> list[StoryEvent]:
        """Crashes and pauses of its nodes during its life, and those that it was born into."""
        found: list[StoryEvent] = []
        before: dict[str, StoryEvent] = {}
        for record in records:
            kind = _OUTAGES.get(type(record))
            node = getattr(record, "node", "")
            if kind is None or node not in touched or record.at_us > last_us:
                continue
            took = getattr(record, "took", ())
            if self._is_producer(node) and kind == "crash" and not self._family & set(took):
                continue
            group = self._group(node)
            event = StoryEvent(record.seq, record.at_us, kind, node, group, kind)
            if record.at_us >= first_us:
                found.append(event)
            elif kind in ("crash", "pause"):
                before[node] = event._replace(at_us=first_us)
            else:
                before.pop(node, None)
        return [*before.values(), *found]

    def lanes(self, events: list[StoryEvent]) -> tuple[StoryLane, ...]:
        """Producer, queue, its consumers; then the queue and the readers of dead letters."""
        names = dict.fromkeys(
            name for event in events for name in (event.lane, event.target) if name
        )
        lanes = [self._lane(name) for name in names]
        queues = [lane.node for lane in lanes if lane.kind == "queue"]
        return tuple(sorted(lanes, key=lambda lane: self._rank(lane, queues)))

    def _rank(self, lane: StoryLane, queues: list[str]) -> tuple[int, int]:
        if lane.kind == "producer":
            return -1, 0
        if lane.kind == "queue":
            return queues.index(lane.node), 0
        if lane.kind in ("coordinator", "database"):
            return len(queues), 2 if lane.kind == "coordinator" else 3
        link = self._world.nodes[lane.node].link
        source = link.source if link is not None else ""
        return (queues.index(source) if source in queues else 0), 1

    def _lane(self, name: str) -> StoryLane:
        if name in self._guarantees:
            return StoryLane(name, "consumer", *self._guarantees[name])
        node = self._world.nodes.get(name)
        if isinstance(node, Coordinator | GroupDatabase):
            kind = "coordinator" if isinstance(node, Coordinator) else "database"
            return StoryLane(name, kind, "", "")
        return StoryLane(name, "producer" if self._is_producer(name) else "queue", "", "")

    def _is_producer(self, name: str) -> bool:
        return isinstance(self._world.nodes.get(name), Producer)

    def _group(self, name: str) -> str:
        return self._guarantees.get(name, ("", ""))[0]

    def _promise(self, group: str) -> str:
        return next((promise for name, promise in self._guarantees.values() if name == group), "")


def _as_of(packet: StoryEvent, now_us: int) -> StoryEvent:
    """A packet whose end lies ahead is flying, whatever has been drawn for it."""
    is_open = packet.fate in ("arrives", "doomed") and packet.ends_us > now_us
    return packet._replace(fate="flying") if is_open else packet


_LANE_FIELDS = ("coordinator", "place", "consumer", "queue", "producer")


def _lane_of(record: Any) -> str:
    names = (getattr(record, name, "") for name in _LANE_FIELDS)
    return next((name for name in names if name), "")
