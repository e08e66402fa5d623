"""Does what a preset invites to try, or says of its numbers, come out as it says?"""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from playground.engine.commands import ArmCrash
from playground.engine.parameters import ConsumerParameters, ProducerParameters
from playground.engine.summary import summary
from playground.headless.run import drain, run
from playground.scenario.build import simulate
from playground.scenario.model import Scenario, ScriptEntry
from tests.presets.opened import counters, scenario_of


@dataclass(frozen=True)
class Change:
    """One thing that a preset's ``try`` speaks of, and what then holds of a group."""

    preset: str
    changes: dict[str, dict[str, Any]]
    group: str
    counter: str
    is_some: bool
    armed: tuple[str, str] | None = None

    def apply(self) -> Scenario:
        scenario = scenario_of(self.preset)
        nodes = dict(scenario.nodes)
        for node, values in self.changes.items():
            nodes[node] = replace(nodes[node], **values)
        script = scenario.script
        if self.armed is not None:
            script += (ScriptEntry(at_us=3_000_000, command=ArmCrash(*self.armed)),)
        return replace(scenario, nodes=nodes, script=script)


FENCED = {"fencing": True}
TRIES = (
    Change(
        "01-at-most-once-logging",
        {
            "web": {"publish": "confirmed"},
            "logger": {"guarantee": "at-least-once", "how": "ack-after"},
        },
        "logger",
        "lost",
        False,
    ),
    Change(
        "02-at-least-once-crash-before-ack",
        {"billing": {"idempotency": "inbox"}},
        "billing",
        "duplicate_effects",
        False,
    ),
    Change(
        "04-three-side-by-side",
        {"billing": {"idempotency": "inbox"}},
        "billing",
        "duplicate_effects",
        False,
    ),
    Change(
        "06-payment-made-idempotent",
        {"billing": {"effect": "call"}},
        "billing",
        "duplicate_effects",
        True,
    ),
    Change(
        "07-mark-order-completed",
        {"orders": {"order": "fifo"}, "worker-a": FENCED, "worker-b": FENCED},
        "workers",
        "stale_final",
        False,
    ),
    Change(
        "08-the-lost-ack",
        {},
        "receipts",
        "duplicate_effects",
        True,
        ("receipts", "after-effect"),
    ),
    Change(
        "08-the-lost-ack",
        {"receipts": {"idempotency": "inbox"}},
        "receipts",
        "duplicate_effects",
        False,
        ("receipts", "after-effect"),
    ),
    Change(
        "09-the-lost-confirm",
        {"known-ids": {"dedup_window_us": 1_000_000}},
        "billing-b",
        "duplicate_effects",
        True,
    ),
    Change(
        "20-the-e-mail-outside",
        {"mailer": {"effect": "add"}},
        "mailer",
        "duplicate_side_effects",
        False,
    ),
    Change(
        "21-the-coordinator-dies",
        {"coordinator": {"log": "memory"}},
        "billing",
        "duplicate_effects",
        True,
    ),
    Change(
        "21-the-coordinator-dies",
        {"orders": {"heuristic_us": 1_000_000}},
        "billing",
        "duplicate_effects",
        True,
    ),
)


@pytest.mark.parametrize("change", TRIES, ids=lambda it: f"{it.preset[:2]} {it.counter}")
def test_what_a_preset_invites_to_try_does_what_it_says(change: Change) -> None:
    scenario = change.apply()
    faults = []
    for seed in (scenario.seed, 1, 2, 3):
        simulator = simulate(scenario, seed)
        simulator.run_until(scenario.run_for_us)
        drain(simulator)
        value = counters(simulator)[change.group][change.counter]
        if (value > 0) is not change.is_some:
            faults.append((seed, value))
    assert faults == []


def test_the_payment_presets_differ_in_the_idempotency_alone() -> None:
    twice = scenario_of("05-payment-charged-twice")
    once = scenario_of("06-payment-made-idempotent")
    assert (twice.seed, twice.links, twice.script) == (once.seed, once.links, once.script)
    billing = twice.nodes["billing"]
    assert isinstance(billing, ConsumerParameters)
    assert once.nodes == twice.nodes | {"billing": replace(billing, idempotency="inbox")}


def test_exactly_once_costs_packets_and_waiting_where_a_coordinator_commits() -> None:
    calm = replace(scenario_of("03-exactly-once-and-its-cost"), script=())
    simulator = simulate(calm)
    simulator.run_until(60_000_000)
    numbers = summary(simulator.world)
    delivered = {packet: row["delivered"] for packet, row in numbers["wire"].items()}
    orders = numbers["groups"]["inbox"]["applied_once"]
    packets = {
        "inbox": ("ACK",),
        "transaction": ("ADD_PARTITIONS", "ADD_OK", "TXN_SEND", "TXN_OFFSETS", "TXN_OK",
                        "END_TXN", "END_OK", "MARKER", "MARKER_OK"),
        "two-phase": ("REQ", "PREPARE", "VOTE", "REQ_OK", "DECIDE", "DECIDED"),
    }  # fmt: skip
    of_an_order = {
        group: 1 + round(sum(delivered[each] for each in names) / orders)
        for group, names in packets.items()
    }
    assert of_an_order == {"inbox": 2, "transaction": 11, "two-phase": 11}
    latency = {group: row["latency_us"]["p50"] for group, row in numbers["groups"].items()}
    assert latency["inbox"] < latency["two-phase"] < latency["transaction"]


def test_at_a_higher_rate_only_the_inbox_keeps_up() -> None:
    scenario = scenario_of("03-exactly-once-and-its-cost")
    shop = scenario.nodes["shop"]
    assert isinstance(shop, ProducerParameters)
    faster = replace(shop, rate_per_s=shop.rate_per_s * 5 / 2)
    simulator = simulate(replace(scenario, nodes={**scenario.nodes, "shop": faster}))
    simulator.run_until(60_000_000)
    groups = counters(simulator)
    waiting = {group: row["in_flight"] for group, row in groups.items()}
    assert waiting["inbox"] <= 3
    assert min(waiting["transaction"], waiting["two-phase"]) >= 10


def test_a_fence_at_the_queue_stops_both_pauses_at_the_database_the_long_one() -> None:
    scenario = scenario_of("13-the-zombie-and-the-fence")
    nodes = dict(scenario.nodes)
    for worker in ("open-a", "open-b"):
        nodes[worker] = replace(nodes[worker], fencing=True)
    simulator = simulate(replace(scenario, nodes=nodes))
    simulator.run_until(14_000_000)
    before = {group: row["duplicate_effects"] for group, row in counters(simulator).items()}
    simulator.run_until(scenario.run_for_us)
    after = {group: row["duplicate_effects"] for group, row in counters(simulator).items()}
    assert before == after == {"open": 1, "fenced": 1}


def test_the_lost_confirm_is_recognised_only_where_the_queue_knows_ids() -> None:
    queues = run(scenario_of("09-the-lost-confirm")).report["queues"]
    assert queues["plain"]["deduplicated"] == 0
    assert queues["known-ids"]["deduplicated"] > 0
