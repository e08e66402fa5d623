"""When are two coordinators, databases or transactions in the same state?

A transaction is a number; what it stands for is a part of the state of its own, and goes with the
last mention of the number. Only the order of numbers is ever asked, so they are renamed like all
others; epochs, which the engine counts along with them, have a row of their own.
"""

from playground.checker.any_timing.names import Name, Names, Renaming
from playground.checker.any_timing.rules import Rules
from playground.engine.nodes.branch import Branch
from playground.engine.nodes.client import Client
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import ENDED, Epoch
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.queue import Queue
from playground.engine.transactions import Transaction

Key = tuple[object, ...]
Transactions = dict[int, Transaction]

FRESH_NUMBER = 1000
"""What the next transaction or epoch is called: above every renamed number."""


def _numbers(numbers: "list[int] | dict[int, object]") -> set[Name]:
    return {Name("transaction", "", number) for number in numbers if number}


def _numbers_in(new: Renaming) -> dict[int, int]:
    return new.get(("transaction", ""), {})


def _limit(limit: int, numbers: dict[int, int]) -> int:
    """What is true of all numbers up to this one: it comes down to the highest one alive."""
    return max((number for old, number in numbers.items() if old <= limit), default=0)


# ---------------------------------------------------------------------- what numbers stand for


def transactions_key(transactions: Transactions) -> Key:
    """All of them, in the order of their numbers."""
    return tuple(transactions[number] for number in sorted(transactions))


def transactions_names(transactions: Transactions, rules: Rules) -> Names:
    """What they speak of; a number that only this table mentions is dead."""
    strong = set()
    for each in transactions.values():
        rank = 0 if rules.fencing else each.offset
        strong.add(Name("incarnation", each.consumer, each.incarnation))
        strong.add(Name("offset", each.queue, each.offset))
        strong.add(Name("token", each.queue, each.token, rank))
        if each.epoch:
            strong.add(Name("epoch", each.consumer, each.epoch))
    return Names(frozenset(strong), frozenset(_numbers(list(transactions))))


def renamed_transactions(transactions: Transactions, new: Renaming) -> Transactions:
    """Those alive, under the new numbers."""
    numbers = _numbers_in(new)
    found = {}
    for number in sorted(set(transactions) & set(numbers)):
        each = transactions[number]
        found[numbers[number]] = each._replace(
            number=numbers[number],
            incarnation=new["incarnation", each.consumer][each.incarnation],
            epoch=new["epoch", each.consumer][each.epoch] if each.epoch else 0,
            offset=new["offset", each.queue][each.offset],
            token=new["token", each.queue][each.token],
        )
    return found


# ---------------------------------------------------------------------- coordinators


def coordinator_key(coordinator: Coordinator) -> Key:
    """Its log and its epochs, and what it presumes of everything else."""
    return (
        coordinator.is_up,
        coordinator.is_paused,
        coordinator.floor,
        tuple(
            (e.number, e.consumer, e.is_two_phase, e.state, e.verdict, tuple(sorted(e.voices)))
            for e in coordinator.log.values()
        ),
        tuple(sorted(coordinator.epochs.items())),
    )


def coordinator_names(coordinator: Coordinator) -> Names:
    """A Kafka transaction that is over is only a note: it answers those who still ask for it."""
    strong: set[Name] = set()
    weak = _numbers([coordinator.floor])
    for number, entry in coordinator.log.items():
        is_note = entry.state == ENDED and not entry.is_two_phase
        (weak if is_note else strong).update(_numbers([number]))
    for consumer, epoch in coordinator.epochs.items():
        strong.add(Name("epoch", consumer, epoch.number))
        strong.add(Name("incarnation", consumer, epoch.incarnation))
    return Names(frozenset(strong), frozenset(weak))


def rename_coordinator(coordinator: Coordinator, new: Renaming) -> None:
    """Its numbers become the new ones; notes about dead ones go."""
    numbers = _numbers_in(new)
    coordinator.floor = _limit(coordinator.floor, numbers)
    coordinator.log = {
        numbers[number]: entry._replace(number=numbers[number])
        for number, entry in coordinator.log.items()
        if number in numbers
    }
    coordinator.epochs = {
        consumer: Epoch(
            new["epoch", consumer][epoch.number],
            new["incarnation", consumer][epoch.incarnation],
        )
        for consumer, epoch in coordinator.epochs.items()
    }


