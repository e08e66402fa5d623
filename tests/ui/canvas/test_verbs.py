"""Thing in, verbs out: what can be done, and why can something not be done?"""

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    Burst,
    CrashNode,
    CutLink,
    DelayPacket,
    Disarm,
    DropPacket,
    DuplicatePacket,
    FailNext,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import Spread
from playground.ui.canvas.choices import guarantee_choices, idempotency_choices
from playground.ui.canvas.verbs import (
    IS_DOWN,
    ON_A_STREAM,
    SLOWER,
    Verb,
    by_key,
    link_verbs,
    node_verbs,
    packet_verbs,
    points,
)
from tests.ui.canvas import frames


def commands(verbs: tuple[Verb, ...]) -> dict[str, object]:
    return {verb.word: verb.command for verb in verbs if verb.command is not None}


def test_a_consumer_can_be_crashed_paused_armed_and_made_to_fail() -> None:
    verbs = node_verbs(frames.working())
    assert commands(verbs) == {
        "Crash": CrashNode("billing"),
        "Pause": PauseNode("billing"),
        "Fail next": FailNext("billing"),
    }
    assert [each.command for each in verbs[2].choices] == [
        ArmCrash("billing", point)
        for point in ("received", "before-effect", "mid-effect", "before-mark", "after-mark")
    ]


def test_a_crashed_consumer_can_only_be_restarted() -> None:
    verbs = node_verbs(frames.crashed(frames.consumer()))
    assert verbs[0] == Verb("Restart", RestartNode("billing"), "C")
    assert [verb.reason for verb in verbs[1:]] == [IS_DOWN, IS_DOWN, IS_DOWN]


def test_a_paused_one_can_be_resumed_and_an_armed_one_disarmed() -> None:
    verbs = commands(node_verbs(frames.working(is_paused=True, armed=("before-ack",))))
    assert verbs["Resume"] == ResumeNode("billing")
    assert verbs["Disarm"] == Disarm("billing")


def test_producers_and_queues_have_their_own_points() -> None:
    assert points(frames.producer()) == ("before-send", "after-send")
    assert points(frames.queue()) == ("received", "appended", "confirmed")
    assert commands(node_verbs(frames.producer()))["Burst of 10"] == Burst("shop", 10)


def test_a_link_can_be_cut_and_loses_its_next_packet_either_way() -> None:
    found = commands(link_verbs(frames.link(), frames.queue(), frames.consumer()))
    assert found["Cut"] == CutLink("orders", "billing")
    assert found["Lose next DELIVER"] == ArmPacketFault("drop", "orders", "billing", "DELIVER")
    assert found["Lose next ACK"] == ArmPacketFault("drop", "billing", "orders", "ACK")


def test_the_rarer_verbs_of_a_link_double_delay_slow_and_cut_one_way() -> None:
    verbs = link_verbs(frames.link(), frames.queue(), frames.consumer())
    assert commands(next(verb.choices for verb in verbs if verb.word == "More")) == {
        "Double next DELIVER": ArmPacketFault("duplicate", "orders", "billing", "DELIVER"),
        "Delay next DELIVER": ArmPacketFault("delay", "orders", "billing", "DELIVER"),
        "Double next ACK": ArmPacketFault("duplicate", "billing", "orders", "ACK"),
        "Delay next ACK": ArmPacketFault("delay", "billing", "orders", "ACK"),
        "Cut requests only": CutLink("orders", "billing", "request"),
        "Cut replies only": CutLink("orders", "billing", "reply"),
    }
    slower = Spread(mean_us=SLOWER * frames.link().latency_us, distribution="fixed")
    assert commands(verbs)["Slow"] == SetLink("orders", "billing", (("latency", slower),))


def test_a_producers_link_carries_sends_and_confirms() -> None:
    found = commands(
        link_verbs(frames.link("shop", "orders"), frames.producer(), frames.queue("orders"))
    )
    assert found["Lose next SEND"] == ArmPacketFault("drop", "shop", "orders", "SEND")
    assert found["Lose next CONFIRM"] == ArmPacketFault("drop", "orders", "shop", "CONFIRM")


def test_a_cut_link_can_be_healed() -> None:
    verbs = link_verbs(frames.link(cut_request=True), frames.queue(), frames.consumer())
    assert by_key(verbs, "X") == Verb("Heal", HealLink("orders", "billing"), "X")


def test_verbs_that_would_change_nothing_say_why() -> None:
    stream = link_verbs(frames.link(transport="stream"), frames.queue(), frames.consumer())
    assert [verb.reason for verb in stream[2:4]] == [ON_A_STREAM, ON_A_STREAM]
    silent = frames.consumer("metrics", "auto-ack", how="auto-ack")
    verbs = link_verbs(frames.link(target="metrics"), frames.queue(), silent)
    assert by_key(verbs, "L").reason == "metrics auto-acks: no ack is sent"
    forgetful = frames.producer(publish="fire-and-forget")
    verbs = link_verbs(frames.link("shop", "orders"), forgetful, frames.queue())
    assert by_key(verbs, "L").reason == "shop fires and forgets: no confirm is sent"


def test_a_packet_can_be_dropped_doubled_delayed_and_followed() -> None:
    assert [verb.command for verb in packet_verbs(7, "datagram")] == [
        DropPacket(7),
        DuplicatePacket(7),
        DelayPacket(7),
        None,
    ]
    assert packet_verbs(7, "stream")[0].reason == ON_A_STREAM


def test_a_pill_offers_three_promises() -> None:
    found = guarantee_choices(frames.consumer())
    assert [choice.command for choice in found] == [
        SetNode("billing", (("guarantee", key),))
        for key in ("at-most-once", "at-least-once", "exactly-once")
    ]
    assert [choice.is_current for choice in found] == [False, True, False]


def test_a_shield_offers_six_idempotencies_and_is_locked_by_an_inbox() -> None:
    found = idempotency_choices(frames.consumer())
    assert [choice.word for choice in found] == [
        "none",
        "natural",
        "memory",
        "claim-first",
        "effect-first",
        "inbox",
    ]
    assert found[0].command == SetNode("billing", (("idempotency", "none"),))
    assert idempotency_choices(frames.exactly_once()) == ()
