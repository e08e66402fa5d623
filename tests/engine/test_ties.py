"""What comes first when several things are due at the same microsecond?"""

from playground.engine.commands import CrashNode, CutLink, PauseNode
from playground.engine.records import (
    Acked,
    Applied,
    Confirmed,
    Delivered,
    Expired,
    GaveUp,
    LinkCut,
    NodeCrashed,
    NodePaused,
    Produced,
    Requeued,
)

from .tiny import MS, Tiny, billing, link, orders, retry, shop


def kinds(tiny: Tiny, at_ms: float, *among: type) -> list[str]:
    """What happened at this instant, in order."""
    return [type(each).__name__ for each in tiny.all(*among) if each.at_us == round(at_ms * MS)]


def test_a_packet_arrives_before_a_timer_strikes() -> None:
    tiny = Tiny(shop(retry=retry(20, attempts=1))).until(900)
    assert kinds(tiny, 120, Confirmed, GaveUp) == ["Confirmed"]


def test_a_packet_arrives_before_the_work_ends() -> None:
    # The second message comes at 220, when the work on the first one ends.
    tiny = Tiny(shop(limit=2), consumer=billing(prefetch=2)).until(900)
    assert kinds(tiny, 220, Delivered, Applied) == ["Delivered", "Applied"]


def test_work_ends_before_a_timer_strikes() -> None:
    # Both at 220: the effect, and the retention at the queue.
    tiny = Tiny(queue=orders(retention_us=110 * MS)).until(900)
    assert kinds(tiny, 220, Applied, Expired) == ["Applied", "Expired"]


def test_a_timer_strikes_before_a_new_message_comes() -> None:
    tiny = Tiny(shop(limit=2), orders(lease_us=90 * MS)).until(900)
    assert kinds(tiny, 200, Requeued, Produced) == ["Requeued", "Produced"]


def test_a_new_message_comes_before_the_script() -> None:
    tiny = Tiny(script=((100, CrashNode("shop")),)).until(900)
    assert kinds(tiny, 100, Produced, NodeCrashed) == ["Produced", "NodeCrashed"]


def test_the_script_comes_before_a_click_and_both_in_their_order() -> None:
    tiny = Tiny(script=((100, PauseNode("billing")), (100, CutLink("shop", "orders"))))
    tiny.until(100).do(CrashNode("orders"))
    assert kinds(tiny, 100, NodePaused, LinkCut, NodeCrashed) == [
        "NodePaused",
        "LinkCut",
        "NodeCrashed",
    ]


def test_a_script_comes_before_a_timer_of_the_same_time_never() -> None:
    # The lease ends at 200, and so does the ACK's chance: the cut of that instant comes too late.
    tiny = Tiny(
        queue=orders(lease_us=90 * MS), script=((200, CutLink("orders", "billing", "reply")),)
    ).until(900)
    assert kinds(tiny, 200, Requeued, LinkCut) == ["Requeued", "LinkCut"]


def test_what_was_scheduled_first_comes_first() -> None:
    tiny = Tiny(consumers={name: billing() for name in ("b", "a", "c")}).until(900)
    assert [each.consumer for each in tiny.all(Applied)] == ["b", "a", "c"]


def test_packets_of_no_latency_arrive_in_the_order_of_sending() -> None:
    tiny = Tiny(up=link(0), down=link(0), consumer=billing(0)).until(900)
    assert kinds(tiny, 100, Produced, Confirmed, Delivered, Applied, Acked) == [
        "Produced",
        "Confirmed",
        "Delivered",
        "Applied",
        "Acked",
    ]
