"""The states of small scenes, looked at from the outside."""

from collections.abc import Callable
from dataclasses import replace

from playground.checker.any_timing.patience import Patience, patience_of
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.rules import rules_of
from playground.checker.any_timing.scene import untimed
from playground.checker.any_timing.search import Result, search
from playground.checker.any_timing.space import Space
from playground.checker.bounds import Bounds
from playground.engine.commands import CrashNode
from playground.engine.nodes.consumer import Consumer
from playground.engine.simulator import Simulator
from playground.engine.world import World
from playground.scenario.model import Link, Scenario
from tests.engine.oracle.anomalies import anomalies
from tests.engine.oracle.scene import BROKERS, MODES, new_scene

Admits = Callable[[str, str, str], bool]


def new_space(scenario: Scenario, bounds: Bounds, *, any_time: bool = False) -> Space:
    """The states of this scene, from its first one."""
    return Space(
        untimed(scenario, bounds),
        rules_of(scenario, bounds),
        frozenset(bounds.catalogue),
        patience_of(scenario, bounds),
        any_time,
    )


def explore(space: Space, faults: int, most_states: int = 100_000) -> Result:
    """Every state with at most so many faults."""
    return search(space, faults, {"": lambda *_: ()}, most_states)


def _admits(kinds: tuple[str, ...], nodes: tuple[str, ...], packets: tuple[str, ...]) -> Admits:
    def admits(kind: str, node: str, packet: str) -> bool:
        return (
            (not kinds or kind in kinds)
            and (not nodes or not node or node in nodes)
            and (not packets or not packet or packet in packets)
        )

    return admits


COORDINATOR = "judge"
CONSUMERS = ("anna", "bert")
PACKETS = ("SEND", "CONFIRM", "DELIVER", "ACK", "ACK_OK")
ANY = _admits((), (), ())

FAULTS: dict[str, tuple[tuple[str, ...], Admits]] = {
    "none": ((), ANY),
    "reorder": ((), ANY),  # any packet may be the next to arrive, without a fault
    **{f"drop {each}": (("drop",), _admits((), (), (each,))) for each in PACKETS},
    **{f"dup {each}": (("duplicate",), _admits((), (), (each,))) for each in ("SEND", "DELIVER")},
    "ptimeout": (("late",), _admits(("timeout",), (), ())),
    "pause>lease": (("pause",), ANY),
    "bcrash": (("broker-crash",), ANY),
    "pcrash": (("crash",), _admits((), ("shop",), ())),
    "ccrash": (("crash",), _admits((), CONSUMERS, ())),
    "retention": (("expire",), ANY),
    "dlq": (("dead-letter",), ANY),
    "pdexp": (("forget-queue-dedup",), ANY),
    "ddupexp": (("forget-group-dedup",), ANY),
    "ack-unsynced": (("broker-crash",), ANY),
}
"""A fault of the oracle's table -> the catalogue, and which of its faults are meant."""

LATE_TOO = frozenset({"none", "bcrash", "retention", "dlq", "ack-unsynced"})
"""Where a message that lies at the queue before anybody is there makes a difference."""


def oracle_scene(broker: str, mode: str, fault: str) -> Scenario:
    """The scene in which the oracle is checked, as a scenario."""
    queue = {
        "dlq": {"dead_letter": "morgue"},
        "ack-unsynced": {"ack_durability": "lazy"},
    }.get(fault, {})
    world = new_scene(MODES[mode], BROKERS[broker], **queue).world
    return Scenario(
        name="oracle",
        nodes={name: node.parameters for name, node in world.nodes.items()},
        links=tuple(
            # Nobody's verdict overtakes another: the oracle tells it to all at once.
            Link(
                source=source,
                target=target,
                parameters=replace(link.parameters, transport="stream")
                if COORDINATOR in (source, target)
                else link.parameters,
            )
            for (source, target), link in world.links.items()
        ),
    )


def found_at_any_timing(broker: str, mode: str, fault: str) -> frozenset[str]:
    """The anomalies that one fault of this kind can lead to, in the letters of the table."""
    found: set[str] = set()
    for begins_late in (False, True) if fault in LATE_TOO else (False,):
        found |= _anomalies(broker, mode, fault, begins_late)
    return frozenset(found)


def _anomalies(broker: str, mode: str, fault: str, begins_late: bool) -> set[str]:
    catalogue, admits = FAULTS[fault]
    scenario = oracle_scene(broker, mode, fault)
    bounds = Bounds(messages=1, faults=1, catalogue=catalogue)
    world = untimed(scenario, bounds)
    if begins_late:
        _send_away(world)
    rules = rules_of(scenario, bounds, sees_deliveries=True)
    space = Space(world, rules, frozenset(catalogue), Patience(), False, admits)
    found: set[str] = set()
    met: set[int] = set()

    def note(space: Space, state: State, _: bool) -> tuple[str, ...]:
        ledger = state[space.pool.ledger_index]
        if ledger not in met:
            met.add(ledger)
            bench = space.runner.bench.world
            bench.ledger = space.pool.objects[ledger]
            found.update(anomalies(bench))
        return ()

    assert search(space, 1, {"": note}, 100_000).ended == "complete"
    return found


def _send_away(world: World) -> None:
    """The consumers are down at first, and the queue knows it."""
    simulator = Simulator(world)
    for node in list(world.nodes.values()):
        if isinstance(node, Consumer):
            simulator.apply(CrashNode(node.id))
    simulator.run_until(1)
