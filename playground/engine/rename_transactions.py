"""What of a transaction says names, and so has to follow when a node gets another one?"""

from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import Entry
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.queue import Queue
from playground.engine.rewording import Reword
from playground.engine.world import World


def rename_transactions(world: World, node: Reword, group: Reword) -> None:
    """The facts, what coordinators have in their logs, what queues and databases keep by name."""
    world.transactions = {
        number: each._replace(
            consumer=node(each.consumer),
            group=group(each.group),
            queue=node(each.queue),
            coordinator=node(each.coordinator),
        )
        for number, each in world.transactions.items()
    }
    world.forced = {node(name): count for name, count in world.forced.items()}
    for each in world.nodes.values():
        if isinstance(each, Coordinator):
            each.epochs = {node(name): epoch for name, epoch in each.epochs.items()}
            each.log = {number: _entry(entry, node) for number, entry in each.log.items()}
        elif isinstance(each, Queue):
            each.ended = {node(name): number for name, number in each.ended.items()}
            each.outputs = {group(name): outputs for name, outputs in each.outputs.items()}
        elif isinstance(each, GroupDatabase):
            each.group = group(each.group)


def _entry(entry: Entry, node: Reword) -> Entry:
    voices = tuple(node(place) for place in entry.voices)
    return entry._replace(consumer=node(entry.consumer), voices=voices)
