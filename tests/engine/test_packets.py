"""What happens to one packet: lost, doubled, held back, dropped by a click, now or next time?"""

import pytest

from playground.engine.commands import (
    ArmPacketFault,
    Command,
    DelayPacket,
    Disarm,
    DropPacket,
    DuplicatePacket,
)
from playground.engine.parameters import LinkParameters, Loss, Spread
from playground.engine.records import (
    Applied,
    CommandRejected,
    Delivered,
    FaultStruck,
    PacketDied,
    PacketSent,
)

from .tiny import MS, Tiny, billing, link, orders, retry, shop

STREAM = link(transport="stream")
SENTENCE = "On a stream a single packet cannot be lost: cut the link."


def reasons(tiny: Tiny) -> list[str]:
    """Why wishes were not granted."""
    return [each.reason for each in tiny.all(CommandRejected)]


def test_a_clicked_drop_dies_at_the_click() -> None:
    tiny = Tiny(shop(retry=retry(500))).until(103)
    tiny.do(DropPacket(tiny.flights("SEND")[0]))
    assert tiny.story(PacketDied) == ["103 PacketDied 8 shop orders SEND #1 dropped 300"]


def test_a_clicked_copy_arrives_right_after_its_original() -> None:
    tiny = Tiny().until(115)
    tiny.do(DuplicatePacket(tiny.flights("DELIVER")[0])).until(900)
    assert tiny.times(Delivered) == [120, 120]
    assert tiny.times(Applied) == [220, 320]


def test_a_delayed_packet_arrives_that_much_later() -> None:
    tiny = Tiny().until(115)
    tiny.do(DelayPacket(tiny.flights("DELIVER")[0], 70 * MS)).until(900)
    assert tiny.times(Delivered) == [190]


def test_what_has_arrived_cannot_be_dropped() -> None:
    tiny = Tiny().until(105)
    sending = tiny.flights("SEND")[0]
    tiny.until(115).do(DropPacket(sending))
    assert reasons(tiny) == ["That packet is not on its way any more."]


def test_the_next_of_a_kind_is_dropped_once() -> None:
    tiny = Tiny(
        shop(limit=2, retry=retry(50)),
        script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),),
    ).until(900)
    assert tiny.packets("SEND") == ["100 SEND #1 lost", "150 SEND #1", "200 SEND #2"]
    assert tiny.story(FaultStruck) == ["100 FaultStruck shop>orders drop SEND #1"]


def test_a_fault_armed_for_one_message_lets_the_others_pass() -> None:
    tiny = Tiny(
        shop(limit=3),
        queue=orders(lease_us=9_000 * MS),
        consumer=billing(10),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK", "shop#2")),),
    ).until(900)
    assert tiny.packets("ACK") == ["130 ACK #1", "230 ACK #2 lost"]


def test_the_next_is_doubled_or_delayed() -> None:
    doubled = Tiny(script=((0, ArmPacketFault("duplicate", "orders", "billing", "DELIVER")),))
    delayed = Tiny(
        script=((0, ArmPacketFault("delay", "orders", "billing", "DELIVER", by_us=70 * MS)),)
    )
    assert doubled.until(900).times(Delivered) == [120, 120]
    assert delayed.until(900).times(Delivered) == [190]


def test_a_packet_that_is_doubled_on_purpose_goes_all_the_way() -> None:
    tiny = Tiny(
        down=link(loss=Loss(request=1.0)),
        script=((0, ArmPacketFault("duplicate", "orders", "billing", "DELIVER")),),
    ).until(300)
    assert [round(ms) for ms in tiny.times(Delivered)] == [120, 120]


def test_disarming_the_node_disarms_its_links() -> None:
    tiny = Tiny(
        script=(
            (0, ArmPacketFault("drop", "billing", "orders", "ACK")),
            (50, Disarm("billing")),
        )
    ).until(900)
    assert tiny.book().effect_total == 1


@pytest.mark.parametrize("verb", [DropPacket, DuplicatePacket])
def test_the_verbs_for_single_packets_are_refused_on_a_stream(verb: type) -> None:
    tiny = Tiny(up=STREAM).until(103)
    tiny.do(verb(tiny.flights("SEND")[0]))
    assert reasons(tiny) == [SENTENCE]


