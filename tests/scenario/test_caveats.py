"""Does a badge warn exactly where a promise cannot be kept, and say what would keep it?"""

import pytest

from playground.scenario.caveats import path_warnings, warnings
from playground.scenario.load import load_text
from playground.scenario.losses import PRECONDITIONS
from tests.scenario.scenario_samples import (
    GOOD,
    of_consumer,
    of_link,
    of_producer,
    of_queue,
    with_script,
)

SAFE = """\
format: 1
nodes:
  shop: {kind: producer, rate: 5 /s, outbox: true}
  orders: {kind: queue}
  billing: {kind: consumer, guarantee: exactly-once}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
"""

AT_MOST_ONCE = "guarantee: at-most-once\n    how: "


def codes(text: str) -> list[str]:
    return [caveat.code for caveat in path_warnings(load_text(text), "billing")]


@pytest.mark.parametrize("text", [GOOD, SAFE])
def test_a_path_that_keeps_its_promise_has_no_caveat(text: str) -> None:
    assert warnings(load_text(text)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (of_producer("publish: fire-and-forget"), ["N1"]),
        (of_producer("retry: {attempts: 3}"), ["N1"]),
        (SAFE.replace(", outbox: true", ""), ["N1"]),
        (of_queue("durability: memory"), ["N2"]),
        (of_queue("durability: lazy"), ["N2"]),
        (of_queue("retention: 1 h"), ["N3"]),
        (of_queue("capacity: 10\n    overflow: drop-oldest"), ["N3"]),
        (of_queue("capacity: 10"), []),
        (of_consumer("idempotency: claim-first"), ["N5"]),
        (of_queue("max_deliveries: 5"), ["N6"]),
        (of_consumer("failure_chance: 100 %"), ["N8"]),
        (of_consumer("poison: [3]"), ["N8"]),
        (of_consumer(AT_MOST_ONCE + "auto-ack"), ["M1"]),
        (of_consumer(AT_MOST_ONCE + "commit-first\n    idempotency: inbox"), []),
        (
            of_consumer(AT_MOST_ONCE + "ack-first").replace(
                "rate: 5 /s", "rate: 5 /s\n    publish: fire-and-forget"
            ),
            ["M3"],
        ),
        (
            of_consumer(AT_MOST_ONCE + "commit-first")
            .replace("rate: 5 /s", "rate: 5 /s\n    identity: sequence")
            .replace("kind: queue", "kind: queue\n    deduplicate: sequence"),
            [],
        ),
        (
            of_link("duplicate: 1 %").replace(
                "kind: consumer",
                "kind: consumer\n    guarantee: at-most-once\n    idempotency: natural",
            ),
            [],
        ),
        (of_link("duplicate: 1 %"), []),
        (
            of_link("duplicate: 1 %")
            .replace("kind: consumer", "kind: consumer\n    guarantee: at-most-once")
            .replace("rate: 5 /s", "rate: 5 /s\n    publish: fire-and-forget"),
            ["M2"],
        ),
        (of_consumer("idempotency: memory"), ["D1"]),
        (of_consumer("idempotency: effect-first"), ["D2"]),
        (SAFE.replace("exactly-once}", "exactly-once, effect: call}"), ["D2"]),
        (SAFE.replace("exactly-once}", "exactly-once, dedup_window: 2 s}"), ["D3"]),
        (SAFE.replace("exactly-once}", "exactly-once, dedup_window: 1 h}"), []),
        (
            of_queue("deduplicate: message-id\n    dedup_window: 100 ms").replace(
                "rate: 5 /s", "rate: 5 /s\n    identity: message-id"
            ),
            ["D3"],
        ),
    ],
)
def test_each_broken_precondition_is_named(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_caveat_names_its_place_and_its_remedy() -> None:
    (caveat,) = path_warnings(load_text(of_producer("publish: fire-and-forget")), "billing")
    assert caveat.place == "nodes.shop.publish"
    assert caveat.sentence == (
        "'shop' fires and forgets: a lost SEND stays lost. Set publish: confirmed."
    )


def test_a_dead_letter_queue_counts_when_somebody_reads_it() -> None:
    unread = of_queue("max_deliveries: 5\n    dead_letter: morgue").replace(
        "links:\n", "  morgue: {kind: queue}\nlinks:\n"
    )
    assert codes(unread) == ["N6"]
    read = unread.replace("links:\n", "  clerk: {kind: consumer}\nlinks:\n")
    assert codes(read + "  - {from: morgue, to: clerk}\n") == []


def test_a_member_of_the_group_that_acks_first_breaks_the_promise_of_all() -> None:
    text = GOOD.replace(
        "links:\n",
        "  mail: {kind: consumer, group: billing, guarantee: at-most-once}\nlinks:\n",
    )
    assert codes(text + "  - {from: orders, to: mail}\n") == ["N4"]


def test_a_caveat_of_a_shared_producer_is_told_once() -> None:
    text = of_producer("publish: fire-and-forget").replace(
        "links:\n", "  mail: {kind: consumer}\nlinks:\n"
    )
    scenario = load_text(text + "  - {from: orders, to: mail}\n")
    assert [caveat.code for caveat in warnings(scenario)] == ["N1"]


def test_a_point_that_the_program_lacks_never_fires() -> None:
    scenario = load_text(of_consumer("crash_chance: 1 %\n    crash_at: after-mark"))
    (caveat,) = warnings(scenario)
    assert (caveat.code, caveat.place) == ("P2", "nodes.billing.crash_at")
    assert warnings(load_text(of_consumer("crash_at: after-mark"))) == ()


def test_a_point_is_judged_by_the_program_of_its_time() -> None:
    armed = "{at: %d s, do: arm-crash, node: billing, point: after-mark}"
    text = with_script(
        "{at: 2 s, do: set, node: billing, guarantee: exactly-once}", armed % 1, armed % 3
    )
    assert [caveat.place for caveat in warnings(load_text(text))] == ["script[1].point"]


def test_an_identity_that_the_producer_does_not_send_is_told() -> None:
    (caveat,) = warnings(load_text(of_queue("deduplicate: sequence")))
    assert (caveat.code, caveat.place) == ("P1", "nodes.shop.identity")


def test_an_unlinked_consumer_has_no_path_and_no_caveat() -> None:
    text = GOOD.replace("  - {from: orders, to: billing}\n", "")
    assert path_warnings(load_text(text), "billing") == ()


def test_the_checklist_has_the_eight_preconditions() -> None:
    assert [code for code, _ in PRECONDITIONS] == [f"N{number}" for number in range(1, 9)]
