"""Does a limit of the program stop the run with a sentence, and never bend the protocol?"""

import pytest

from playground.engine import simulator as simulator_module
from playground.engine import world as world_module
from playground.engine.commands import AddNode, CrashNode, Settle
from playground.engine.nodes import producer as producer_module
from playground.engine.nodes import queue as queue_module
from playground.engine.records import CommandRejected, LimitMet

from .tiny import MS, SHOP, Tiny, billing, link, retry, shop


def stopped(tiny: Tiny) -> str:
    """Why the run has stopped; it says so once."""
    assert len(tiny.all(LimitMet)) == 1
    assert tiny.world.stopped == tiny.all(LimitMet)[0].reason
    return tiny.world.stopped


FAST = shop(rate_per_s=1_000, limit=None, publish="fire-and-forget")
AWAY = (0, CrashNode("billing", for_us=10**12))


def test_a_full_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "MAX_QUEUE_ENTRIES", 50)
    tiny = Tiny(FAST, script=(AWAY,)).until(900)
    assert stopped(tiny) == "orders holds 50 messages, the most allowed"


def test_too_many_unsent_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(producer_module, "MAX_BUFFERED_MESSAGES", 50)
    tiny = Tiny(shop(rate_per_s=1_000, limit=None, retry=retry(9_000)), up=link(5_000)).until(900)
    assert stopped(tiny) == "shop holds 50 unsent messages, the most allowed"


def test_too_many_packets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_module, "MAX_FLIGHTS", 50)
    monkeypatch.setattr(world_module, "LIMITS_FROM", 50)
    tiny = Tiny(FAST, up=link(5_000)).until(900)
    assert stopped(tiny) == (
        "50 packets are in flight, the most allowed: most of them SEND from shop to orders. "
        "Look for a retry, a lease or a wait of next to nothing there"
    )


def test_too_many_things_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_module, "MAX_AGENDA_ITEMS", 50)
    monkeypatch.setattr(world_module, "LIMITS_FROM", 50)
    tiny = Tiny(FAST, up=link(5_000)).until(900)
    assert stopped(tiny).startswith("50 things are due")


def test_a_loop_without_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulator_module, "MAX_STEPS_AT_ONE_INSTANT", 500)
    tiny = Tiny(consumer=billing(0, poison=(1,)), up=link(0), down=link(0)).until(900)
    assert stopped(tiny).startswith("500 things happened at one instant: a loop without delay")


def test_a_stopped_world_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "MAX_QUEUE_ENTRIES", 50)
    tiny = Tiny(FAST, script=(AWAY,)).until(900)
    now_us, records = tiny.world.now_us, len(tiny.all())
    tiny.until(5_000)
    assert (tiny.world.now_us, len(tiny.all())) == (now_us, records)


def test_one_node_too_many_is_refused() -> None:
    tiny = Tiny()
    for index in range(198):
        tiny.simulator.apply(AddNode(f"node{index}", SHOP))
    assert tiny.all(CommandRejected)[0].reason == "There are 200 nodes, the most allowed."


def test_every_duration_may_be_zero() -> None:
    tiny = Tiny(
        shop(restart_after_us=0, retry=retry(500)),
        consumer=billing(0, restart_after_us=0, ack_timeout_us=0),
        up=link(0),
        down=link(0),
    ).until(900)
    assert (tiny.book().applied_once, tiny.world.now_us) == (1, 900 * MS)


def test_an_idle_world_costs_nothing_and_still_moves_on() -> None:
    tiny = Tiny().do(Settle()).until(10**10)
    assert (tiny.simulator.next_us(), tiny.world.now_us) == (None, 10**13)
