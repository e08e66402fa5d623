"""Do the two searches agree, and does the one without a clock claim no more than it has done?"""

from dataclasses import replace
from itertools import count

import pytest

from playground.checker.any_timing import prove_any_timing
from playground.checker.bounds import CATALOGUE, Bounds, Claim
from playground.checker.prove import prove
from playground.checker.verdict import Proof, Verdict
from playground.engine.parameters import Spread
from playground.scenario.model import Scenario
from tests.checker.scenes import AT_MOST_ONCE, EXACTLY_ONCE, MS, chain, committed

ONE = Bounds(messages=1, faults=1, catalogue=CATALOGUE)

SCENES: dict[str, Scenario] = {
    "fires": chain(**AT_MOST_ONCE),
    "commits first": chain(consumer={"guarantee": "at-most-once", "how": "commit-first"}),
    "acks after": chain(),
    "acks twice": chain(consumer={"how": "double-ack"}, consumers=("anna", "bert")),
    "claims first": chain(consumer={"idempotency": "claim-first"}),
    "remembers": chain(consumer={"idempotency": "memory"}, consumers=("anna", "bert")),
    "exactly once": chain(**EXACTLY_ONCE),
    "forgets": chain(queue={"durability": "memory", "ack_durability": "lazy"}),
    "gives up": chain(queue={"max_deliveries": 1}),
    "impatient": chain(queue={"lease_us": 50 * MS}),
    "stream": chain(link={"transport": "stream"}, producer={"window": 2}),
    "waits for ever": chain(queue={"lease_us": None}),
    "transaction": committed("transaction", consumer={"fencing": True}),
    "unfenced": committed("transaction"),
    "two-phase": committed("two-phase"),
    "forgetful": committed("two-phase", coordinator={"log": "memory"}),
}


def by_claim(proof: Proof) -> dict[Claim, Verdict]:
    return {verdict.claim: verdict for verdict in proof.verdicts}


@pytest.mark.parametrize("name", SCENES)
def test_what_breaks_at_these_timings_breaks_at_any(name: str) -> None:
    _check_refinement(SCENES[name], ONE)


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_it_does_so_with_two_faults(name: str) -> None:
    _check_refinement(SCENES[name], replace(ONE, faults=2))


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_it_does_so_with_two_messages(name: str) -> None:
    _check_refinement(SCENES[name], replace(ONE, messages=2))


def _check_refinement(scenario: Scenario, bounds: Bounds) -> None:
    """What breaks there with so many faults breaks here with no more; certified here, there too."""
    timed = by_claim(prove(scenario, bounds))
    untimed = by_claim(prove_any_timing(scenario, bounds, most_states=20_000))
    assert timed.keys() == untimed.keys()
    for claim, verdict in timed.items():
        other = untimed[claim]
        if verdict.word == "counterexample":
            assert other.word in ("counterexample", "inconclusive"), claim
            assert other.faults <= verdict.faults
        if other.word == "certified":
            assert verdict.word in ("certified", "vacuous"), claim


def test_a_lost_send_of_a_fired_message_is_its_loss() -> None:
    bounds = Bounds(messages=1, faults=2, catalogue=("drop",), properties=("loss",))
    (verdict,) = prove_any_timing(chain(**AT_MOST_ONCE), bounds).verdicts
    assert (verdict.word, verdict.faults) == ("counterexample", 1)
    assert verdict.minimal[0].faults == ("SEND of shop#1 is lost",)
    assert verdict.minimal[0].steps[0].startswith("shop produces a message")


def test_exactly_once_is_certified_and_was_put_to_the_test() -> None:
    proof = prove_any_timing(chain(**EXACTLY_ONCE), ONE)
    assert {verdict.word for verdict in proof.verdicts} == {"certified"}
    seen = proof.verdicts[0].witnesses
    assert all(seen[name] for name in ("redelivery", "republish", "queue dedup", "suppressed"))


def test_groups_of_one_queue_are_searched_one_at_a_time() -> None:
    one = chain()
    nodes = dict(one.nodes)
    link = one.links[1]
    nodes["other"] = type(nodes["billing"])(group="other", work=Spread(mean_us=0))
    links = (*one.links, type(link)(source="orders", target="other", parameters=link.parameters))
    two = Scenario(name="two", nodes=nodes, links=links)
    alone, beside = prove_any_timing(one, ONE).verdicts, prove_any_timing(two, ONE).verdicts
    assert [verdict.states for verdict in beside[:3]] == [verdict.states for verdict in alone]


def test_a_limit_of_states_is_no_certificate() -> None:
    proof = prove_any_timing(chain(**EXACTLY_ONCE), ONE, most_states=50)
    assert {verdict.word for verdict in proof.verdicts} == {"inconclusive"}
    assert "complete for at most 0 faults" in proof.verdicts[0].reason


def test_a_cancel_is_no_certificate() -> None:
    looks = count()
    wide = Bounds(messages=2, faults=2, catalogue=CATALOGUE)
    proof = prove_any_timing(chain(**EXACTLY_ONCE), wide, is_cancelled=lambda: next(looks) >= 1)
    assert {verdict.word for verdict in proof.verdicts} == {"inconclusive"}


def test_poison_without_a_limit_goes_round_for_ever() -> None:
    bounds = Bounds(messages=1, faults=0, properties=("stuck",))
    (verdict,) = prove_any_timing(chain(consumer={"poison": (1,)}), bounds).verdicts
    assert (verdict.word, verdict.faults) == ("counterexample", 0)
    assert verdict.minimal[0].steps[-1] == "from here on it never comes to rest"


def test_in_an_asynchronous_network_a_duplicate_needs_no_fault() -> None:
    bounds = Bounds(messages=1, faults=0, properties=("duplicate_effect",))
    (sound,) = prove_any_timing(chain(), bounds).verdicts
    (late,) = prove_any_timing(chain(), replace(bounds, asynchronous=True)).verdicts
    assert (sound.word, late.word, late.faults) == ("certified", "counterexample", 0)


def test_a_lease_shorter_than_the_work_needs_no_fault_either() -> None:
    bounds = Bounds(messages=1, faults=0, properties=("duplicate_effect",))
    (verdict,) = prove_any_timing(chain(queue={"lease_us": 50 * MS}), bounds).verdicts
    assert (verdict.word, verdict.faults) == ("counterexample", 0)
