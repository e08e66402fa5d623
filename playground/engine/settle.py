"""How does a run come to rest, to be judged? Faults stop, everything heals, the rest drains."""

from dataclasses import replace

from playground.engine.commands import Settle
from playground.engine.faults.crash import restart_node
from playground.engine.faults.cut import heal
from playground.engine.faults.pause import resume_node
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import Loss
from playground.engine.records import Settling
from playground.engine.world import World

MAX_SETTLE_US = 24 * 3600 * 1_000_000
MAX_SETTLE_STEPS = 5_000_000


def settle(world: World, _: Settle) -> None:
    """Drop what is armed, set every chance to zero, stop the producers; heal, resume, restart."""
    world.is_settling = True
    world.because(Settling)
    for link in world.links.values():
        link.armed.clear()
        link.set(replace(link.parameters, loss=Loss(), duplicate=0.0, reorder=0.0))
    for node in world.nodes.values():
        node.armed.clear()
        if isinstance(node, Consumer):
            node.fails_next = False
            node.set(replace(node.parameters, crash_chance=0.0, failure_chance=0.0))
        elif isinstance(node, Queue):
            node.parameters = replace(node.parameters, heuristic_us=None)
    began = world.cause
    for link in world.links.values():
        if link.is_cut:
            world.cause = began
            heal(world, link)
    for node in list(world.nodes.values()):
        world.cause = began
        if node.is_paused:
            resume_node(world, node)
        elif not node.is_up:
            restart_node(world, node)


def stuck(world: World) -> str:
    """What still is not finished, in words; "" where everything is."""
    waiting = [
        f"{_count(book.in_flight + book.in_doubt)} of {book.group}"
        for book in world.ledger.groups.values()
        if book.in_flight or book.in_doubt
    ]
    return ", ".join(waiting)


def _count(messages: int) -> str:
    return f"{messages} message{'s' if messages > 1 else ''}"