def test_arming_a_loss_on_a_stream_is_refused() -> None:
    tiny = Tiny(up=STREAM).do(ArmPacketFault("drop", "shop", "orders", "SEND"))
    assert reasons(tiny) == [SENTENCE]


def test_a_delay_on_a_stream_holds_back_what_follows() -> None:
    tiny = Tiny(shop(limit=3, rate_per_s=1_000, window=9), up=STREAM).until(4)
    tiny.do(DelayPacket(tiny.flights("SEND")[0], 70 * MS))
    assert [each.ends_us for each in tiny.world.flights.values()] == [81 * MS] * 3


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (ArmPacketFault("drop", "shop", "orders", "ACK"), "ACK does not travel with the arrow"),
        (
            ArmPacketFault("drop", "orders", "shop", "SEND"),
            "SEND does not travel against the arrow",
        ),
        (ArmPacketFault("drop", "billing", "orders", "CONFIRM"), "No CONFIRM travels between"),
        (ArmPacketFault("drop", "orders", "billing", "ACK_OK"), "billing does not await an answer"),
        (ArmPacketFault("drop", "shop", "orders", "PING"), "PING is not a packet"),
        (ArmPacketFault("drop", "shop", "billing", "SEND"), "There is no link between"),
    ],
)
def test_a_fault_that_can_never_strike_is_refused(wish: Command, reason: str) -> None:
    assert reasons(Tiny().do(wish))[0].startswith(reason)


def test_an_auto_acking_consumer_sends_no_ack_to_drop() -> None:
    tiny = Tiny(consumer=billing(guarantee="at-most-once"))
    tiny.do(ArmPacketFault("drop", "billing", "orders", "ACK"))
    assert reasons(tiny) == ["Cannot touch an ACK here: billing auto-acks, no ACK is sent."]


def test_a_lost_packet_dies_between_a_fifth_and_four_fifths_of_its_way() -> None:
    tiny = Tiny(
        shop(limit=300, rate_per_s=1_000, publish="fire-and-forget"),
        up=link(loss=Loss(request=1.0)),
    ).until(900)
    shares = [died.permille for died in tiny.all(PacketDied)]
    assert len(shares) == 300
    assert 200 <= min(shares) < 220
    assert 780 < max(shares) <= 800


def test_until_it_dies_a_lost_packet_counts_as_a_copy() -> None:
    tiny = Tiny(shop(publish="fire-and-forget"), up=link(loss=Loss(request=1.0))).until(101)
    assert (tiny.book().in_flight, tiny.book().lost) == (1, 0)
    assert tiny.until(110).lost() == {"send-lost": 1}


def test_a_network_copy_is_never_lost_and_has_a_latency_of_its_own() -> None:
    spread = Spread(mean_us=10 * MS, distribution="uniform")
    weather = LinkParameters(latency=spread, duplicate=1.0)
    tiny = Tiny(shop(limit=50, publish="fire-and-forget"), up=weather).until(9_000)
    sent = [each for each in tiny.all(PacketSent) if each.packet == "SEND"]
    pairs = list(zip(sent[::2], sent[1::2], strict=True))
    assert all(copy.is_copy and copy.fate == "arrives" for _, copy in pairs)
    assert sum(first.ends_us != copy.ends_us for first, copy in pairs) > 45


def test_loss_is_drawn_first_and_takes_the_copy_along() -> None:
    weather = link(loss=Loss(request=1.0), duplicate=1.0)
    tiny = Tiny(shop(publish="fire-and-forget"), up=weather).until(900)
    assert tiny.packets() == ["100 SEND #1 lost"]


def test_a_held_back_packet_takes_three_further_latencies() -> None:
    tiny = Tiny(shop(publish="fire-and-forget"), up=link(10, reorder=1.0)).until(900)
    assert tiny.all(PacketSent)[0].ends_us == 140 * MS


def test_the_wire_adds_up() -> None:
    tiny = Tiny(
        shop(limit=40, retry=retry(100)),
        up=link(loss=Loss(request=0.3, reply=0.3), duplicate=0.3),
        down=link(loss=Loss(request=0.3, reply=0.3), duplicate=0.3, reorder=0.3),
    ).until(3_000)
    for kind, (sent, delivered, dropped, duplicated, discarded) in tiny.world.wire.items():
        in_flight = len(tiny.flights(kind))
        assert sent + duplicated == delivered + dropped + in_flight + discarded