# ---------------------------------------------------------------------- databases


def _branch_key(branch: Branch) -> Key:
    return (branch.number, branch.has_output, branch.has_offset, branch.is_held,
            branch.is_in_doubt)  # fmt: skip


def group_database_key(database: GroupDatabase) -> Key:
    """What is worked on, and what is prepared."""
    return (
        database.is_up,
        database.is_paused,
        tuple(sorted(database.tentative.items())),
        tuple(_branch_key(branch) for branch in database.branches.values()),
    )


def group_database_names(database: GroupDatabase) -> Names:
    """The transactions that it knows of."""
    return Names(frozenset(_numbers(database.numbers())))


def rename_group_database(database: GroupDatabase, new: Renaming) -> None:
    """Its numbers become the new ones."""
    numbers = _numbers_in(new)
    database.tentative = {numbers[old]: message for old, message in database.tentative.items()}
    database.branches = _renamed_branches(database.branches, numbers)


def _renamed_branches(branches: dict[int, Branch], numbers: dict[int, int]) -> dict[int, Branch]:
    return {numbers[old]: branch._replace(number=numbers[old]) for old, branch in branches.items()}


# ---------------------------------------------------------------------- both


def node_key(node: Coordinator | GroupDatabase) -> Key:
    """Everything that decides what it will do."""
    return coordinator_key(node) if isinstance(node, Coordinator) else group_database_key(node)


def node_names(node: Coordinator | GroupDatabase) -> Names:
    """The numbers that it mentions."""
    return coordinator_names(node) if isinstance(node, Coordinator) else group_database_names(node)


def rename_node(node: Coordinator | GroupDatabase, new: Renaming) -> None:
    """Its numbers become the new ones."""
    if isinstance(node, Coordinator):
        rename_coordinator(node, new)
    else:
        rename_group_database(node, new)


# ---------------------------------------------------------------------- at queues and consumers


def branches_key(queue: Queue) -> Key:
    """A queue's parts of transactions; () where it has never had any."""
    if not (queue.branches or queue.ended or queue.outputs):
        return ()
    return (
        tuple((*_branch_key(branch), branch.since_us) for branch in queue.branches.values()),
        tuple(sorted(queue.ended.items())),
        tuple(
            (group, tuple((each.number, each.message, each.verdict) for each in outputs))
            for group, outputs in sorted(queue.outputs.items())
            if outputs
        ),
    )


def branches_names(queue: Queue) -> tuple[set[Name], set[Name]]:
    """Open transactions, and below which number all of a consumer's are over."""
    strong = _numbers(list(queue.branches))
    for outputs in queue.outputs.values():
        strong |= _numbers([each.number for each in outputs])
    return strong, _numbers(list(queue.ended.values()))


def rename_branches(queue: Queue, new: Renaming) -> None:
    """Its numbers become the new ones."""
    numbers = _numbers_in(new)
    queue.branches = _renamed_branches(queue.branches, numbers)
    queue.outputs = {
        group: tuple(each._replace(number=numbers[each.number]) for each in outputs)
        for group, outputs in queue.outputs.items()
        if outputs
    }
    limits = {consumer: _limit(limit, numbers) for consumer, limit in queue.ended.items()}
    queue.ended = {consumer: limit for consumer, limit in limits.items() if limit}


def client_names(consumer: str, client: Client) -> set[Name]:
    """What a consumer knows of its transaction."""
    found = _numbers([client.number])
    if client.epoch:
        found.add(Name("epoch", consumer, client.epoch))
    return found


def renamed_client(consumer: str, client: Client, new: Renaming) -> Client:
    """The same under the new numbers."""
    return client._replace(
        epoch=new["epoch", consumer][client.epoch] if client.epoch else 0,
        number=_numbers_in(new)[client.number] if client.number else 0,
    )
