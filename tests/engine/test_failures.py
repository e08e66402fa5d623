"""What does a handler do that fails, again and again or once, and what becomes of its claim?"""

import pytest

from playground.engine.commands import ArmCrash, FailNext
from playground.engine.parameters import Every
from playground.engine.records import Applied, HandlerFailed

from .tiny import Tiny, billing, orders, shop


def test_a_failure_strikes_at_the_end_of_the_work_without_effect() -> None:
    tiny = Tiny(script=((0, FailNext("billing")),)).until(900)
    assert tiny.story(HandlerFailed, Applied) == [
        "220 HandlerFailed billing #1",
        "340 Applied billing #1 1",
    ]
    assert tiny.book().nacked == 1


@pytest.mark.parametrize("how", ["auto-ack", "ack-first", "commit-first"])
def test_a_failure_that_the_queue_has_forgotten_loses_the_message(how: str) -> None:
    tiny = Tiny(
        consumer=billing(guarantee="at-most-once", how=how), script=((0, FailNext("billing")),)
    ).until(900)
    assert (tiny.packets("NACK"), tiny.lost()) == ([], {"handler-failed": 1})


def test_a_failure_before_its_early_ack_has_arrived_is_still_the_cause() -> None:
    tiny = Tiny(
        consumer=billing(5, guarantee="at-most-once", how="ack-first"),
        script=((0, FailNext("billing")),),
    ).until(900)
    assert tiny.lost() == {"handler-failed": 1}


def test_poison_fails_at_every_delivery() -> None:
    tiny = Tiny(shop(limit=4), orders(max_deliveries=3), billing(10, poison=(2, 4))).until(5_000)
    assert [line.split()[3] for line in tiny.story(HandlerFailed)] == ["#2"] * 3 + ["#4"] * 3


def test_every_second_message_is_poison() -> None:
    tiny = Tiny(shop(limit=6), orders(max_deliveries=1), billing(10, poison=Every(every=2))).until(
        5_000
    )
    assert [line.split()[3] for line in tiny.story(HandlerFailed)] == ["#2", "#4", "#6"]


def test_a_failure_releases_the_claim() -> None:
    tiny = Tiny(
        consumer=billing(idempotency="claim-first"), script=((0, FailNext("billing")),)
    ).until(900)
    assert (tiny.book().applied_once, tiny.book().suppressed) == (1, 0)


def test_a_crash_does_not_release_the_claim() -> None:
    tiny = Tiny(
        consumer=billing(idempotency="claim-first"),
        script=((0, ArmCrash("billing", "after-mark")),),
    ).until(9_000)
    assert (tiny.book().suppressed, tiny.lost()) == (1, {"claimed-not-applied": 1})
