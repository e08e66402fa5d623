"""Does a verdict say exactly what was done, and never more?"""

from dataclasses import replace
from time import monotonic

import pytest

from playground.checker.bounds import CATALOGUE, PROPERTIES, Bounds, FaultKind
from playground.checker.explore import Progress
from playground.checker.prove import prove
from playground.checker.verdict import Proof, Verdict
from playground.engine.commands import CrashNode
from playground.engine.parameters import (
    ConsumerParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Link, Scenario, ScriptEntry

from .scenes import AT_MOST_ONCE, MS, chain, committed, exactly_once

ONE = Bounds(messages=1, faults=1)


def verdict(proof: Proof, claim_property: str, group: str = "billing") -> Verdict:
    (found,) = [
        each
        for each in proof.verdicts
        if (each.claim.group, each.claim.property) == (group, claim_property)
    ]
    return found


def words(proof: Proof) -> dict[str, str]:
    return {each.claim.property: each.word for each in proof.verdicts}


# ---------------------------------------------------------------------- what is found


def test_exactly_once_is_certified_and_its_mechanisms_were_seen() -> None:
    proof = prove(exactly_once(), Bounds())
    assert set(words(proof).values()) == {"certified"}
    seen = verdict(proof, "duplicate_effect").witnesses
    for witness in ("redelivery", "republish", "crash", "pause", "queue dedup", "suppressed"):
        assert seen[witness] > 100
    assert proof.exit_code == 0


def singles(scenario: Scenario, claim_property: str, *catalogue: FaultKind) -> set[str]:
    """The single faults that break it, without the numbers that a scene chooses."""
    bounds = replace(ONE, catalogue=catalogue or CATALOGUE)
    found = verdict(prove(scenario, bounds), claim_property).minimal
    return {" ".join(each.faults).split(" from ")[0].split(" with ")[0] for each in found}


NETWORK: tuple[FaultKind, ...] = ("drop", "late", "duplicate")


@pytest.mark.parametrize(
    ("scenario", "claim_property", "expected"),
    [
        (chain(**AT_MOST_ONCE), "loss", {"drop SEND of shop#1", "drop DELIVER of shop#1"}),
        (
            chain(**AT_MOST_ONCE),
            "duplicate_effect",
            {"duplicate SEND of shop#1", "duplicate DELIVER of shop#1"},
        ),
        (chain(), "loss", set()),
        (
            chain(),
            "duplicate_effect",
            {
                "late SEND of shop#1",
                "duplicate SEND of shop#1",
                "drop CONFIRM of shop#1",
                "late CONFIRM of shop#1",
                "late DELIVER of shop#1",
                "duplicate DELIVER of shop#1",
                "drop ACK of shop#1",
                "late ACK of shop#1",
            },
        ),
        (chain(consumer={"idempotency": "inbox"}), "duplicate_effect", set()),
        (exactly_once(), "loss", set()),
        (exactly_once(), "duplicate_effect", set()),
    ],
)
def test_what_the_network_alone_can_break(
    scenario: Scenario, claim_property: str, expected: set[str]
) -> None:
    assert singles(scenario, claim_property, *NETWORK) == expected


@pytest.mark.parametrize(
    ("idempotency", "claim_property", "expected"),
    [
        ("none", "duplicate_effect", {"crash billing at after-effect"}),
        ("inbox", "duplicate_effect", set()),
        ("effect-first", "duplicate_effect", {"crash billing at after-effect"}),
        ("effect-first", "loss", set()),
        ("claim-first", "loss", {"crash billing at after-mark", "crash billing at mid-effect"}),
        ("claim-first", "duplicate_effect", set()),
        (
            "memory",
            "duplicate_effect",
            {"crash billing at after-effect", "crash billing at after-mark"},
        ),
    ],
)
def test_what_a_crash_between_two_steps_breaks(
    idempotency: str, claim_property: str, expected: set[str]
) -> None:
    scenario = chain(
        {"identity": "message-id"}, {"deduplicate": "message-id"}, {"idempotency": idempotency}
    )
    assert singles(scenario, claim_property, "crash") == expected


def test_a_lease_that_never_ends_leaves_a_message_unfinished() -> None:
    scenario = chain(queue={"lease_us": None})
    assert singles(scenario, "stuck", "drop") == {"drop DELIVER of shop#1", "drop ACK of shop#1"}


def test_order_is_asked_only_on_request() -> None:
    scenario = chain({"window": 4, "keys": 1}, {"redelivery_delay_us": 0}, {"prefetch": 4})
    assert "out_of_order" not in words(prove(scenario, ONE))
    bounds = Bounds(properties=PROPERTIES, faults=1)
    found = verdict(prove(scenario, bounds), "out_of_order")
    assert (found.word, found.faults) == ("counterexample", 1)


def test_a_failure_that_the_producer_was_told_is_no_loss() -> None:
    scenario = chain({"retry": replace(ProducerParameters(rate_per_s=1).retry, attempts=1)})
    bounds = replace(ONE, catalogue=("drop",))
    assert verdict(prove(scenario, bounds), "loss").word != "counterexample"


def test_a_policy_that_somebody_chose_is_no_loss() -> None:
    scenario = chain(queue={"max_deliveries": 1})
    bounds = replace(ONE, catalogue=("drop",))
    assert verdict(prove(scenario, bounds), "loss").word != "counterexample"


def test_a_queue_crashes_only_where_that_is_asked() -> None:
    scenario = chain(queue={"durability": "memory"})
    assert singles(scenario, "loss", "crash", "pause") == set()
    assert "crash orders at confirmed" in singles(scenario, "loss", "broker-crash")


def test_on_streams_no_single_packet_comes_to_grief() -> None:
    scenario = chain(link={"transport": "stream"})
    found = prove(scenario, replace(ONE, catalogue=NETWORK))
    assert {each.schedules for each in found.verdicts} == {1}
    # Nothing could strike, so nothing was tried: that is no certificate.
    assert verdict(found, "loss").word == "vacuous"


def test_two_parts_of_a_scene_are_proved_apart() -> None:
    first, second = chain(), exactly_once()
    nodes = {**first.nodes, **{f"{name}-b": each for name, each in second.nodes.items()}}
    links = first.links + tuple(
        Link(source=f"{e.source}-b", target=f"{e.target}-b", parameters=e.parameters)
        for e in second.links
    )
    nodes["billing-b"] = replace(nodes["billing-b"], group="payouts")  # type: ignore[call-arg]
    both = prove(Scenario(name="both", nodes=nodes, links=links), ONE)
    alone = prove(first, ONE)
    for claim_property in ("loss", "duplicate_effect", "stuck"):
        assert verdict(both, claim_property) == verdict(alone, claim_property)
    assert verdict(both, "duplicate_effect", "payouts").word == "certified"


def fan_out(**queue: object) -> Scenario:
    """Two groups read one queue; the second one has no inbox."""
    scenario = exactly_once()
    nodes = {**scenario.nodes, "mail": ConsumerParameters()}
    nodes["orders"] = replace(nodes["orders"], **queue)  # type: ignore[arg-type]
    link = Link(source="orders", target="mail", parameters=scenario.links[1].parameters)
    return replace(scenario, nodes=nodes, links=(*scenario.links, link))


def test_two_groups_of_a_queue_are_proved_apart_and_come_out_the_same_together() -> None:
    bounds = replace(ONE, faults=2)
    apart, together = prove(fan_out(), bounds), prove(fan_out(capacity=100), bounds)
    for group in ("billing", "mail"):
        for claim_property in ("loss", "duplicate_effect", "stuck"):
            one = verdict(apart, claim_property, group)
            other = verdict(together, claim_property, group)
            assert one.word == other.word
            assert {each.faults for each in one.minimal} == {each.faults for each in other.minimal}
            assert one.schedules <= other.schedules
    assert (
        verdict(apart, "loss").schedules == verdict(prove(exactly_once(), bounds), "loss").schedules
    )
    assert verdict(together, "loss").schedules > verdict(apart, "loss").schedules


def test_one_group_can_be_asked_for() -> None:
    proof = prove(chain(), replace(ONE, groups=("billing",)))
    assert {each.claim.group for each in proof.verdicts} == {"billing"}


def test_only_smallest_sets_are_found_where_that_is_enough() -> None:
    scenario = chain(consumer={"idempotency": "memory"}, consumers=("anna", "bert"))
    every = verdict(prove(scenario, Bounds(messages=1)), "duplicate_effect")
    first = verdict(prove(scenario, Bounds(messages=1, every_set=False)), "duplicate_effect")
    assert first.minimal == tuple(each for each in every.minimal if len(each.faults) == 1)


def test_no_minimal_set_contains_another() -> None:
    scenario = chain(consumer={"idempotency": "effect-first"}, consumers=("anna", "bert"))
    for each in prove(scenario, Bounds(messages=1)).verdicts:
        sets = [frozenset(found.faults) for found in each.minimal]
        assert not [one for one in sets for other in sets if one < other]


# ---------------------------------------------------------------------- what is not found


def test_without_faults_it_is_said_of_the_run_without_a_fault() -> None:
    found = verdict(prove(exactly_once(), replace(ONE, faults=0)), "loss")
    assert (found.word, found.faults, found.schedules) == ("certified", 0, 1)


def test_a_mechanism_that_was_never_seen_makes_it_vacuous() -> None:
    proof = prove(exactly_once(), replace(ONE, catalogue=("pause",)))
    found = verdict(proof, "loss")
    assert (found.word, "sending again" in found.reason) == ("vacuous", True)
    assert proof.exit_code == 3


def test_a_dedup_that_recognises_nothing_makes_it_vacuous() -> None:
    scenario = chain(queue={"deduplicate": "message-id"}, consumer={"idempotency": "inbox"})
    found = verdict(prove(scenario, ONE), "duplicate_effect")
    assert (found.word, "the queue recognising" in found.reason) == ("vacuous", True)


def test_at_most_once_has_no_mechanism_and_is_never_vacuous() -> None:
    bounds = replace(ONE, catalogue=("late",))
    assert words(prove(chain(**AT_MOST_ONCE), bounds))["loss"] == "certified"


def test_a_group_that_is_owed_nothing_is_vacuous() -> None:
    scenario = chain({"limit": 1, "rate_per_s": 1e-12})
    assert set(words(prove(scenario, ONE)).values()) == {"vacuous"}


def test_a_group_without_a_queue_is_vacuous() -> None:
    scenario = chain()
    lonely = replace(scenario, nodes={**scenario.nodes, "mail": ConsumerParameters()})
    proof = prove(lonely, replace(ONE, groups=("mail",)))
    assert set(words(proof).values()) == {"vacuous"}


def test_what_a_scene_does_by_itself_is_set_aside_and_said_to_be() -> None:
    scenario = exactly_once(link={"loss": Loss(request=0.5)})
    entry = ScriptEntry(at_us=0, command=CrashNode("billing"))
    found = prove(replace(scenario, script=(entry,)), ONE)
    assert [each.split()[0:3] for each in found.left_out] == [
        ["what", "the", "scene's"],
        ["the", "chances", "of"],
    ]
    assert found.verdicts == prove(exactly_once(), ONE).verdicts


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_calls_outside_a_transaction_are_said_not_to_be_counted(how: str) -> None:
    bounds = replace(ONE, faults=0)
    assert prove(committed(how), bounds).left_out == ()
    assert prove(committed(how, consumer={"effect": "call"}), bounds).left_out == (
        "the calls of billing: they are outside its transactions, and are not counted",
    )


def test_what_a_queue_drops_by_its_own_rule_is_said_to_be_no_loss() -> None:
    scene = chain(queue={"max_deliveries": 2, "overflow": "drop-oldest"})
    assert prove(scene, replace(ONE, faults=0)).left_out == (
        "what orders drops by its own rule is chosen, and is no loss here: max_deliveries",
    )


def test_too_many_schedules_are_never_certified() -> None:
    proof = prove(exactly_once(), Bounds(most_schedules=100))
    found = verdict(proof, "loss")
    assert (found.word, found.schedules) == ("inconclusive", 100)
    assert "complete for at most 1 fault" in found.reason
    assert "% of the schedules with 2 faults" in found.reason


def test_schedules_that_were_not_even_kept_are_never_certified() -> None:
    for most in (1, 2, 5, 20):
        proof = prove(exactly_once(), Bounds(messages=1, most_schedules=most))
        found = verdict(proof, "loss")
        assert (found.word, found.schedules) == ("inconclusive", most)
        assert f"There are more than {most} schedules" in found.reason


def test_a_message_that_fails_for_ever_is_never_certified() -> None:
    scenario = chain(consumer={"poison": (1,)})
    found = verdict(prove(scenario, replace(ONE, most_events=300)), "loss")
    assert (found.word, "had not come to rest" in found.reason) == ("inconclusive", True)


def test_time_that_is_over_is_never_certified() -> None:
    found = prove(exactly_once(), Bounds(seconds=0.0))
    assert set(words(found).values()) == {"inconclusive"}


@pytest.mark.parametrize("after", [1, 20, 45, 700])
def test_a_cancel_says_how_far_it_came(after: int) -> None:
    calls = 0

    def is_cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > after

    proof = prove(exactly_once(), Bounds(), is_cancelled=is_cancelled)
    found = verdict(proof, "loss")
    assert found.word == "inconclusive"
    assert found.reason.startswith("It was cancelled")
    assert found.schedules == sum(level.schedules for level in found.levels)
    assert proof.exit_code == 3


def test_what_was_found_before_a_cancel_stays_found() -> None:
    proof = prove(chain(), Bounds(), is_cancelled=_from_call(300))
    assert words(proof) == {
        "loss": "inconclusive",
        "duplicate_effect": "counterexample",
        "stuck": "inconclusive",
    }
    assert proof.exit_code == 1


def _from_call(number: int):  # type: ignore[no-untyped-def]
    calls = iter(range(10**9))
    return lambda: next(calls) >= number


def test_progress_counts_every_schedule_of_a_level() -> None:
    seen: list[tuple[int, int, int]] = []

    def listen(progress: Progress) -> None:
        seen.append((progress.faults, progress.done, progress.of))

    proof = prove(exactly_once(), ONE, on_progress=listen)
    levels = proof.verdicts[0].levels
    assert seen == [
        (level.faults, done, level.of) for level in levels for done in range(1, level.schedules + 1)
    ]


def test_a_counterexample_comes_within_a_second() -> None:
    began_s = monotonic()
    proof = prove(chain(), Bounds(every_set=False, properties=("duplicate_effect",)))
    assert verdict(proof, "duplicate_effect").word == "counterexample"
    assert monotonic() - began_s < 1.0


def test_a_scene_whose_lease_is_too_short_breaks_without_any_fault() -> None:
    scenario = chain(queue={"lease_us": 10 * MS})
    found = verdict(prove(scenario, ONE), "duplicate_effect")
    assert (found.word, found.faults, len(found.minimal)) == ("counterexample", 0, 1)
    assert found.minimal[0].faults == ()


def test_the_scene_itself_is_left_alone() -> None:
    scenario = chain(queue={"durability": "sync"})
    prove(scenario, ONE)
    assert isinstance(scenario.nodes["orders"], QueueParameters)
    assert scenario.nodes["shop"] == ProducerParameters(rate_per_s=2)
