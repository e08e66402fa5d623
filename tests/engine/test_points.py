"""Where can a process be made to die, and what is left of the message then?"""

import pytest

from playground.engine.commands import ArmCrash, ArmPacketFault, CrashNode, Disarm
from playground.engine.programs.compile import compile_program
from playground.engine.records import BranchPending, CommandRejected, NodeCrashed, PacketSent, Torn

from .judged import DATABASE, Judged, in_two_phases
from .tiny import MS, Tiny, billing, orders, shop

PLAIN = {"received", "before-effect", "mid-effect", "after-effect"}
MARKED = PLAIN | {"after-dedup", "before-mark", "after-mark"}
INBOX = PLAIN | {"after-dedup", "after-mark"}
ACK = {"before-ack", "after-ack"}


@pytest.mark.parametrize(
    ("how", "idempotency", "effect", "points"),
    [
        ("auto-ack", "none", "add", PLAIN),
        ("auto-ack", "memory", "add", MARKED),
        ("ack-first", "none", "add", PLAIN | ACK),
        ("commit-first", "claim-first", "add", MARKED | ACK | {"awaiting-reply"}),
        ("ack-after", "natural", "set", PLAIN | ACK),
        ("ack-after", "effect-first", "add", MARKED | ACK),
        ("ack-after", "claim-first", "add", MARKED | ACK),
        ("double-ack", "inbox", "add", INBOX | ACK | {"awaiting-reply"}),
        ("inbox", "inbox", "add", INBOX | ACK),
        ("inbox", "inbox", "call", MARKED | ACK),
    ],
)
def test_the_points_of_a_program(how: str, idempotency: str, effect: str, points: set[str]) -> None:
    program = compile_program(how, idempotency, effect)  # type: ignore[arg-type]
    assert program.points == points


def when(point: str, **consumer: object) -> list[str]:
    """When the armed point is reached with message 1, and with how much damage."""
    tiny = Tiny(
        consumer=billing(restart_after_us=9_000 * MS, **consumer),
        script=((0, ArmCrash("billing", point)),),
    ).until(900)
    return [
        f"{crash.at_us // MS} {crash.point}"
        + (" torn" if tiny.book().torn else "")
        + (" applied" if tiny.book().effect_total else "")
        for crash in tiny.all(NodeCrashed)
    ]


AFTER = {"guarantee": "at-least-once"}
FIRST = {"guarantee": "at-most-once", "how": "ack-first"}
COMMIT = {"guarantee": "at-most-once", "how": "commit-first"}
DOUBLE = {"how": "double-ack"}


@pytest.mark.parametrize(
    ("consumer", "point", "expected"),
    [
        (AFTER, "received", "120 received"),
        (AFTER, "before-effect", "120 before-effect"),
        (AFTER, "mid-effect", "170 mid-effect torn"),
        (AFTER, "after-effect", "220 after-effect applied"),
        (AFTER, "before-ack", "220 before-ack applied"),
        (AFTER, "after-ack", "220 after-ack applied"),
        (FIRST, "before-ack", "120 before-ack"),
        (FIRST, "after-ack", "120 after-ack"),
        (FIRST, "before-effect", "120 before-effect"),
        (COMMIT, "awaiting-reply", "120 awaiting-reply"),
        (COMMIT, "before-effect", "140 before-effect"),
        (DOUBLE, "awaiting-reply", "220 awaiting-reply applied"),
        ({"idempotency": "memory"}, "after-dedup", "120 after-dedup"),
        ({"idempotency": "memory"}, "before-mark", "220 before-mark applied"),
        ({"idempotency": "memory"}, "after-mark", "220 after-mark applied"),
        ({"idempotency": "claim-first"}, "before-mark", "120 before-mark"),
        ({"idempotency": "claim-first"}, "after-mark", "120 after-mark"),
        ({"idempotency": "claim-first"}, "mid-effect", "170 mid-effect torn"),
        ({"idempotency": "inbox"}, "mid-effect", "170 mid-effect"),
        ({"idempotency": "inbox"}, "after-mark", "220 after-mark applied"),
        ({"effect": "set"}, "mid-effect", "170 mid-effect"),
        ({"effect": "call"}, "mid-effect", "170 mid-effect torn"),
        ({"effect": "call", "idempotency": "inbox"}, "mid-effect", "170 mid-effect torn"),
        ({"effect": "call", "idempotency": "inbox"}, "before-mark", "220 before-mark applied"),
    ],
)
def test_a_crash_strikes_at_its_point(
    consumer: dict[str, object], point: str, expected: str
) -> None:
    assert when(point, **consumer) == [expected]


def test_after_ack_the_ack_is_on_its_way_and_counts() -> None:
    tiny = Tiny(script=((0, ArmCrash("billing", "after-ack")),)).until(9_000)
    assert (tiny.orders.acked, tiny.book().effect_total) == (1, 1)


