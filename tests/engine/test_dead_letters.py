"""When does a queue give up on a message, and what has become of it then?"""

from typing import Any

from playground.engine.commands import (
    AddLink,
    AddNode,
    CrashNode,
    DeadLetterEntry,
    DropPacket,
    ExpireEntry,
    RemoveNode,
    SetNode,
)
from playground.engine.ledger import DEAD, LOST, ONCE
from playground.engine.parameters import QueueParameters
from playground.engine.records import Applied, CommandRejected, DeadLettered, Expired

from .tiny import LINK, MS, Tiny, billing, orders, shop

POISON = billing(poison=(1,))
DEAD_QUEUE = {"dead": orders()}


def limited(deliveries: int = 1, **changes: Any) -> QueueParameters:
    """A queue that gives up after so many deliveries, into the queue named dead."""
    return orders(max_deliveries=deliveries, dead_letter="dead", **changes)


def with_reader(**more: Any) -> Tiny:
    """A world whose dead letters are read by audit."""
    return Tiny(
        queue=limited(),
        consumer=POISON,
        nodes={"dead": orders(), "audit": billing()},
        links=[("dead", "audit", LINK)],
        **more,
    )


def test_it_is_dead_lettered_at_the_instant_at_which_the_last_delivery_ends() -> None:
    tiny = Tiny(queue=limited(2), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    assert tiny.story(DeadLettered) == ["350 DeadLettered orders billing #1 dead"]
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "230 DELIVER #1"]


def test_the_end_of_the_lease_ends_a_delivery_too() -> None:
    queue = limited(1, lease_us=60 * MS)
    tiny = Tiny(queue=queue, consumer=billing(), nodes=DEAD_QUEUE).until(175)
    assert tiny.times(DeadLettered) == [170]


def test_a_disconnect_ends_a_delivery_too() -> None:
    tiny = Tiny(
        queue=limited(),
        nodes=DEAD_QUEUE,
        script=((150, CrashNode("billing")),),
    ).until(900)
    assert tiny.times(DeadLettered) == [160]


def test_it_is_dead_as_long_as_the_dead_letter_queue_holds_it() -> None:
    tiny = Tiny(queue=limited(), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    assert (tiny.book().state[0], tiny.book().dead_lettered) == (DEAD, 1)
    assert len(tiny.queue("dead").log) == 1


def test_the_move_is_no_packet() -> None:
    tiny = Tiny(queue=limited(), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    assert tiny.packets() == ["100 SEND #1", "110 CONFIRM #1", "110 DELIVER #1", "220 NACK #1"]


def test_without_a_dead_letter_queue_it_is_lost_by_the_delivery_limit() -> None:
    tiny = Tiny(queue=orders(max_deliveries=1), consumer=POISON).until(900)
    assert tiny.story(DeadLettered) == ["230 DeadLettered orders billing #1 None"]
    assert tiny.lost() == {"delivery-limit": 1}


def test_the_groups_of_the_dead_letter_queue_have_rows_of_their_own() -> None:
    tiny = with_reader().until(900)
    assert (tiny.book().produced, tiny.book("audit").produced) == (1, 1)
    assert tiny.story(Applied) == ["340 Applied audit #1 1"]


def test_applied_by_the_reader_of_the_dead_letters_it_stays_dead() -> None:
    tiny = with_reader().until(900)
    assert (tiny.book().state[0], tiny.book("audit").state[1]) == (DEAD, ONCE)


def test_forgotten_unapplied_by_the_dead_letter_queue_it_is_lost() -> None:
    tiny = Tiny(
        queue=limited(),
        consumer=POISON,
        nodes={"dead": orders(retention_us=100 * MS)},
    ).until(900)
    assert tiny.times(Expired) == [330]
    assert tiny.lost() == {"dead-letter-forgotten": 1}


def test_lost_by_its_reader_it_is_lost_in_both_groups() -> None:
    tiny = with_reader().until(235)
    tiny.do(ExpireEntry("dead", "1"), DropPacket(tiny.flights("DELIVER")[0])).until(900)
    assert tiny.book("audit").state[1] == LOST
    assert tiny.lost() == {"dead-letter-forgotten": 1}


def test_a_full_dead_letter_queue_takes_nothing() -> None:
    tiny = Tiny(
        shop(limit=2),
        orders(max_deliveries=1, dead_letter="dead"),
        billing(poison=(1, 2)),
        nodes={"dead": orders(capacity=1)},
    ).until(900)
    assert (tiny.book().dead_lettered, tiny.lost()) == (1, {"overflow": 1})


def test_a_click_gives_up_in_every_group() -> None:
    tiny = Tiny(
        queue=orders(dead_letter="dead"),
        consumers={"a": billing(), "b": billing()},
        nodes=DEAD_QUEUE,
        script=((105, CrashNode("a")), (105, CrashNode("b"))),
    ).until(118)
    tiny.do(DeadLetterEntry("orders", "1")).until(900)
    assert (tiny.book("a").dead_lettered, tiny.book("b").dead_lettered) == (1, 1)
    assert len(tiny.queue("dead").log) == 2


def test_a_click_on_the_dead_letter_queue_finds_the_copy_by_its_messages_name() -> None:
    tiny = Tiny(queue=limited(), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    tiny.do(ExpireEntry("dead", "shop#1"))
    assert tiny.lost() == {"dead-letter-forgotten": 1}


def test_a_removed_dead_letter_queue_takes_its_letters_along() -> None:
    tiny = Tiny(queue=limited(), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    tiny.do(RemoveNode("dead"))
    assert tiny.lost() == {"dead-letter-forgotten": 1}


def test_a_dead_letter_of_a_group_that_is_gone_is_nobodys_even_if_one_of_its_name_comes() -> None:
    tiny = Tiny(queue=limited(), consumer=POISON, nodes=DEAD_QUEUE).until(900)
    tiny.do(RemoveNode("billing"), AddNode("billing", POISON), AddLink("orders", "billing", LINK))
    tiny.do(ExpireEntry("dead", "shop#1")).until(1_000)
    assert tiny.lost() == {}


def test_dead_letters_cannot_go_round_in_a_circle() -> None:
    tiny = Tiny(queue=orders(dead_letter="dead"), nodes=DEAD_QUEUE)
    tiny.do(SetNode("dead", (("dead_letter", "orders"),)))
    assert [each.reason for each in tiny.all(CommandRejected)] == [
        "Dead letters of dead would come back to dead."
    ]
    assert tiny.queue("dead").parameters.dead_letter is None


def test_zombie_work_on_a_dead_letter_still_counts_as_its_effect() -> None:
    # The lease ends at 170 and the message is given up, but its consumer works on until 220.
    queue = limited(1, lease_us=60 * MS)
    tiny = Tiny(queue=queue, consumer=billing(), nodes=DEAD_QUEUE).until(900)
    assert (tiny.book().applied_once, tiny.book().dead_lettered) == (1, 0)
