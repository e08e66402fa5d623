"""Who is owed a message, and what may join, change or leave while the world runs?"""

from playground.engine.commands import (
    AddLink,
    AddNode,
    CrashNode,
    RemoveLink,
    RemoveNode,
    SetNode,
)
from playground.engine.records import Applied, CommandRejected, Delivered, ParametersSet

from .tiny import LINK, MS, SHOP, Tiny, billing, orders, shop


def reasons(tiny: Tiny) -> list[str]:
    """Why wishes were not granted."""
    return [each.reason for each in tiny.all(CommandRejected)]


def test_every_group_gets_its_own_copy() -> None:
    tiny = Tiny(consumers={"billing": billing(), "audit": billing()}).until(900)
    assert (tiny.book("billing").applied_once, tiny.book("audit").applied_once) == (1, 1)


def test_a_group_is_named_after_its_consumer_unless_it_has_a_name() -> None:
    tiny = Tiny(consumers={"a": billing(), "b": billing(group="g"), "c": billing(group="g")})
    assert list(tiny.world.ledger.groups) == ["a", "g"]


def test_a_duplicate_in_one_group_says_nothing_about_another() -> None:
    tiny = Tiny(
        consumers={"billing": billing(), "audit": billing()},
        script=((221, CrashNode("billing", for_us=50 * MS)),),
        queue=orders(lease_us=119 * MS),
    )
    tiny.until(300)
    assert tiny.book("audit").duplicate_effects == 0


def test_a_group_owes_what_is_produced_after_it_exists() -> None:
    tiny = Tiny(shop(limit=3)).until(150)
    tiny.do(AddNode("audit", billing()), AddLink("orders", "audit", LINK)).until(900)
    assert (tiny.book("billing").produced, tiny.book("audit").produced) == (3, 2)
    assert tiny.book("audit").applied_once == 2


def test_what_was_on_its_way_when_the_group_joined_is_not_owed_to_it() -> None:
    tiny = Tiny().until(105)
    tiny.do(AddNode("audit", billing()), AddLink("orders", "audit", LINK)).until(900)
    assert (tiny.book("audit").produced, tiny.book("audit").deliveries) == (0, 0)


def test_a_group_whose_last_consumer_is_gone_leaves_the_scoreboard() -> None:
    tiny = Tiny(shop(limit=3), consumers={n: billing(group="g") for n in "ab"}).until(150)
    tiny.do(RemoveNode("a"))
    assert "g" in tiny.world.ledger.groups
    tiny.do(RemoveNode("b"))
    assert tiny.world.ledger.groups == {}
    tiny.until(900)


def test_what_a_removed_consumer_held_goes_to_the_others() -> None:
    tiny = Tiny(consumers={n: billing(group="g") for n in "ab"}).until(150)
    tiny.do(RemoveNode("a")).until(900)
    assert tiny.story(Applied) == ["260 Applied b #1 1"]


def test_a_new_consumer_takes_its_turn_at_once() -> None:
    tiny = Tiny(shop(limit=2, window=2), consumers={"a": billing(900, group="g")}).until(250)
    tiny.do(AddNode("b", billing(group="g")), AddLink("orders", "b", LINK)).until(300)
    assert tiny.story(Delivered)[-1] == "260 Delivered b #2 1"


def test_a_removed_link_takes_the_packets_on_it_along() -> None:
    tiny = Tiny(consumers={n: billing(group="g") for n in "ab"}).until(115)
    tiny.do(RemoveLink("orders", "a"))
    assert tiny.flights("DELIVER") == [19]
    assert tiny.until(900).book("g").applied_once == 1


def test_a_removed_producer_takes_its_buffer_along() -> None:
    tiny = Tiny(shop(limit=None), script=((0, CrashNode("orders", for_us=9_000 * MS)),)).until(550)
    tiny.do(RemoveNode("shop")).until(900)
    assert tiny.book().lost == tiny.book().produced == 5


def test_a_removed_queue_takes_its_entries_along() -> None:
    tiny = Tiny(script=((0, CrashNode("billing", for_us=9_000 * MS)),)).until(550)
    tiny.do(RemoveNode("orders")).until(900)
    assert tiny.world.ledger.groups == {}


def test_a_producer_that_comes_back_under_its_name_goes_on_counting() -> None:
    tiny = Tiny(shop(limit=2)).until(900)
    tiny.do(RemoveNode("shop"), AddNode("shop", SHOP), AddLink("shop", "orders", LINK)).until(2_000)
    assert tiny.world.ledger.name_of(2) == "shop#3"
    assert (tiny.shop.produced, tiny.book().applied_once) == (1, 3)


def test_a_consumer_can_change_its_group() -> None:
    tiny = Tiny(shop(limit=4), consumers={n: billing(10, group="g") for n in "ab"}).until(250)
    tiny.do(SetNode("b", (("group", "h"),))).until(900)
    assert (tiny.book("g").applied_once, tiny.book("h").applied_once) == (4, 2)


def test_one_group_may_mix_guarantees() -> None:
    workers = {
        "a": billing(10, group="g", guarantee="at-most-once"),
        "b": billing(10, group="g", guarantee="exactly-once"),
    }
    tiny = Tiny(shop(limit=6), consumers=workers).until(5_000)
    assert tiny.book("g").applied_once == 6


def test_impossible_links_are_refused_in_a_sentence() -> None:
    tiny = Tiny(nodes={"bills": orders(), "audit": billing(group="billing")})
    tiny.do(
        AddLink("shop", "orders", LINK),
        AddLink("shop", "bills", LINK),
        AddLink("shop", "billing", LINK),
        AddLink("bills", "audit", LINK),
        AddNode("shop", SHOP),
        RemoveNode("nobody"),
    )
    assert reasons(tiny) == [
        "shop and orders are linked already.",
        "shop is linked to a queue already.",
        "A link goes from a producer to a queue, or from a queue to a consumer.",
        "The group billing reads from orders already.",
        "There is a node shop already.",
        "There is no node nobody.",
    ]


def test_a_refused_change_changes_nothing_and_writes_one_record() -> None:
    tiny = Tiny(nodes={"bills": orders(), "audit": billing()}, links=[("bills", "audit", LINK)])
    before = len(tiny.all())
    tiny.do(SetNode("audit", (("group", "billing"),)), SetNode("shop", (("speed", 3),)))
    assert len(tiny.all()) == before + 2
    assert tiny.all(ParametersSet) == []
    assert tiny.consumer("audit").group == "audit"


def test_an_unlinked_consumer_waits() -> None:
    tiny = Tiny(nodes={"audit": billing()}).until(900)
    assert tiny.consumer("audit").link is None
    assert "audit" not in tiny.world.ledger.groups