def test_before_ack_the_ack_never_leaves_and_the_effect_comes_twice() -> None:
    tiny = Tiny(script=((0, ArmCrash("billing", "before-ack")),)).until(9_000)
    assert (tiny.book().applied_many, tiny.book().duplicate_effects) == (1, 1)


def test_awaiting_reply_with_commit_first_loses_the_message() -> None:
    tiny = Tiny(consumer=billing(**COMMIT), script=((0, ArmCrash("billing", "awaiting-reply")),))
    assert tiny.until(9_000).lost() == {"consumer-crash": 1}


@pytest.mark.parametrize(
    ("point", "strikes"),
    [
        ("received", [620]),
        ("after-dedup", []),
        ("before-effect", []),
        ("after-effect", []),
        ("after-mark", []),
        ("before-ack", [620]),
        ("after-ack", [620]),
    ],
)
def test_a_suppressed_delivery_reaches_the_ack_points_but_no_effect_or_mark_points(
    point: str, strikes: list[float]
) -> None:
    # The ACK is lost; armed at 400, the second delivery comes at 620 and is suppressed.
    tiny = Tiny(
        queue=orders(lease_us=500 * MS),
        consumer=billing(guarantee="exactly-once"),
        script=(
            (0, ArmPacketFault("drop", "billing", "orders", "ACK")),
            (400, ArmCrash("billing", point)),
        ),
    ).until(900)
    assert tiny.times(NodeCrashed) == strikes


def test_a_point_that_the_program_lacks_is_refused_by_name() -> None:
    tiny = Tiny().do(ArmCrash("billing", "awaiting-reply"))
    assert tiny.all(CommandRejected)[0].reason == (
        "billing never reaches awaiting-reply; its points are after-ack, after-effect, before-ack, "
        "before-effect, mid-effect, received."
    )


def test_an_armed_crash_waits_for_its_message_and_strikes_once() -> None:
    tiny = Tiny(
        shop(limit=3), consumer=billing(10), script=((0, ArmCrash("billing", "received", "2")),)
    ).until(9_000)
    assert tiny.story(NodeCrashed) == ["220 NodeCrashed billing 2220 received #2"]


def test_disarming_takes_it_away() -> None:
    script = ((0, ArmCrash("billing", "received")), (50, Disarm("billing")))
    assert Tiny(script=script).until(900).all(NodeCrashed) == []


def test_the_half_is_noticed_though_the_crash_is_armed_during_the_work() -> None:
    tiny = Tiny(script=((150, ArmCrash("billing", "mid-effect")),)).until(900)
    assert tiny.times(NodeCrashed) == [170]


def test_armed_after_the_half_it_waits_for_the_next_delivery() -> None:
    tiny = Tiny(shop(limit=2), script=((180, ArmCrash("billing", "mid-effect")),)).until(900)
    assert tiny.story(NodeCrashed) == ["290 NodeCrashed billing 2290 mid-effect #2"]


def test_a_click_before_the_half_tears_nothing_and_one_after_it_does() -> None:
    before = Tiny(script=((165, CrashNode("billing")),)).until(900)
    after = Tiny(script=((175, CrashNode("billing")),)).until(900)
    assert (before.all(Torn), after.story(Torn)) == ([], ["175 Torn billing #1"])


def test_a_torn_effect_is_no_effect() -> None:
    tiny = Tiny(script=((0, ArmCrash("billing", "mid-effect")),)).until(9_000)
    assert (tiny.book().torn, tiny.book().effect_total) == (1, 1)


def test_the_crash_chance_is_drawn_anew_for_every_delivery() -> None:
    # With a half a delivery, several messages need more than two.
    tiny = Tiny(
        shop(limit=40, rate_per_s=100, window=50),
        orders(),
        billing(1, crash_chance=0.5, crash_at="received", restart_after_us=0),
    ).until(60_000)
    assert tiny.book().applied_once == 40
    assert max(tiny.book().delivered) > 2


@pytest.mark.parametrize("participant", ["orders", DATABASE])
@pytest.mark.parametrize(
    ("point", "at_ms", "promises", "votes", "in_doubt"),
    [
        ("prepare-received", 240, 0, 0, False),
        ("prepared", 240, 1, 0, True),
        ("verdict-received", 260, 1, 1, True),
        ("decided", 260, 1, 1, False),
    ],
)
def test_a_participant_dies_around_its_promise_and_around_keeping_it(
    participant: str, point: str, at_ms: int, promises: int, votes: int, in_doubt: bool
) -> None:
    tiny = Judged(in_two_phases(), (0, ArmCrash(participant, point))).until(265)
    (crash,) = tiny.all(NodeCrashed)
    assert (crash.node, crash.point, crash.at_us) == (participant, point, at_ms * MS)
    assert sum(each.place == participant for each in tiny.all(BranchPending)) == promises
    sent = [each.packet for each in tiny.all(PacketSent) if each.source == participant]
    assert (sent.count("VOTE"), sent.count("DECIDED")) == (votes, 0)
    assert bool(tiny.world.nodes[participant].numbers()) == in_doubt
    assert tiny.until(60_000).buckets() == {"applied_once": 1}
