"""Which promise suffers from which mistake, in which scene, and with how few faults?

A mutant is a mistake in the real engine together with the scene whose promise relies on what it
breaks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from playground.checker.bounds import Bounds, FaultKind, Property
from playground.scenario.model import Scenario

from . import mistakes
from .scenes import EXACTLY_ONCE, S, chain, committed, exactly_once, with_stream_to_consumers

LAW = "law"
"""Not a promise to the user but the engine's own books: they do not add up any more."""


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A mistake, the scene that suffers from it, and how it is noticed."""

    put_in: Callable[[pytest.MonkeyPatch], None]
    scene: Scenario
    breaks: Property | str
    faults: int = 1  # with so few it comes to light
    messages: int = 1
    catalogue: tuple[FaultKind, ...] = ("drop", "late", "crash", "pause")

    @property
    def bounds(self) -> Bounds:
        """Just what it takes."""
        asked: tuple[Any, ...] = ("loss", "duplicate_effect", "stuck")
        if self.breaks not in (*asked, LAW):
            asked = (*asked, self.breaks)
        return Bounds(
            messages=self.messages, faults=self.faults, catalogue=self.catalogue, properties=asked
        )


_NUMBERED: dict[str, Any] = {
    "producer": {"identity": "sequence", "outbox": True},
    "queue": {"deduplicate": "sequence"},
}
_BY_ID = {"producer": EXACTLY_ONCE["producer"], "queue": EXACTLY_ONCE["queue"]}
_BOTH = ("anna", "bert")

MUTANTS: dict[str, Mutant] = {
    "the ack leaves before the effect": Mutant(
        put_in=mistakes.acks_before_the_effect, scene=chain(), breaks="loss"
    ),
    "a redelivery has a new identity": Mutant(
        put_in=mistakes.redelivers_under_a_new_identity,
        scene=exactly_once(),
        breaks="duplicate_effect",
    ),
    "the inbox is written outside the transaction": Mutant(
        put_in=mistakes.inbox_outside_the_transaction,
        scene=exactly_once(),
        breaks="duplicate_effect",
    ),
    "the inbox remembers nothing": Mutant(
        put_in=mistakes.inbox_remembers_nothing, scene=exactly_once(), breaks="duplicate_effect"
    ),
    "a consumer's buffer survives its crash": Mutant(
        put_in=mistakes.buffer_survives_a_crash,
        scene=chain(
            {**EXACTLY_ONCE["producer"], "rate_per_s": 20, "window": 2},
            EXACTLY_ONCE["queue"],
            {**EXACTLY_ONCE["consumer"], "prefetch": 2},
        ),
        breaks=LAW,
        messages=2,
    ),
    "the confirm timer is not set again": Mutant(
        put_in=mistakes.confirm_timer_is_set_once, scene=exactly_once(), breaks="stuck", faults=2
    ),
    "a retry takes a new sequence number": Mutant(
        put_in=mistakes.retry_takes_a_new_number,
        scene=with_stream_to_consumers(chain(**_NUMBERED)),
        breaks="duplicate_effect",
        catalogue=("drop", "late"),
    ),
    "a producer's restart keeps its session": Mutant(
        put_in=mistakes.restart_keeps_the_session,
        scene=chain(**_NUMBERED),
        breaks="loss",
        messages=2,
    ),
    "the dedup id is forgotten on append": Mutant(
        put_in=mistakes.append_is_not_remembered,
        scene=with_stream_to_consumers(chain(**_BY_ID)),
        breaks="duplicate_effect",
        catalogue=("drop", "late"),
    ),
    "a queue confirms before it is durable": Mutant(
        put_in=mistakes.confirms_before_it_is_durable,
        scene=exactly_once(),
        breaks="loss",
        catalogue=("drop", "broker-crash"),
    ),
    "a synced disk forgets in a crash": Mutant(
        put_in=mistakes.disk_forgets_in_a_crash,
        scene=exactly_once(),
        breaks="loss",
        catalogue=("drop", "broker-crash"),
    ),
    "a lease ends for nobody": Mutant(
        put_in=mistakes.lease_ends_for_nobody, scene=exactly_once(), breaks="stuck"
    ),
    "an accepted stale ack keeps the credit": Mutant(
        put_in=mistakes.accepted_stale_ack_keeps_the_credit,
        scene=chain(**{**EXACTLY_ONCE, "queue": {**EXACTLY_ONCE["queue"], "stale_ack": "accept"}}),
        breaks="stuck",
        messages=2,
    ),
    "the second of a key goes out early": Mutant(
        put_in=mistakes.second_of_a_key_goes_out_early,
        scene=chain(
            EXACTLY_ONCE["producer"],
            {**EXACTLY_ONCE["queue"], "order": "fifo"},
            EXACTLY_ONCE["consumer"],
            consumers=_BOTH,
        ),
        breaks="out_of_order",
        messages=2,
    ),
    "the fence never rises": Mutant(
        put_in=mistakes.fence_never_rises,
        scene=committed("transaction", consumer={"fencing": True}, consumers=_BOTH),
        breaks="duplicate_effect",
    ),
    "a lost MARKER is sent again by nobody": Mutant(
        put_in=mistakes.nothing_is_sent_again_by_a_coordinator,
        scene=committed("transaction", consumer={"fencing": True}),
        breaks="stuck",
    ),
    "the lease timer releases what is prepared": Mutant(
        put_in=mistakes.lease_timer_releases_what_is_prepared,
        scene=committed("two-phase", queue={"lease_us": 1 * S}, coordinator={"resend_us": 3 * S}),
        breaks="duplicate_effect",
    ),
    "a decision is not forced to the log": Mutant(
        put_in=mistakes.decision_is_not_forced_to_the_log,
        scene=committed("two-phase", consumers=_BOTH),
        breaks="duplicate_effect",
        catalogue=("drop", "crash", "broker-crash"),
    ),
}
