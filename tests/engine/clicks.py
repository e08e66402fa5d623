"""What can a person do to this world now? A click's numbers choose among what is there."""

from collections.abc import Callable
from typing import Any

from playground.engine import commands as c
from playground.engine.message import REQUESTS
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.engine.programs.compile import (
    COORDINATOR_POINTS,
    DATABASE_POINTS,
    PRODUCER_POINTS,
    QUEUE_POINTS,
)
from playground.engine.world import World

from .worlds import MS, Click, Plan

FOR_US = (None, 0, 5 * MS, 50 * MS, 500 * MS)
PACKETS_TO_JUDGE = (
    "INIT_PID", "PID_OK", "ADD_PARTITIONS", "ADD_OK", "END_TXN", "END_OK", "END_FAIL", "REQ",
    "REQ_OK",
)  # fmt: skip
PACKETS_OF_JUDGE = ("MARKER", "MARKER_OK", "PREPARE", "VOTE", "DECIDE", "DECIDED", "INQUIRE")
PACKETS = ("SEND", "CONFIRM", "REFUSE", "DELIVER", "ACK", "NACK", "EXTEND", "ACK_OK", "ACK_FAIL",
           "TXN_SEND", "TXN_OFFSETS", "TXN_OK", "TXN_FAIL")  # fmt: skip


def pick(options: Any, number: int) -> Any:
    """One of them, chosen by any number."""
    # Multiplied, so that the small numbers that hypothesis likes do not all choose the first ones.
    return options[number * 7919 % 104_729 % len(options)]


def _node(world: World, number: int, kind: type[Node] = Node) -> str:
    names = [name for name, node in world.nodes.items() if isinstance(node, kind)]
    return pick(names, number) if names else "nobody"


def _link(world: World, number: int) -> tuple[str, str]:
    return pick(list(world.links), number) if world.links else ("nobody", "nobody")


def _of(names: list[str], world: World, k: Click) -> str:
    """One of those to which it can be done, else one to which it cannot."""
    return pick(names, k.first) if names else _node(world, k.first)


def _heal(world: World, k: Click) -> c.Command:
    cut = [link.key for link in world.links.values() if link.is_cut]
    return c.HealLink(*(pick(cut, k.first) if cut else _link(world, k.first)))


def _message(world: World, number: int) -> str:
    if not world.ledger.count:
        return "shop0#1"
    return world.ledger.name_of(number % world.ledger.count)


def _flight(world: World, number: int) -> int:
    return pick(list(world.flights), number) if world.flights else 1


def _arm_crash(world: World, k: Click) -> c.Command:
    name = _node(world, k.first)
    node = world.nodes.get(name)
    points = list(PRODUCER_POINTS if isinstance(node, Producer) else QUEUE_POINTS)
    if isinstance(node, Consumer):
        points = sorted(node.program.points)
    elif isinstance(node, Coordinator):
        points = list(COORDINATOR_POINTS)
    elif isinstance(node, GroupDatabase):
        points = list(DATABASE_POINTS)
    message = _message(world, k.third) if k.third % 3 == 0 else None
    point, nth = pick(points, k.second), 1 + k.third % 7 // 4
    if isinstance(node, Consumer) and k.third % 4 == 1:
        return c.ArmPause(name, point, message, nth, pick(FOR_US, k.first))
    return c.ArmCrash(name, point, message, nth)


def _arm_packet(world: World, k: Click) -> c.Command:
    source, target = _link(world, k.first)
    sender = world.nodes.get(source)
    packets = PACKETS[:3] if isinstance(sender, Producer) else PACKETS[3:]
    if isinstance(sender, Consumer):
        packets = PACKETS_TO_JUDGE
    elif isinstance(sender, Coordinator):
        packets = PACKETS_OF_JUDGE
    packet = pick(packets, k.second)
    if packet not in REQUESTS:
        source, target = target, source
    fault = pick(("drop", "duplicate", "delay"), k.third)
    message = _message(world, k.third) if k.third % 5 == 0 else None
    return c.ArmPacketFault(fault, source, target, packet, message, pick(FOR_US, k.third))


