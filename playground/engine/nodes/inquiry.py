"""What does a queue do about a transaction of which it hears nothing any more? It asks."""

from typing import TYPE_CHECKING

from playground.engine.agenda import INQUIRE, AgendaItem
from playground.engine.transactions import Transaction
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def ask_after(world: World, queue: "Queue", transaction: Transaction, patience_us: int) -> None:
    """A branch without a verdict asks for it, again and again."""
    coordinator = world.nodes.get(transaction.coordinator)
    every_us = getattr(coordinator and coordinator.parameters, "resend_us", None)
    if every_us is not None:
        at_us = world.now_us + patience_us + every_us
        world.schedule(at_us, INQUIRE, queue.id, transaction.number, queue.incarnation)


def on_ask(queue: "Queue", world: World, item: AgendaItem) -> None:
    """Still no verdict: what has become of it?"""
    transaction = world.transactions.get(item.first)
    if item.second != queue.incarnation or item.first not in queue.branches:
        return
    assert transaction is not None
    link = world.links.get((transaction.coordinator, queue.id))
    if link is not None:
        world.send(
            link, "INQUIRE", transaction.message, 0,
            (queue.incarnation, transaction.offset, transaction.token, None, item.first),
        )  # fmt: skip
        ask_after(world, queue, transaction, 0)


def on_restart(world: World, queue: "Queue") -> None:
    """It asks at once for what it does not know."""
    for number in queue.branches:
        world.schedule(world.now_us, INQUIRE, queue.id, number, queue.incarnation)
