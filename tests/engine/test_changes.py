"""What does a change of a running consumer act on, and what does it keep?"""

from playground.engine.commands import ArmPacketFault, CrashNode, SetNode
from playground.engine.records import Applied, Suppressed

from .tiny import MS, Tiny, billing, link, orders, shop

EO = {"guarantee": "exactly-once"}


def test_a_set_of_the_guarantee_resets_how_and_keeps_the_idempotency() -> None:
    tiny = Tiny(consumer=billing(how="double-ack", idempotency="memory"))
    tiny.do(SetNode("billing", (("guarantee", "at-most-once"),)))
    program = tiny.consumer().program
    assert (program.how, program.idempotency) == ("auto-ack", "memory")


def test_a_set_that_names_how_keeps_it() -> None:
    tiny = Tiny(consumer=billing())
    tiny.do(SetNode("billing", (("guarantee", "at-most-once"), ("how", "commit-first"))))
    assert tiny.consumer().program.how == "commit-first"


def test_a_change_acts_on_deliveries_dispatched_afterwards() -> None:
    # Message 1 is on its way at 115: it still is acked after its effect.
    tiny = Tiny(
        shop(limit=2), script=((115, SetNode("billing", (("guarantee", "at-most-once"),))),)
    ).until(900)
    assert tiny.packets("ACK") == ["220 ACK #1"]


def test_an_inbox_is_kept_when_one_changes_away_and_back() -> None:
    to_plain = SetNode("billing", (("guarantee", "at-least-once"), ("idempotency", "none")))
    back = SetNode("billing", (("guarantee", "exactly-once"), ("idempotency", "inbox")))
    tiny = Tiny(
        queue=orders(lease_us=500 * MS),
        consumer=billing(**EO),
        script=(
            (0, ArmPacketFault("drop", "billing", "orders", "ACK")),
            (300, to_plain),
            (400, back),
        ),
    ).until(2_000)
    assert tiny.story(Applied, Suppressed) == [
        "220 Applied billing #1 1",
        "620 Suppressed billing #1",
    ]


def test_an_inbox_that_is_chosen_first_is_empty() -> None:
    tiny = Tiny(
        queue=orders(lease_us=500 * MS),
        script=(
            (0, ArmPacketFault("drop", "billing", "orders", "ACK")),
            (300, SetNode("billing", (("guarantee", "exactly-once"),))),
        ),
    ).until(2_000)
    assert tiny.book().duplicate_effects == 1


def test_memory_is_kept_when_one_changes_away_and_back_but_not_over_a_crash() -> None:
    def run(*more: tuple[float, CrashNode]) -> int:
        away = SetNode("billing", (("idempotency", "none"),))
        back = SetNode("billing", (("idempotency", "memory"),))
        drop = ArmPacketFault("drop", "billing", "orders", "ACK")
        return (
            Tiny(
                queue=orders(lease_us=500 * MS, on_disconnect="wait-for-lease"),
                consumer=billing(idempotency="memory"),
                down=link(),
                script=((0, drop), (300, away), (400, back), *more),
            )
            .until(2_000)
            .book()
            .duplicate_effects
        )

    assert (run(), run((450, CrashNode("billing", for_us=0)))) == (0, 1)
