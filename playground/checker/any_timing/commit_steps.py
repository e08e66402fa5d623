"""Which timers do those have who commit together, and when is one of them early?

A timer of a transaction is early while a packet of that transaction is on its way; the one that
aborts it also while its client is at work on it.
"""

from collections.abc import Iterable

from playground.checker.any_timing.commit_parts import Transactions
from playground.checker.any_timing.packets import Packet, Tag
from playground.checker.any_timing.patience import Patience
from playground.checker.any_timing.step import EARLY, FREE, Step
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import DECIDED, ONGOING
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.queue import Queue
from playground.engine.transactions import TXN


def waits_for(number: int) -> tuple[Tag, ...]:
    """Anything of this transaction."""
    return (("ask", "", number), ("round", "", number))


def of_coordinator(node: Coordinator, patience: Patience, any_time: bool) -> list[Step]:
    """Abort what is open for too long; tell again what was not answered."""
    found = []
    aborts = FREE if any_time or node.id in patience.timeouts else EARLY
    resends = FREE if any_time or node.id in patience.resends else EARLY
    for entry in node.open_entries():
        number, waits = entry.number, waits_for(entry.number)
        if entry.state == ONGOING:
            # The client is known to be at work on it by this number, see ``tokens_in_hands``.
            abort = Step("txn-timeout", node.id, aborts, offset=number, number=-number)
            found.append(abort._replace(waits=waits, held=entry.consumer))
        if entry.state != ONGOING or entry.is_two_phase:
            found.append(Step("resend", node.id, resends, offset=number, waits=waits))
    return found


def of_branches(node: Queue | GroupDatabase, patience: Patience, any_time: bool) -> list[Step]:
    """Ask what has become of a branch; a queue may also lose its patience with it."""
    found = []
    is_queue = isinstance(node, Queue)
    place = node.id if isinstance(node, Queue) else node.group
    asks = FREE if any_time or place in patience.asks else EARLY
    releases = FREE if any_time or place in patience.heuristics else EARLY
    for number, branch in node.branches.items():
        waits = waits_for(number)
        found.append(Step("ask", node.id, asks, offset=number, waits=waits))
        if is_queue and branch.is_in_doubt and node.parameters.heuristic_us is not None:  # type: ignore[union-attr]
            found.append(Step("heuristic", node.id, releases, offset=number, waits=waits))
    return found


_TAKES_LEASE = frozenset(("TXN_OFFSETS", "END_TXN", "MARKER", "PREPARE"))


def committing(
    packets: Iterable[Packet], transactions: Transactions, coordinators: Iterable[Coordinator]
) -> frozenset[tuple[str, int]]:
    """The deliveries, by queue and token, that somebody is about to lock or to finish.

    A coordinator that has decided will tell it again, sooner than any lease ends.
    """
    numbers = {packet.load[TXN] for packet in packets if packet.kind in _TAKES_LEASE}
    for node in coordinators:
        if node.is_up and not node.is_paused:
            numbers.update(number for number, entry in node.log.items() if entry.state == DECIDED)
    found = (transactions[number] for number in numbers if number in transactions)
    return frozenset((each.queue, each.token) for each in found)
