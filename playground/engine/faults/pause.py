"""What is a pause? The process stops (SIGSTOP, a long collection); its connections live on."""

from playground.engine.agenda import RESUME
from playground.engine.flights import lose, take
from playground.engine.nodes.node import Node
from playground.engine.records import NodePaused, NodeResumed
from playground.engine.world import World


def pause_node(world: World, node: Node, for_us: int | None) -> None:
    """The node stops now; nobody notices. Without ``for_us`` it stays so until it is resumed."""
    node.is_paused = True
    node.is_open = False
    world.ways.clear()
    node.outage += 1
    node.paused_us = world.now_us
    node.resumes_us = None if for_us is None else world.now_us + for_us
    world.because(NodePaused, node.id, -1 if node.resumes_us is None else node.resumes_us)
    node.on_pause(world)
    if node.resumes_us is not None:
        world.schedule(node.resumes_us, RESUME, node.id, node.outage)


def resume_node(world: World, node: Node) -> None:
    """It goes on: first the packets that waited, in order, then its timers by their due time."""
    node.is_paused = False
    node.is_open = True
    node.outage += 1
    node.resumes_us = None
    world.because(NodeResumed, node.id)
    resumed = world.cause
    node.on_resume(world)
    waiting, node.waiting = node.waiting, []
    deferred, node.deferred = node.deferred, []
    for flight in waiting:
        if node.is_paused:
            # It stopped again, at an armed point.
            node.waiting.append(flight)
            continue
        world.waiting_flights -= 1
        if node.is_up:
            take(world, flight)
        else:
            # It crashed on one of them: the rest finds a closed door.
            lose(world, flight, "down")
    world.cause = resumed
    for item in sorted(deferred):
        # Due at once, each in its turn.
        world.schedule(
            world.now_us, item.kind, item.owner, item.first, item.second, item.third, item.text
        )
    if node.is_up:
        world.cause = resumed
        node.after_resume(world)
