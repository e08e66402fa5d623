"""Can every cause of a loss be reached, and is it the event that killed the last copy?"""

from collections.abc import Callable

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    ExpireEntry,
    FailNext,
    PauseNode,
)
from playground.engine.ledger import CAUSES
from playground.engine.records import Lost

from .judged import Judged, in_two_phases
from .tiny import MS, Tiny, billing, orders, retry, shop

FIRE = shop(publish="fire-and-forget")
AUTO = billing(guarantee="at-most-once")
AWAY = (0, CrashNode("billing", for_us=9_000 * MS))


def fenced() -> Tiny:
    """The second message of a key is done before the paused first, which was acked early."""
    consumer = billing(group="billing", fencing=True, guarantee="at-most-once")
    return Tiny(
        shop(limit=2),
        orders(order="fifo"),
        consumers={"a": consumer, "b": consumer},
        script=((150, PauseNode("a", for_us=400 * MS)),),
    )


def gave_up() -> Tiny:
    """With an outbox the memory counts until it gives up, here after a lost SEND."""
    return Tiny(
        shop(outbox=True, retry=retry(50, attempts=1)),
        script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),),
    )


WORLDS: dict[str, Callable[[], Tiny]] = {
    "send-lost": lambda: Tiny(
        FIRE, script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),)
    ),
    "deliver-lost": lambda: Tiny(
        consumer=AUTO, script=((0, ArmPacketFault("drop", "orders", "billing", "DELIVER")),)
    ),
    "consumer-crash": lambda: Tiny(consumer=AUTO, script=((150, CrashNode("billing")),)),
    "producer-crash": lambda: Tiny(FIRE, script=((0, ArmCrash("shop", "before-send")),)),
    "queue-crash": lambda: Tiny(
        queue=orders(durability="memory"), script=(AWAY, (150, CrashNode("orders")))
    ),
    "retention": lambda: Tiny(queue=orders(retention_us=100 * MS), script=(AWAY,)),
    "overflow": lambda: Tiny(
        shop(limit=2, publish="fire-and-forget"), orders(capacity=1), billing(500)
    ),
    "delivery-limit": lambda: Tiny(queue=orders(max_deliveries=1), consumer=billing(poison=(1,))),
    "gave-up": gave_up,
    "handler-failed": lambda: Tiny(consumer=AUTO, script=((0, FailNext("billing")),)),
    "claimed-not-applied": lambda: Tiny(
        consumer=billing(idempotency="claim-first", restart_after_us=0),
        script=((0, ArmCrash("billing", "after-mark")),),
    ),
    "fenced": fenced,
    "dead-letter-forgotten": lambda: Tiny(
        queue=orders(max_deliveries=1, dead_letter="dead"),
        consumer=billing(poison=(1,)),
        nodes={"dead": orders()},
        script=((500, ExpireEntry("dead", "1")),),
    ),
    "coordinator-crash": lambda: Judged(
        in_two_phases(),
        (0, ArmPacketFault("drop", "judge", "billing database", "DECIDE")),
        (255, CrashNode("judge", 100 * MS)),
        log="memory",
    ),
}


def test_there_is_a_world_for_every_cause() -> None:
    assert tuple(WORLDS) == CAUSES


@pytest.mark.parametrize("cause", CAUSES)
def test_this_cause_is_reached(cause: str) -> None:
    tiny = WORLDS[cause]().until(2_000)
    assert tiny.lost() == {cause: 1}
    assert [lost.reason for lost in tiny.all(Lost)] == [cause]


def test_a_lost_message_names_the_place_and_the_record_that_led_to_it() -> None:
    tiny = Tiny(FIRE, script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),)).until(900)
    lost = tiny.all(Lost)[0]
    assert lost.place == "shop>orders"
    by_seq = {record.seq: record for record in tiny.all()}
    way = [type(lost).__name__]
    while lost.cause:
        lost = by_seq[lost.cause]
        way.append(type(lost).__name__)
    assert way == ["Lost", "PacketDied", "PacketSent", "Produced"]


def test_lost_though_confirmed() -> None:
    tiny = Tiny(queue=orders(retention_us=100 * MS), script=(AWAY,)).until(900)
    assert (tiny.shop.confirmed, tiny.book().lost) == (1, 1)


def test_the_last_send_under_way_is_the_last_copy_of_a_producer_that_may_not_retry() -> None:
    tiny = Tiny(
        shop(retry=retry(500, attempts=1)),
        script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),),
    ).until(300)
    # Lost at once, though the producer gives up only at 600.
    assert (tiny.lost(), tiny.shop.gave_up) == ({"send-lost": 1}, [])


def test_a_message_is_not_lost_while_a_retry_can_still_bring_it() -> None:
    tiny = Tiny(
        shop(retry=retry(500)), script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),)
    ).until(300)
    assert (tiny.book().in_flight, tiny.lost()) == (1, {})