PRODUCER_CHANGES: tuple[dict[str, object], ...] = (
    {"rate_per_s": 50.0},
    {"arrivals": "burst", "burst": 3},
    {"limit": 12},
    {"publish": "fire-and-forget", "identity": "none", "outbox": False},
    {"publish": "confirmed"},
    {"publish": "confirmed", "identity": "sequence"},
    {"identity": "message-id"},
    {"window": 3},
    {"publish": "confirmed", "outbox": True},
    {"outbox": False},
    {"retry": Retry(timeout_us=50 * MS, attempts=1)},
    {"retry": Retry(timeout_us=50 * MS, attempts=None, backoff_us=10 * MS)},
)
QUEUE_CHANGES: tuple[dict[str, object], ...] = (
    {"durability": "memory"},
    {"durability": "lazy", "flush_us": 70 * MS},
    {"ack_durability": "sync"},
    {"ack_durability": "lazy"},
    {"deduplicate": "message-id"},
    {"deduplicate": "sequence"},
    {"order": "fifo"},
    {"order": "keyed"},
    {"order": "competing"},
    {"lease_us": None},
    {"lease_us": 30 * MS},
    {"on_disconnect": "wait-for-lease"},
    {"max_deliveries": 1},
    {"dead_letter": "dead"},
    {"dead_letter": None},
    {"capacity": 1, "overflow": "drop-oldest"},
    {"capacity": 1, "overflow": "reject"},
    {"retention_us": 50 * MS},
    {"retention_us": None},
    {"heuristic_us": 20 * MS},
)
COORDINATOR_CHANGES: tuple[dict[str, object], ...] = (
    {"log": "memory"},
    {"log": "sync"},
    {"timeout_us": 30 * MS},
    {"resend_us": 10 * MS},
)
CONSUMER_CHANGES: tuple[dict[str, object], ...] = (
    {"group": "group0"},
    {"group": "group9"},
    {"guarantee": "at-most-once"},
    {"guarantee": "at-least-once"},
    {"guarantee": "exactly-once", "idempotency": "inbox"},
    {"guarantee": "exactly-once", "how": "transaction", "idempotency": "none", "fencing": True},
    {"guarantee": "exactly-once", "how": "transaction", "idempotency": "none", "fencing": False},
    {"guarantee": "exactly-once", "how": "two-phase", "idempotency": "none"},
    {"guarantee": "at-most-once", "how": "commit-first"},
    {"guarantee": "at-least-once", "how": "double-ack"},
    {"idempotency": "memory", "guarantee": "at-least-once"},
    {"idempotency": "none"},
    {"effect": "call"},
    {"effect": "set"},
    {"prefetch": 3},
    {"prefetch": 1},
    {"crash_chance": 1.0, "crash_at": "mid-effect", "restart_after_us": 50 * MS},
    {"crash_chance": 0.0},
    {"failure_chance": 0.5},
    {"poison": (1,)},
    {"renew_lease_us": 20 * MS},
    {"fencing": True},
    {"work": Spread(mean_us=40 * MS)},
)
LINK_CHANGES: tuple[dict[str, object], ...] = (
    {"latency": Spread(mean_us=1 * MS)},
    {"latency": Spread(mean_us=30 * MS, distribution="exponential")},
    {"transport": "stream", "loss": Loss(), "duplicate": 0.0, "reorder": 0.0},
    {"transport": "datagram", "loss": Loss(request=0.5, reply=0.5)},
    {"transport": "datagram", "duplicate": 0.5},
    {"transport": "datagram", "reorder": 0.5},
)


def _set_node(world: World, k: Click) -> c.Command:
    name = _node(world, k.first)
    node = world.nodes.get(name)
    table = PRODUCER_CHANGES if isinstance(node, Producer) else CONSUMER_CHANGES
    if isinstance(node, Queue):
        table = QUEUE_CHANGES
    elif isinstance(node, Coordinator):
        table = COORDINATOR_CHANGES
    return c.SetNode(name, tuple(pick(table, k.second).items()))


def _set_link(world: World, k: Click) -> c.Command:
    return c.SetLink(*_link(world, k.first), tuple(pick(LINK_CHANGES, k.second).items()))


