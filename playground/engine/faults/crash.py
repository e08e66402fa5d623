"""What is a crash? The process dies, its memory with it; it starts again after a while."""

from typing import Literal

from playground.engine.agenda import RESTART
from playground.engine.flights import lose
from playground.engine.nodes.node import Node
from playground.engine.records import NodeCrashed, NodeRestarted
from playground.engine.world import World


def crash_node(
    world: World,
    node: Node,
    for_us: int | None = None,
    what: Literal["machine", "process"] = "machine",
    point: str = "",
) -> None:
    """The node dies now. Without ``for_us`` it is down for its ``restart_after``."""
    assert node.is_up, f"{node.id} is down already"
    if for_us is None:
        for_us = node.parameters.restart_after_us
    world.place = node.id
    world.ways.clear()
    took = node.volatile()
    node.is_up = node.is_open = False
    node.outage += 1
    node.crash_kind = what
    node.crash_took = took
    node.crashed_us = world.now_us
    node.restarts_us = world.now_us + for_us
    world.because(NodeCrashed, node.id, node.restarts_us, point, took)
    crash = world.cause
    waiting, node.waiting = node.waiting, []
    node.deferred = []
    node.on_crash(world)
    node.is_paused = False
    node.resumes_us = None
    for flight in waiting:
        world.waiting_flights -= 1
        lose(world, flight, "down")
    node.incarnation += 1
    world.cause = crash
    world.place = node.id
    world.schedule(node.restarts_us, RESTART, node.id, node.outage)


def dies_at(world: World, node: Node, point: str, message: int) -> bool:
    """Whether an armed crash strikes the node here."""
    if not node.armed or not node.takes_armed((point,), world.ledger.name_of(message)):
        return False
    crash_node(world, node, point=point)
    return True


def restart_node(world: World, node: Node) -> None:
    """A new incarnation starts now, without what it remembered."""
    assert not node.is_up, f"{node.id} is up already"
    node.is_up = node.is_open = True
    node.outage += 1
    node.restarts_us = None
    world.because(NodeRestarted, node.id)
    node.on_restart(world)
