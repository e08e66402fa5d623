"""Is a remembered outcome what the engine would have done in this very state?"""

import pytest

from playground.checker.any_timing.names import Name, Names, renaming_of
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.space import Space
from playground.checker.bounds import CATALOGUE, Bounds, FaultKind
from playground.scenario.model import Scenario
from tests.checker.scenes import EXACTLY_ONCE, chain, committed

from .explored import explore, new_space

ALL = Bounds(messages=2, faults=1, catalogue=CATALOGUE)

SCENES: dict[str, Scenario] = {
    "plain": chain(),
    "two consumers": chain(consumers=("anna", "bert"), consumer={"idempotency": "memory"}),
    "fenced": chain(consumer={"how": "double-ack", "fencing": True}),
    "exactly once": chain(**EXACTLY_ONCE),
    "numbered": chain(
        producer={"identity": "sequence", "window": 2, "outbox": True},
        queue={"deduplicate": "sequence", "durability": "lazy", "ack_durability": "lazy"},
    ),
    "in order": chain(
        queue={"order": "keyed", "on_disconnect": "wait-for-lease"},
        consumer={"idempotency": "claim-first"},
        consumers=("anna", "bert"),
    ),
    "full": chain(queue={"capacity": 1, "max_deliveries": 2}, consumer={"prefetch": 2}),
    "stream": chain(link={"transport": "stream"}, producer={"window": 2}),
    "transaction": committed("transaction", consumers=("anna", "bert")),
    "two-phase": committed("two-phase", {"durability": "lazy", "heuristic_us": 2_000_000}),
}


@pytest.mark.parametrize("name", SCENES)
def test_what_is_remembered_of_a_step_is_what_the_engine_does(name: str) -> None:
    space = new_space(SCENES[name], ALL)
    result = explore(space, 1, 1_500)
    # Every so many states, so that a few hundred steps are done again.
    for state in list(result.origins)[:: max(1, result.distinct // 60)]:
        _check(space, state)


def _check(space: Space, state: State) -> None:
    for outcome, _ in [*space.free(state), *space.faults(state)]:
        pauses = outcome.gate is not None and outcome.stops != ""
        before = state
        again = space.runner.run_again(state, outcome.move, outcome.gate, pauses)
        assert again == outcome
        # What it did not say it would touch is as it was.
        assert space.runner.parts_of(space.runner.parts(state)) == before[:-1]


def test_the_same_scene_has_the_same_states_every_time() -> None:
    first, second = (explore(new_space(chain(), ALL), 1) for _ in range(2))
    assert first.layers == second.layers
    assert list(first.origins) == list(second.origins)


def test_a_fault_that_left_no_trace_leads_back() -> None:
    """A lost DELIVER whose lease has ended: all is as if it had not been sent yet."""
    catalogue: tuple[FaultKind, ...] = ("drop",)
    space = new_space(chain(), Bounds(messages=1, faults=3, catalogue=catalogue))
    result = explore(space, 3)
    # A cycle of losses and retries meets no new states after some faults: they would go on rising.
    assert result.ended == "complete"
    assert result.layers[3] < 4 * result.layers[2]


def test_on_a_stream_no_single_packet_is_lost_or_doubled() -> None:
    bounds = Bounds(messages=1, faults=1, catalogue=("drop", "duplicate"))
    assert explore(new_space(chain(link={"transport": "stream"}), bounds), 1).layers[1] == 0


def test_names_are_given_anew_in_their_order() -> None:
    tokens = {Name("token", "orders", number, rank) for number, rank in ((7, 1), (9, 0))}
    new = renaming_of([Names(frozenset(tokens))])
    assert new == {("token", "orders"): {9: 1, 7: 2}}


def test_under_fencing_a_newer_token_stays_the_newer_one() -> None:
    tokens = {Name("token", "orders", number) for number in (7, 9)}
    assert renaming_of([Names(frozenset(tokens))]) == {("token", "orders"): {7: 1, 9: 2}}


def test_a_note_about_a_dead_token_is_dropped() -> None:
    alive = frozenset({Name("token", "orders", 1)})
    note = frozenset({Name("token", "orders", 5)})
    assert renaming_of([Names(alive)]) is None
    assert renaming_of([Names(alive, note)]) == {("token", "orders"): {1: 1}}