def _add_node(k: Click, spare: list[Any]) -> c.Command:
    parameters = pick(spare[:4], k.first)
    if isinstance(parameters, CoordinatorParameters):
        return c.AddNode(pick(("judge0", "extra-judge"), k.second), parameters)
    if isinstance(parameters, ProducerParameters):
        return c.AddNode(pick(("shop0", "extra-shop"), k.second), parameters)
    if isinstance(parameters, QueueParameters):
        return c.AddNode(pick(("dead", "orders", "extra-queue"), k.second), parameters)
    assert isinstance(parameters, ConsumerParameters)
    return c.AddNode(pick(("worker0", "extra-worker"), k.second), parameters)


def _add_link(world: World, k: Click, spare: list[Any]) -> c.Command:
    weather = spare[4]
    assert isinstance(weather, LinkParameters)
    if k.third % 5 == 0:
        judge = _node(world, k.second, Coordinator)
        if k.third % 10 == 0:
            return c.AddLink(judge, _node(world, k.first, Queue), weather)
        return c.AddLink(_node(world, k.first, Consumer), judge, weather)
    if k.third % 2:
        return c.AddLink(_node(world, k.first, Producer), _node(world, k.second, Queue), weather)
    # An unlinked consumer first: a linked one is only refused.
    free = [n.id for n in world.nodes.values() if isinstance(n, Consumer) and n.link is None]
    target = pick(free, k.second) if free else _node(world, k.second, Consumer)
    return c.AddLink(_node(world, k.first, Queue), target, weather)


Wishes = tuple[Callable[[World, Click, list[Any]], c.Command], ...]

WISHES: Wishes = (
    lambda w, k, _: c.CrashNode(
        _node(w, k.first), pick(FOR_US, k.second), pick(("machine", "process"), k.third)
    ),
    lambda w, k, _: c.CrashNode(_node(w, k.first, Queue), pick(FOR_US, k.second)),
    lambda w, k, _: c.RestartNode(_of([n.id for n in w.nodes.values() if not n.is_up], w, k)),
    lambda w, k, _: c.PauseNode(_node(w, k.first), pick(FOR_US, k.second)),
    lambda w, k, _: c.ResumeNode(_of([n.id for n in w.nodes.values() if n.is_paused], w, k)),
    lambda w, k, _: _arm_crash(w, k),
    lambda w, k, _: _arm_crash(w, k),
    lambda w, k, _: c.Disarm(_node(w, k.first)),
    lambda w, k, _: _arm_packet(w, k),
    lambda w, k, _: _arm_packet(w, k),
    lambda w, k, _: c.DropPacket(_flight(w, k.first)),
    lambda w, k, _: c.DuplicatePacket(_flight(w, k.first)),
    lambda w, k, _: c.DelayPacket(_flight(w, k.first), pick((0, 7 * MS, 400 * MS), k.second)),
    lambda w, k, _: c.CutLink(
        *_link(w, k.first), pick(("both", "request", "reply"), k.second), pick(FOR_US, k.third)
    ),
    lambda w, k, _: _heal(w, k),
    lambda w, k, _: c.ExpireEntry(_node(w, k.first, Queue), _message(w, k.second)),
    lambda w, k, _: c.DeadLetterEntry(_node(w, k.first, Queue), _message(w, k.second)),
    lambda w, k, _: c.ForgetDedup(
        _node(w, k.first), _message(w, k.second) if k.third % 2 else None
    ),
    lambda w, k, _: c.FailNext(_node(w, k.first, Consumer)),
    lambda w, k, _: c.Burst(_node(w, k.first, Producer), 1 + k.second % 3),
    lambda w, k, _: _set_node(w, k),
    lambda w, k, _: _set_node(w, k),
    lambda w, k, _: _set_link(w, k),
    lambda w, k, spare: _add_node(k, spare),
    lambda w, k, _: c.RemoveNode(_node(w, k.first)),
    lambda w, k, spare: _add_link(w, k, spare),
    lambda w, k, _: c.RemoveLink(*_link(w, k.first)),
    lambda w, k, _: c.RenameNode(_node(w, k.first), pick(("a", "m", "z", "shop0"), k.second)),
)  # fmt: skip

FAULTS = WISHES[:15] + WISHES[18:20]
"""What strikes the machinery; the others are decisions to give up, to forget or to rebuild."""


def wish_of(world: World, click: Click, plan: Plan, wishes: Wishes = WISHES) -> c.Command:
    """The wish that this click makes here and now."""
    return pick(wishes, click.kind)(world, click, plan.spare)
