"""Which faults of the search are the faults of the oracle's table, and what can each of them do?

The scenes are those in which the engine itself is checked: one message, two consumers, well-tuned
timers. Here nothing is clicked by hand: every site is found by the search's own watch, and every
fault strikes through the search's own schedules.
"""

from collections.abc import Callable, Iterator

from playground.checker.bounds import WIDER_CATALOGUE, Bounds
from playground.checker.scene import Part
from playground.checker.sites import Fault
from playground.checker.trial import Trial
from playground.engine.commands import CrashNode
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.queue import Queue
from playground.scenario.model import Link, Scenario
from tests.engine.oracle.anomalies import anomalies
from tests.engine.oracle.placements import ANSWERED, ASKED
from tests.engine.oracle.scene import BROKERS, FLUSH_US, LATE_US, MODES, PACES, new_scene

Match = Callable[[Fault], bool]

BOUNDS = Bounds(messages=1, faults=1, catalogue=WIDER_CATALOGUE)


def _kind(kind: str, *whats: str) -> Match:
    return lambda fault: fault.kind == kind and (not whats or fault.what in whats)


MATCHES: dict[str, Match] = {
    "none": lambda _: False,
    **{f"drop {each}": _kind("drop", each) for each in ("SEND", "CONFIRM", "DELIVER")},
    "drop ACK": _kind("drop", "ACK", *ASKED),
    "drop ACK_OK": _kind("drop", "ACK_OK", *ANSWERED),
    "dup SEND": _kind("duplicate", "SEND"),
    "dup DELIVER": _kind("duplicate", "DELIVER"),
    "ptimeout": _kind("late", "SEND", "CONFIRM"),
    "pause>lease": _kind("pause"),
    "bcrash": lambda fault: fault.kind in ("broker-crash", "outage"),
    "pcrash": lambda fault: fault.kind == "crash" and fault.place == "shop",
    "ccrash": lambda fault: fault.kind == "crash" and fault.place in ("anna", "bert"),
    "reorder": _kind("reorder"),
    "partition": _kind("cut"),
    "retention": _kind("expire"),
    "dlq": _kind("dead-letter"),
    "giveup": _kind("give-up"),
    "pdexp": _kind("forget-queue-dedup"),
    "ddupexp": _kind("forget-group-dedup"),
    "ack-unsynced": lambda fault: fault.kind == "outage" or fault.what == "acked",
}
"""Fault of the table -> which faults of the search are meant."""

SETTINGS: dict[str, dict[str, object]] = {
    "dlq": {"dead_letter": "morgue"},
    "ack-unsynced": {"ack_durability": "lazy", "flush_us": FLUSH_US},
}


def trial_of(broker: str, mode: str, pace: str, settings: dict[str, object]) -> Trial:
    """The scene of a cell as a trial; in the late pace the consumers start later."""
    world = new_scene(MODES[mode], BROKERS[broker], "prompt", **settings).world
    scenario = Scenario(
        name="oracle",
        seed=1,
        nodes={node_id: node.parameters for node_id, node in world.nodes.items()},
        links=tuple(
            Link(source=source, target=target, parameters=link.parameters)
            for (source, target), link in world.links.items()
        ),
    )
    trial = Trial(Part(scenario, ("g",)), BOUNDS)
    if pace == "late":
        workers = [node.id for node in world.nodes.values() if isinstance(node, Consumer)]
        trial.begin_with(*(CrashNode(worker, for_us=LATE_US) for worker in workers))
    return trial


def found_by_search(broker: str, mode: str, fault_name: str) -> frozenset[str]:
    """The union of the anomalies over every site of the fault, in both paces."""
    letters: frozenset[str] = frozenset()
    for pace in PACES:
        trial = trial_of(broker, mode, pace, SETTINGS.get(fault_name, {}))
        for schedule in _schedules(trial, MATCHES[fault_name]):
            simulator = trial.start(schedule)
            simulator.play(BOUNDS.most_events)
            assert simulator.next_us() is None, "it has not come to rest"
            letters |= anomalies(simulator.world)
    return letters


def _schedules(trial: Trial, matches: Match) -> Iterator[tuple[Fault, ...]]:
    chosen = [fault for fault in trial.run((), finds_next=True).children if matches(fault)]
    if matches is MATCHES["ack-unsynced"]:
        chosen = [fault for fault in chosen if not fault.is_timed or _is_unsynced(trial, fault)]
    yield from [(fault,) for fault in chosen] or [()]


def _is_unsynced(trial: Trial, fault: Fault) -> bool:
    """Whether the queue holds an ack that is not on its disk at the moment of this fault."""
    simulator = trial.start(())
    simulator.run_until(fault.at_us)
    queue = simulator.world.nodes[fault.place]
    assert isinstance(queue, Queue)
    return any(subscription.unflushed for subscription in queue.subscriptions.values())
