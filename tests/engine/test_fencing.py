"""Does the database refuse the write of a consumer whose lease is over?"""

from playground.engine.commands import ArmPacketFault, PauseNode
from playground.engine.parameters import ConsumerParameters
from playground.engine.records import Applied, Fenced

from .tiny import MS, Tiny, billing, orders, shop

PAUSE = (150, PauseNode("a", for_us=400 * MS))


def pair() -> dict[str, ConsumerParameters]:
    """Two consumers of one group whose effects carry the lease's token."""
    return {name: billing(group="g", fencing=True) for name in "ab"}


def test_an_older_token_has_no_effect_and_sends_no_ack() -> None:
    tiny = Tiny(queue=orders(lease_us=200 * MS), consumers=pair(), script=(PAUSE,)).until(2_000)
    assert tiny.story(Applied, Fenced) == ["420 Applied b #1 1", "620 Fenced a #1"]
    assert tiny.packets("ACK") == ["420 ACK #1"]
    assert (tiny.book("g").fenced, tiny.book("g").duplicate_effects) == (1, 0)


def test_a_fence_does_not_undo_what_was_written_before_the_takeover() -> None:
    # a is done before b is: the newer token finds an older one, and passes.
    tiny = Tiny(queue=orders(lease_us=60 * MS), consumers=pair()).until(285)
    assert tiny.story(Applied) == ["220 Applied a #1 1", "280 Applied b #1 2"]


def test_a_token_as_old_as_the_fence_passes_it() -> None:
    # A network copy carries the same token: it is fencing's business to refuse older ones only.
    twice = ArmPacketFault("duplicate", "orders", "billing", "DELIVER")
    tiny = Tiny(consumer=billing(fencing=True), script=((0, twice),)).until(900)
    assert (tiny.book().effect_total, tiny.book().fenced) == (2, 0)


def test_under_competing_the_fence_is_per_message() -> None:
    # #2 has a younger token than the paused #1, and they are of one key.
    tiny = Tiny(
        shop(limit=2),
        orders(lease_us=9_000 * MS),
        consumers=pair(),
        script=(PAUSE,),
    ).until(2_000)
    assert (tiny.book("g").fenced, tiny.book("g").applied_once) == (0, 2)


def test_under_fifo_the_fence_is_per_key() -> None:
    # Of the paused a's message the copy at b is done, and then #2 at a third one.
    workers = {name: billing(group="g", fencing=True, effect="set") for name in "abc"}
    tiny = Tiny(
        shop(limit=2),
        orders(order="fifo", lease_us=200 * MS),
        consumers=workers,
        script=((150, PauseNode("a", for_us=700 * MS)),),
    ).until(3_000)
    assert (tiny.book("g").fenced, tiny.book("g").regress, tiny.book("g").stale_final) == (1, 0, 0)


def test_a_fenced_message_that_the_queue_has_forgotten_is_lost() -> None:
    # Two copies of #1 under fifo: the first entry is acked early by a, which is then paused.
    consumer = billing(group="g", fencing=True, guarantee="at-most-once")
    tiny = Tiny(
        shop(limit=2),
        orders(order="fifo"),
        consumers={"a": consumer, "b": consumer},
        script=(PAUSE,),
    ).until(2_000)
    assert tiny.story(Applied, Fenced) == ["320 Applied b #2 1", "620 Fenced a #1"]
    assert tiny.lost("g") == {"fenced": 1}


def test_the_queues_own_lease_decides_about_the_redelivery() -> None:
    tiny = Tiny(
        shop(limit=2),
        orders(order="keyed", lease_us=500 * MS),
        consumers=pair(),
    ).until(2_000)
    assert tiny.book("g").applied_once == 2
