"""Is the moment of a break the first at which the promise is broken, in the run of the search?"""

import pytest

from playground.checker.bounds import Bounds, Property
from playground.checker.breaking import breaking, packets_a_message
from playground.checker.properties import violated
from playground.checker.prove import prove
from playground.scenario.build import simulate
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from tests.checker.scenes import AT_MOST_ONCE, EXACTLY_ONCE, chain

SCENES: dict[Property, Scenario] = {
    "loss": chain(**AT_MOST_ONCE),
    "duplicate_effect": chain(),
    "stuck": chain(queue={"lease_us": None, "on_disconnect": "wait-for-lease"}),
}


@pytest.mark.parametrize("name", SCENES)
def test_it_is_broken_then_and_not_before(name: Property) -> None:
    (verdict,) = prove(SCENES[name], Bounds(messages=1, faults=1, properties=(name,))).verdicts
    for found in verdict.minimal:
        scenario = load_text(found.scenario)
        moment = breaking(scenario, verdict.claim)
        assert moment.trace_sha256 == found.trace_sha256
        assert moment.messages == found.messages
        before, after = simulate(scenario), simulate(scenario)
        before.run_until(moment.at_us - 1)
        after.run_until(moment.at_us)
        assert not violated(before.world, verdict.claim, before.next_us() is None)
        assert violated(after.world, verdict.claim, after.next_us() is None)


def test_what_breaks_nothing_is_a_mistake() -> None:
    (verdict,) = prove(SCENES["loss"], Bounds(messages=1, faults=0, properties=("loss",))).verdicts
    with pytest.raises(AssertionError, match="holds in what was said to break it"):
        breaking(chain(producer={"limit": 1}), verdict.claim)


@pytest.mark.parametrize(
    ("scene", "packets"),
    [
        (chain(**AT_MOST_ONCE), 2),  # SEND, DELIVER
        (chain(), 4),  # and their answers
        (chain(**EXACTLY_ONCE, consumers=("one", "two")), 4),
    ],
)
def test_what_a_message_costs_when_nothing_goes_wrong(scene: Scenario, packets: int) -> None:
    assert packets_a_message(scene, "billing") == packets
    assert packets_a_message(scene, "nobody") == 0
