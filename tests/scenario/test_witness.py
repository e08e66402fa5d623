"""Does each broken precondition come with a scene that really loses a message?"""

import pytest

from playground.engine.ledger import CAUSES
from playground.scenario.build import simulate
from playground.scenario.checklist import checklists
from playground.scenario.load import load_text
from playground.scenario.save import to_text
from playground.scenario.witness import witness
from tests.scenario.scenario_samples import GOOD, of_consumer, of_link, of_producer, of_queue

UNREAD = of_queue("max_deliveries: 5\n    dead_letter: morgue").replace(
    "links:\n", "  morgue: {kind: queue}\nlinks:\n"
)
FIRES = "publish: fire-and-forget"


def causes_of(text: str, code: str) -> list[str]:
    """Play the witness for a minute; what the ledger says was the cause of each loss."""
    found = witness(load_text(text), "billing", code)
    assert found is not None
    simulator = simulate(found.scenario)
    simulator.run_until(60_000_000)
    (book,) = [b for g, b in simulator.world.ledger.groups.items() if g == "billing"]
    return [cause for cause in CAUSES if book.lost_by_cause[cause]]


@pytest.mark.parametrize(
    ("text", "code", "cause"),
    [
        (GOOD, "N1", "producer-crash"),
        (of_producer(FIRES), "N1", "send-lost"),
        (of_producer(FIRES).replace("}\n  - {", ", transport: stream}\n  - {"), "N1", "send-lost"),
        (of_producer("retry: {attempts: 2}"), "N1", "send-lost"),
        (of_producer("retry: {attempts: 2}\n    outbox: true"), "N1", "gave-up"),
        (of_queue("durability: memory"), "N2", "queue-crash"),
        (of_queue("durability: lazy"), "N2", "queue-crash"),
        (of_queue("durability: memory").replace("5 /s", f"5 /s\n    {FIRES}"), "N2", "queue-crash"),
        (of_queue("retention: 1 h"), "N3", "retention"),
        (of_queue("retention: 300 ms"), "N3", "retention"),
        (of_queue("capacity: 5000\n    overflow: drop-oldest"), "N3", "overflow"),
        (of_consumer("idempotency: claim-first"), "N5", "claimed-not-applied"),
        (of_queue("max_deliveries: 1000"), "N6", "delivery-limit"),
        *(
            (of_consumer(f"guarantee: at-most-once\n    how: {how}"), "N4", "consumer-crash")
            for how in ("auto-ack", "ack-first", "commit-first")
        ),
    ],
)
def test_each_broken_precondition_loses_a_message(text: str, code: str, cause: str) -> None:
    assert causes_of(text, code) == [cause]


@pytest.mark.parametrize("guarantee", ["at-least-once", "exactly-once"])
def test_a_safe_consumer_has_no_witness(guarantee: str) -> None:
    text = of_consumer(f"guarantee: {guarantee}").replace("5 /s", "5 /s\n    outbox: true")
    for code in ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"):
        assert witness(load_text(text), "billing", code) is None


def test_dead_letters_that_nobody_reads_are_where_it_ends() -> None:
    found = witness(load_text(UNREAD), "billing", "N6")
    assert found is not None
    assert (found.ending, found.message) == ("dead", "shop#1")
    assert "it ends in morgue, where nobody looks" in found.watch


@pytest.mark.parametrize("setting", ["poison: [3]", "failure_chance: 100 %"])
def test_a_consumer_that_never_succeeds_keeps_a_message_waiting(setting: str) -> None:
    found = witness(load_text(of_consumer(setting)), "billing", "N8")
    assert found is not None
    assert found.ending == "stuck"
    assert found.watch.endswith("it is not lost, and it never arrives either.")


def test_the_chances_are_out_and_the_parameters_are_those_of_the_scene() -> None:
    text = of_link("loss: 50 %, duplicate: 20 %, latency: 90 ms").replace(
        "kind: queue", "kind: queue\n    lease: 7 s\n    durability: memory"
    )
    found = witness(load_text(text), "billing", "N2")
    assert found is not None
    scene = found.scenario
    assert {link.parameters.loss.request for link in scene.links} == {0.0}
    assert scene.nodes["orders"] == load_text(text).nodes["orders"]


def test_a_member_that_acks_first_is_the_one_that_is_shown() -> None:
    text = GOOD.replace(
        "links:\n",
        "  mail: {kind: consumer, group: billing, guarantee: at-most-once}\nlinks:\n",
    )
    found = witness(load_text(text + "  - {from: orders, to: mail}\n"), "billing", "N4")
    assert found is not None
    assert list(found.scenario.nodes) == ["shop", "orders", "mail"]


def test_a_scene_can_be_saved_and_opened_again() -> None:
    for text, code in ((GOOD, "N1"), (of_queue("retention: 1 h"), "N3"), (UNREAD, "N6")):
        found = witness(load_text(text), "billing", code)
        assert found is not None
        assert load_text(to_text(found.scenario)) == found.scenario


def claims(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        (
            each.claim,
            f"{each.met} of {len(each.conditions)}",
            [condition.code for condition in each.conditions if condition.unmet],
        )
        for each in checklists(load_text(text), "billing")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, [("Never loses", "7 of 8", ["N1"])]),
        (of_producer("outbox: true"), [("Never loses", "8 of 8", [])]),
        (of_queue("durability: lazy"), [("Never loses", "6 of 8", ["N1", "N2"])]),
        (
            of_consumer("guarantee: exactly-once"),
            [("Never loses", "7 of 8", ["N1"]), ("Never applies twice", "3 of 3", [])],
        ),
        (
            of_consumer("idempotency: effect-first"),
            [("Never loses", "7 of 8", ["N1"]), ("Never applies twice", "2 of 3", ["D2"])],
        ),
        (
            of_consumer("guarantee: at-most-once"),
            [("Never applies twice", "2 of 3", ["M1"]), ("Never loses", "6 of 8", ["N1", "N4"])],
        ),
        (GOOD.replace("  - {from: orders, to: billing}\n", ""), []),
    ],
)
def test_the_checklist_shows_what_applies(
    text: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert claims(text) == expected
