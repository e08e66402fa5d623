"""In which order do messages of one key reach their effects?"""

from playground.engine.commands import ArmPacketFault, CrashNode, PauseNode
from playground.engine.records import Applied, Begun, Delivered, Requeued

from .tiny import MS, Tiny, billing, orders, shop

PAIR = {"a": billing(group="g"), "b": billing(group="g")}


def begun(tiny: Tiny) -> list[str]:
    """Who began what: ``a#1``."""
    return [f"{line.split()[2]}{line.split()[3]}" for line in tiny.story(Begun)]


def test_competing_consumers_break_the_order_without_any_fault() -> None:
    workers = {"a": billing(300, group="g"), "b": billing(10, group="g")}
    tiny = Tiny(shop(limit=2), consumers=workers).until(900)
    assert (tiny.book("g").out_of_order, tiny.book("g").regress) == (1, 1)


def test_a_set_that_ends_in_an_old_value_is_stale_at_the_end() -> None:
    workers = {
        "a": billing(300, group="g", effect="set"),
        "b": billing(10, group="g", effect="set"),
    }
    tiny = Tiny(shop(limit=2), consumers=workers).until(900)
    assert (tiny.book("g").stale_final, tiny.book("g").duplicate_effects) == (1, 0)


def test_fifo_gives_out_only_the_first_unfinished_message_of_a_key() -> None:
    tiny = Tiny(shop(limit=3), orders(order="fifo"), consumers=PAIR).until(900)
    assert begun(tiny) == ["a#1", "b#2", "a#3"]
    assert tiny.times(Begun) == [120, 240, 360]


def test_under_fifo_different_keys_do_not_wait_for_each_other() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=4, keys=2, window=9), orders(order="fifo"), consumers=PAIR
    ).until(900)
    assert begun(tiny) == ["a#1", "b#2", "a#3", "b#4"]
    assert tiny.times(Begun) == [21, 22, 141, 142]


def test_under_fifo_a_failing_message_holds_its_key_back() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=2, window=9),
        orders(order="fifo", redelivery_delay_us=200 * MS),
        billing(prefetch=9, failure_chance=0.0, poison=(1,)),
    ).until(2_000)
    assert {line.split()[3] for line in tiny.story(Delivered)} == {"#1"}


def test_under_fifo_a_dead_lettered_message_lets_the_key_go_on() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=2, window=9),
        orders(order="fifo", max_deliveries=1),
        billing(poison=(1,)),
    ).until(2_000)
    assert tiny.story(Applied) == ["241 Applied billing #2 1"]


def test_under_fifo_an_unreturned_lease_holds_the_key_back() -> None:
    tiny = Tiny(
        shop(limit=2),
        orders(order="fifo", lease_us=500 * MS, on_disconnect="wait-for-lease"),
        consumers=PAIR,
        script=((150, CrashNode("a")),),
    ).until(900)
    assert begun(tiny) == ["a#1", "b#1", "b#2"]
    assert tiny.times(Begun) == [120, 620, 740]


def test_keyed_gives_every_key_one_owner() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=6, keys=3, window=9), orders(order="keyed"), consumers=PAIR
    ).until(900)
    # Keys 0, 1, 2 belong to [a, b][key mod 2].
    assert sorted(begun(tiny)) == ["a#1", "a#3", "a#4", "a#6", "b#2", "b#5"]


def test_keyed_keeps_an_idle_consumer_from_helping() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=3, keys=1, window=9), orders(order="keyed"), consumers=PAIR
    ).until(900)
    assert begun(tiny) == ["a#1", "a#2", "a#3"]


def test_when_an_owner_leaves_its_keys_move_at_once() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=2, keys=2, window=9),
        orders(order="keyed"),
        consumers=PAIR,
        script=((50, CrashNode("a", for_us=10_000 * MS)),),
    ).until(900)
    # b is alone from 60 on, and busy until 142.
    assert begun(tiny) == ["a#1", "b#2", "b#1"]


def test_when_a_consumer_joins_the_leases_of_moved_keys_return_and_their_tokens_are_stale() -> None:
    # b is away at first, a owns both keys and works on #2 (key 1) when b comes back.
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=2, keys=2, window=9),
        orders(order="keyed"),
        consumers={"a": billing(300, group="g", prefetch=9), "b": billing(300, group="g")},
        script=((0, CrashNode("b", for_us=390 * MS)),),
    ).until(900)
    assert tiny.story(Requeued) == ["400 Requeued orders g #2 rebalance"]
    # The consumer that lost the key finishes what it holds, and its ack is refused.
    assert tiny.book("g").stale_acks == 1
    assert [line.split()[2:] for line in tiny.story(Applied)] == [
        ["a", "#1", "1"],
        ["a", "#2", "1"],
        ["b", "#2", "2"],
    ]


def test_a_later_message_overtakes_one_whose_lease_must_run_out() -> None:
    tiny = Tiny(
        shop(limit=2),
        orders(lease_us=1_000 * MS, on_disconnect="wait-for-lease"),
        script=((150, CrashNode("billing", for_us=50 * MS)),),
    ).until(3_000)
    assert tiny.book().out_of_order == 1


def test_a_requeue_on_disconnect_keeps_the_order() -> None:
    tiny = Tiny(shop(limit=2), script=((150, CrashNode("billing", for_us=50 * MS)),)).until(3_000)
    assert tiny.book().out_of_order == 0


def test_a_zombie_under_fifo_puts_an_old_value_back() -> None:
    workers = {name: billing(group="g", effect="set") for name in "abc"}
    tiny = Tiny(
        shop(limit=2),
        orders(order="fifo", lease_us=200 * MS),
        consumers=workers,
        script=((150, PauseNode("a", for_us=700 * MS)),),
    ).until(3_000)
    book = tiny.book("g")
    assert (book.regress, book.stale_final, book.reexecuted) == (1, 1, 1)


def test_a_lost_ack_under_fifo_repeats_the_message_before_the_next() -> None:
    tiny = Tiny(
        shop(limit=2),
        orders(order="fifo", lease_us=300 * MS),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK")),),
    ).until(3_000)
    assert [line.split()[3] for line in tiny.story(Applied)] == ["#1", "#1", "#2"]
