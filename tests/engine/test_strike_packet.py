"""Is a packet that is named by its way, kind and message the one that is struck?"""

import pytest

from playground.engine.commands import DropPacket, StrikePacket
from playground.engine.records import CommandRejected, PacketDied
from playground.engine.simulator import Simulator
from playground.scenario.build import simulate
from playground.scenario.load import load_text
from playground.scenario.save import to_text

SCENE = """
format: 1
nodes:
  shop: {kind: producer, rate: 10 /s}
  orders: {kind: queue}
  billing: {kind: consumer}
links:
  - {from: shop, to: orders, latency: 40 ms}
  - {from: orders, to: billing, latency: 40 ms}
script:
  - {at: 210 ms, do: drop, from: orders, to: billing, packet: DELIVER, message: 1}
  - {at: 120 ms, do: duplicate, from: shop, to: orders, packet: SEND, message: shop#1}
  - {at: 310 ms, do: delay, from: shop, to: orders, packet: SEND, message: 3, by: 200 ms}
"""


def in_flight(simulator: Simulator) -> list[tuple[str, int]]:
    return [(each.packet, each.message) for each in simulator.world.flights.values()]


def test_naming_a_packet_does_what_a_click_on_it_does() -> None:
    named, clicked = (simulate(load_text(SCENE.partition("script:")[0])) for _ in range(2))
    for simulator in (named, clicked):
        simulator.run_until(110_000)
    assert in_flight(named) == [("SEND", 0)]
    named.apply(StrikePacket("drop", "shop", "orders", "SEND", "shop#1"))
    clicked.apply(DropPacket(next(iter(clicked.world.flights))))
    assert named.world.trace.sha256() == clicked.world.trace.sha256()
    assert in_flight(named) == []


def test_the_second_of_two_alike_can_be_meant() -> None:
    simulator = simulate(load_text(SCENE.partition("script:")[0]))
    simulator.run_until(110_000)
    simulator.apply(StrikePacket("duplicate", "shop", "orders", "SEND", "1"))
    first, second = simulator.world.flights
    simulator.apply(StrikePacket("drop", "shop", "orders", "SEND", "1", nth=2))
    assert list(simulator.world.flights) == [first]
    died = simulator.world.trace.last()
    assert isinstance(died, PacketDied)
    assert died.flight == second


def test_what_is_not_on_its_way_cannot_be_struck() -> None:
    simulator = simulate(load_text(SCENE.partition("script:")[0]))
    simulator.run_until(50_000)
    simulator.apply(StrikePacket("drop", "shop", "orders", "SEND", "1"))
    refusal = simulator.world.trace.last()
    assert isinstance(refusal, CommandRejected)
    assert refusal.reason == "No SEND of shop#1 is on its way from shop to orders now."


def test_the_three_verbs_are_read_and_written() -> None:
    scenario = load_text(SCENE)
    assert [entry.command.fault for entry in scenario.script] == ["drop", "duplicate", "delay"]  # type: ignore[union-attr]
    assert load_text(to_text(scenario), "<text>") == scenario


@pytest.mark.parametrize("verb", ["drop", "duplicate"])
def test_on_a_stream_a_packet_is_neither_dropped_nor_doubled(verb: str) -> None:
    text = SCENE.partition("script:")[0].replace(
        "orders, latency: 40 ms}", "orders, latency: 40 ms, transport: stream}"
    )
    entry = f"  - {{at: 1 s, do: {verb}, from: shop, to: orders, packet: SEND, message: 1}}\n"
    with pytest.raises(Exception, match="stream"):
        load_text(text + "script:\n" + entry)
