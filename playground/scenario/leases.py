"""Does a lease last until what is handed out under it can be committed?

A consumer works on one message at a time, and those that wait in its buffer grow old under leases
that run already. It does not know when one has ended: it works, asks to commit and is refused,
while the queue has given the message out again, to wait behind the others. Where every message
that waits grows too old nothing is committed any more.
"""

from collections.abc import Iterator

from playground.scenario.coordinators import coordinator_of
from playground.scenario.delivery_path import Caveat, DeliveryPath
from playground.scenario.model import Scenario
from playground.scenario.problem import quoted
from playground.scenario.quantities import write_duration
from playground.scenario.topology import link_between


def too_short_a_lease(path: DeliveryPath) -> Iterator[Caveat]:
    """T7: prefetch × (work + the round trips of a commit) is longer than the lease."""
    lease_us, consumer = path.queue.lease_us, path.consumer
    renew_us = consumer.renew_lease_us
    if lease_us is None or (renew_us is not None and renew_us < lease_us):
        return
    each_us, more_us = _commit_us(path)
    if consumer.prefetch * each_us + more_us <= lease_us:
        return
    fits = (lease_us - more_us) // each_us if each_us else 0
    is_checked = consumer.fencing or consumer.effective_how == "two-phase"
    ends = "refused, again and again" if is_checked else "committed twice"
    takes = f"{quoted(path.node)} takes {write_duration(each_us)} to commit a message"
    lease = f"lease of {write_duration(lease_us)}"
    if consumer.prefetch == 1:
        told = f"{takes}, longer than the {lease}: it is {ends}."
    else:
        told = f"{takes} and holds {consumer.prefetch}: they outlive their {lease} and are {ends}."
    if fits < 1:
        place = path.at(path.queue_node, "lease")
        yield Caveat("T7", place, f"{told} Set a longer lease.")
    else:
        place = path.at(path.node, "prefetch")
        yield Caveat("T7", place, f"{told} Set prefetch: {fits}, or a longer lease.")


def _commit_us(path: DeliveryPath) -> tuple[int, int]:
    """Means: from one message to the next, and what the way of a DELIVER adds to the last one."""
    scenario, coordinator = path.scenario, coordinator_of(path.scenario, path.node) or ""
    asks_us = _latency_us(scenario, path.node, coordinator)
    tells_us = _latency_us(scenario, coordinator, path.queue_node)
    brings_us = _latency_us(scenario, path.queue_node, path.node)
    work_us = path.consumer.work.mean_us
    if path.consumer.effective_how == "two-phase":
        # REQ, PREPARE, VOTE, REQ_OK. What is prepared makes room for the next one.
        return work_us + 2 * (asks_us + tells_us), max(0, brings_us - asks_us - tells_us)
    # ADD_PARTITIONS, TXN_SEND with TXN_OFFSETS, END_TXN, each with its answer.
    return work_us + 4 * asks_us + 2 * brings_us, 0


def _latency_us(scenario: Scenario, source: str, target: str) -> int:
    link = link_between(scenario, source, target)
    return link.parameters.latency.mean_us if link is not None else 0
