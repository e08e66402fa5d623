"""Does it make a difference that a step is done once for all ledgers that answer it alike?"""

from dataclasses import replace
from typing import Any

import pytest

from playground.checker.any_timing.ledger_part import small
from playground.checker.any_timing.ledger_reading import Question, Reading, answer, entered
from playground.checker.any_timing.ledger_twin import readable
from playground.checker.any_timing.patience import patience_of
from playground.checker.any_timing.prove import asking
from playground.checker.any_timing.rules import rules_of
from playground.checker.any_timing.scene import untimed
from playground.checker.any_timing.search import Result, search
from playground.checker.any_timing.space import Space
from playground.checker.bounds import CATALOGUE, Bounds, Claim
from playground.engine.ledger import CONFIRMED, IN_FLIGHT, GroupLedger, Ledger, MessageTable
from playground.engine.parameters import ProducerParameters
from playground.scenario.model import Link, Scenario
from tests.checker.scenes import EXACTLY_ONCE, chain, committed, random_scene

from .explored import explore
from .test_parts import IN_THE_KEY

ALL = Bounds(messages=2, faults=1, catalogue=CATALOGUE)
CLAIMS = [Claim("billing", name) for name in ("loss", "duplicate_effect", "stuck")]  # type: ignore[arg-type]


def searched(
    scenario: Scenario, bounds: Bounds, is_plain: bool, most: int, sees_deliveries: bool = False
) -> tuple[Space, Result]:
    space = Space(
        untimed(scenario, bounds), rules_of(scenario, bounds, sees_deliveries),
        frozenset(bounds.catalogue), patience_of(scenario, bounds), is_plain=is_plain,
    )  # fmt: skip
    asked = {claim.property: asking(claim) for claim in CLAIMS}
    return space, search(space, bounds.faults, asked, most)


def look(space: Space, result: Result) -> dict[str, Any]:
    """Everything that a search has to say, without the numbers of its parts."""
    return {
        "ended": result.ended,
        "layers": result.layers,
        "generated": result.generated,
        "complete below": result.complete_below,
        "seen": space.runner.seen,
        "found": {
            name: (found.faults, found.messages, found.steps)
            for name, found in result.found.items()
        },
        "steps": [
            None if origin is None else (origin[1].move.step, origin[1].gate)
            for origin in result.origins.values()
        ],
    }


def check(scenario: Scenario, bounds: Bounds, most: int, sees_deliveries: bool = False) -> int:
    """The two agree; returns how many runs of the engine were saved."""
    plain = searched(scenario, bounds, True, most, sees_deliveries)
    recalled = searched(scenario, bounds, False, most, sees_deliveries)
    assert look(*recalled) == look(*plain)
    saved = plain[0].runner.runs - recalled[0].runner.runs
    assert saved >= 0
    return saved


@pytest.mark.parametrize("first", [1, 5, 9])
def test_random_scenes_have_the_same_states_and_verdicts_either_way(first: int) -> None:
    for number in range(first, first + 4):
        scenario, bounds = random_scene(number)
        check(scenario, replace(bounds, catalogue=(*bounds.catalogue, "expire")), 200)


@pytest.mark.long
@pytest.mark.parametrize("number", range(13, 113))
def test_many_more_of_them_do(number: int) -> None:
    scenario, bounds = random_scene(number)
    check(scenario, bounds, 6_000)


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_so_have_commits(how: str) -> None:
    check(committed(how, consumers=("anna", "bert")), replace(ALL, messages=1), 300)


def test_so_has_a_search_that_sees_second_deliveries() -> None:
    check(chain(queue={"max_deliveries": 2}), ALL, 1_000, sees_deliveries=True)


def test_most_runs_are_saved_where_steps_meet_many_ledgers() -> None:
    scenario, bounds = chain(**EXACTLY_ONCE), Bounds(messages=1, faults=2)
    plain, _ = searched(scenario, bounds, True, 10_000)
    recalled, _ = searched(scenario, bounds, False, 10_000)
    assert recalled.runner.runs < 0.5 * plain.runner.runs


def test_the_order_of_effects_is_asked_of_every_ledger_itself() -> None:
    bounds = replace(ALL, properties=("out_of_order",))
    assert check(chain(), bounds, 300) == 0


