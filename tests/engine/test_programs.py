"""What does each program do with a delivery: its packets, its dedup, its failures, its changes?"""

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    ForgetDedup,
)
from playground.engine.records import Applied, Reexecuted, Suppressed
from playground.engine.seen import Seen

from .tiny import MS, Tiny, billing, orders, shop

TWICE = (0, ArmPacketFault("duplicate", "orders", "billing", "DELIVER"))
EO = {"guarantee": "exactly-once"}


@pytest.mark.parametrize(
    ("guarantee", "how", "packets"),
    [
        ("at-most-once", "auto-ack", []),
        ("at-most-once", "ack-first", ["120 ACK #1"]),
        ("at-most-once", "commit-first", ["120 ACK #1", "130 ACK_OK #1"]),
        ("at-least-once", "ack-after", ["220 ACK #1"]),
        ("at-least-once", "double-ack", ["220 ACK #1", "230 ACK_OK #1"]),
        ("exactly-once", "inbox", ["220 ACK #1"]),
    ],
)
def test_where_the_ack_stands(guarantee: str, how: str, packets: list[str]) -> None:
    tiny = Tiny(consumer=billing(guarantee=guarantee, how=how)).until(900)
    assert tiny.packets("ACK", "ACK_OK", "ACK_FAIL") == packets
    applied = 240 if how == "commit-first" else 220
    assert tiny.story(Applied) == [f"{applied} Applied billing #1 1"]


@pytest.mark.parametrize(
    ("publish", "guarantee", "how", "count"),
    [
        ("fire-and-forget", "at-most-once", "auto-ack", 2),
        ("fire-and-forget", "at-most-once", "commit-first", 4),
        ("confirmed", "at-least-once", "ack-after", 4),
        ("confirmed", "at-least-once", "double-ack", 5),
        ("confirmed", "exactly-once", "inbox", 4),
    ],
)
def test_packets_a_message_without_faults(
    publish: str, guarantee: str, how: str, count: int
) -> None:
    tiny = Tiny(
        shop(publish=publish, limit=7), consumer=billing(10, guarantee=guarantee, how=how)
    ).until(5_000)
    assert len(tiny.packets()) == 7 * count


@pytest.mark.parametrize(
    ("idempotency", "effects", "suppressed"),
    [
        ("none", 2, 0),
        ("memory", 1, 1),
        ("claim-first", 1, 1),
        ("effect-first", 1, 1),
        ("inbox", 1, 1),
    ],
)
def test_what_a_second_delivery_does(idempotency: str, effects: int, suppressed: int) -> None:
    tiny = Tiny(consumer=billing(idempotency=idempotency), script=(TWICE,)).until(900)
    assert (tiny.book().effect_total, tiny.book().suppressed) == (effects, suppressed)


def test_a_natural_effect_is_a_set_and_its_second_execution_is_no_second_effect() -> None:
    for values in ({"idempotency": "natural"}, {"effect": "set"}):
        tiny = Tiny(consumer=billing(**values), script=(TWICE,)).until(900)
        assert tiny.story(Applied, Reexecuted) == [
            "220 Applied billing #1 1",
            "320 Reexecuted billing #1",
        ]
        assert (tiny.book().reexecuted, tiny.book().duplicate_effects) == (1, 0)


def test_suppressing_takes_no_time() -> None:
    tiny = Tiny(consumer=billing(**EO), script=(TWICE,)).until(900)
    assert tiny.story(Suppressed) == ["220 Suppressed billing #1"]


def test_memory_is_blind_in_another_consumer_and_after_a_restart() -> None:
    again = Tiny(
        consumer=billing(idempotency="memory"),
        script=((0, ArmCrash("billing", "before-ack")),),
    ).until(9_000)
    other = Tiny(
        queue=orders(lease_us=115 * MS),
        consumers={n: billing(idempotency="memory", group="g") for n in "ab"},
    ).until(400)
    assert again.book().duplicate_effects == other.book("g").duplicate_effects == 1


def test_marks_and_inbox_are_shared_by_the_group() -> None:
    for idempotency in ("effect-first", "inbox"):
        tiny = Tiny(
            queue=orders(lease_us=115 * MS),
            consumers={n: billing(idempotency=idempotency, group="g") for n in "ab"},
        ).until(400)
        assert (tiny.book("g").effect_total, tiny.book("g").suppressed) == (1, 1)