def two_shops() -> Scenario:
    one = chain()
    nodes = {**one.nodes, "stall": ProducerParameters(rate_per_s=2)}
    link = Link(source="stall", target="orders", parameters=one.links[0].parameters)
    return replace(one, nodes=nodes, links=(*one.links, link))


def test_one_row_has_two_names_where_two_producers_may_be_first() -> None:
    bounds = Bounds(messages=1, faults=1, catalogue=("expire",))
    check(two_shops(), bounds, 1_500)
    space, result = searched(two_shops(), bounds, False, 300)
    ledgers = [each for each in space.pool.objects if isinstance(each, Ledger) and each.count]
    assert {each.name_of(0) for each in ledgers} == {"shop#1", "stall#1"}
    assert result.distinct == 300


def test_a_ledger_that_has_to_grow_is_asked_itself() -> None:
    bounds = Bounds(messages=1, faults=0, catalogue=())
    world = untimed(chain(), bounds)
    world.ledger.capacity = 0
    space = Space(world, rules_of(chain(), bounds), frozenset(), patience_of(chain(), bounds))
    assert explore(space, 0).layers == searched(chain(), bounds, False, 1_000)[1].layers


# ---------------------------------------------------------------------- one ledger and its twin


def one_message() -> tuple[Ledger, Ledger, Reading]:
    ledger = Ledger()
    ledger.open_group("g", "orders")
    small(ledger, 4)
    ledger.submit(ledger.producer_index("shop"), 1, 0, 5, "orders", 0, 0)
    reading = Reading()
    twin = reading.twin = readable(ledger, reading, False)
    reading.begin(ledger)
    return ledger, twin, reading


def test_only_what_was_asked_is_noted_and_only_what_was_changed_is_entered() -> None:
    ledger, twin, reading = one_message()
    twin.upstream[0] += 2
    twin.upstream[0] -= 1
    twin.status[0] = CONFIRMED
    assert twin.groups["g"].state[0] == IN_FLIGHT
    assert reading.asked == {Question(("g", "state", 0)): IN_FLIGHT}
    assert ledger.upstream[0] == 0
    after = entered(ledger, reading.change())
    assert (after.upstream[0], after.status[0]) == (1, CONFIRMED)
    assert (ledger.upstream[0], ledger.status[0]) == (0, 0)


def test_numbers_of_copies_are_compared_and_not_told() -> None:
    ledger, twin, reading = one_message()
    ledger.upstream[0] = 3
    left = twin.upstream[0] - 1
    assert left
    assert left > 0
    assert left >= 2
    assert left < 3
    assert left <= 2
    assert left != 0
    for question, reply in reading.asked.items():
        assert question.asks in ("is", "above")
        assert answer(ledger, question) == reply
    with pytest.raises(TypeError):
        int(left)


def test_a_lost_message_is_lost_in_the_twin_s_change_too() -> None:
    ledger, twin, reading = one_message()
    ledger.upstream[0] = 1
    twin.upstream_died(0, "send-lost")
    after = entered(ledger, reading.change())
    ledger.upstream_died(0, "send-lost")
    assert twin.on_lost == ledger.on_lost
    for field in GroupLedger.__slots__:
        if field not in ("latency", "wait", "blocked"):
            assert getattr(after.groups["g"], field) == getattr(ledger.groups["g"], field), field


@pytest.mark.parametrize("kind", [MessageTable, GroupLedger], ids=lambda kind: kind.__name__)
def test_everything_in_the_key_of_a_ledger_is_read_through_the_reading(kind: type) -> None:
    ledger, twin, _ = one_message()
    thing: Any = twin if kind is MessageTable else twin.groups["g"]
    known: Any = ledger if kind is MessageTable else ledger.groups["g"]
    # The books themselves; where it is in the key every ledger is asked itself; without "sees".
    elsewhere = {"groups", "orders", "delivered"}
    assert elsewhere & {*MessageTable.__slots__, *GroupLedger.__slots__} == elsewhere
    for field in IN_THE_KEY[kind] - elsewhere:
        if field == "count":
            assert isinstance(type(thing).count, property)
        else:
            assert type(getattr(thing, field)) is not type(getattr(known, field)), field