def test_two_that_check_before_either_has_marked_both_apply() -> None:
    tiny = Tiny(
        queue=orders(lease_us=50 * MS),
        consumers={n: billing(idempotency="effect-first", group="g") for n in "ab"},
    ).until(400)
    assert tiny.book("g").duplicate_effects >= 1


def test_an_inbox_finds_at_commit_that_another_was_faster_and_rolls_back() -> None:
    tiny = Tiny(
        queue=orders(lease_us=50 * MS), consumers={n: billing(group="g", **EO) for n in "ab"}
    ).until(280)
    # a began at 120, b at 170; b's transaction finds the id at 270.
    assert tiny.story(Applied, Suppressed) == [
        "220 Applied a #1 1",
        "220 Suppressed a #1",
        "270 Suppressed b #1",
    ]


def test_an_inbox_around_a_call_is_effect_first_in_fact() -> None:
    tiny = Tiny(
        queue=orders(lease_us=50 * MS),
        consumers={n: billing(group="g", effect="call", **EO) for n in "ab"},
    ).until(280)
    assert tiny.book("g").duplicate_effects == 1


def test_exactly_once_implies_the_inbox() -> None:
    consumer = billing(idempotency="none", **EO)
    assert consumer.effective_idempotency == "inbox"
    assert Tiny(consumer=consumer).consumer().program.store == "inbox"


def test_the_dedup_window_runs_from_the_mark() -> None:
    seen = Seen()
    seen.add(3, 1_000)
    assert [seen.has(3, at, 500) for at in (1_000, 1_499, 1_500)] == [True, True, False]
    assert (seen.has(3, 10**9, None), seen.has(2, 1_000, None)) == (True, False)


def test_an_expired_inbox_lets_the_effect_through_again() -> None:
    tiny = Tiny(
        queue=orders(lease_us=1_000 * MS),
        consumer=billing(dedup_window_us=500 * MS, **EO),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK")),),
    ).until(2_000)
    assert tiny.book().duplicate_effects == 1


def test_a_click_makes_the_inbox_forget() -> None:
    tiny = Tiny(
        queue=orders(lease_us=1_000 * MS),
        consumer=billing(**EO),
        script=(
            (0, ArmPacketFault("drop", "billing", "orders", "ACK")),
            (500, ForgetDedup("billing")),
        ),
    ).until(2_000)
    assert tiny.book().duplicate_effects == 1


# ---------------------------------------------------------------------- awaiting the answer


def test_an_awaited_ack_is_repeated_until_it_is_answered() -> None:
    tiny = Tiny(
        consumer=billing(guarantee="at-most-once", how="commit-first", ack_timeout_us=70 * MS),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK")),),
    ).until(900)
    assert tiny.packets("ACK", "ACK_OK") == ["120 ACK #1 lost", "190 ACK #1", "200 ACK_OK #1"]
    assert tiny.story(Applied) == ["310 Applied billing #1 1"]


def test_a_consumer_that_awaits_an_answer_is_busy() -> None:
    tiny = Tiny(
        shop(limit=2, rate_per_s=1_000, window=9),
        consumer=billing(guarantee="at-least-once", how="double-ack", prefetch=2),
    ).until(900)
    assert tiny.times(Applied) == [121, 241]


def test_commit_first_drops_the_message_on_ack_fail() -> None:
    # Its lease ends while the first ACK is lost; the second finds it stale.
    tiny = Tiny(
        queue=orders(lease_us=60 * MS, max_deliveries=1),
        consumer=billing(guarantee="at-most-once", how="commit-first", ack_timeout_us=70 * MS),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK")),),
    ).until(900)
    assert tiny.packets("ACK_FAIL") == ["200 ACK_FAIL #1"]
    assert (tiny.all(Applied), tiny.consumer().current, tiny.book().lost) == ([], None, 1)


def test_double_ack_ends_on_ack_fail() -> None:
    tiny = Tiny(queue=orders(lease_us=115 * MS), consumer=billing(how="double-ack")).until(241)
    assert tiny.packets("ACK_FAIL") == ["230 ACK_FAIL #1"]
    assert tiny.book().stale_acks == 1
