"""Does a key hold everything of the engine's state that a handler can read?

Every attribute of the engine's classes is named here, with what became of it. Whoever adds one
has to decide.
"""

import pytest

from playground.engine.durable import Database
from playground.engine.ledger import GroupLedger, Ledger, MessageTable
from playground.engine.nodes.branch import Branch
from playground.engine.nodes.client import Client
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import Entry as Logged
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.intent import Intent
from playground.engine.nodes.node import Node
from playground.engine.nodes.outputs import Output
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import Slot, Subscription


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


IN_THE_KEY: dict[type, frozenset[str]] = {
    Node: names("incarnation is_paused is_up"),
    Producer: names("buffer produced sequence session unconfirmed"),
    Intent: names("attempt counts message sequence session waits_for"),
    Consumer: names("awaits buffer client current is_suppressed memory step work_from_us"),
    Queue: names("branches dedup ended log outputs subscriptions"),
    Entry: names("appended_us is_owed message offset pending"),
    Subscription: names("acked_tokens connected group last_served slots unacked unflushed"),
    Slot: names("consumer count incarnation message offset state token"),
    Database: names("fences inbox marks message_fences"),
    Ledger: frozenset(),
    MessageTable: names("child_alive count groups number origin producer queue status upstream"),
    GroupLedger: names(
        "cause delivered doubts effects ended_by held orders out_of_order parked reexecuted sides"
        " state torn"
    ),
    Coordinator: names("epochs floor log"),
    GroupDatabase: names("branches tentative"),
}
# What never changes in a search, follows from the key, is counted or shown only, or is a moment.
LEFT_OUT: dict[type, frozenset[str]] = {
    Node: names(
        "armed crash_kind crash_took crashed_us deferred id link outage paused_us restarts_us"
        " resumes_us waiting watcher is_open is_plain judged"
    ),
    Producer: names(
        "arrival arrivals_from_us attempts confirmed fired forgotten gave_up index"
        " numbers_before parameters schedule_id gaps gaps_start"
    ),
    Intent: names("since_us timer until_us"),
    Consumer: names(
        "failed fails_next group last_suppressed may_die may_fail parameters program storm"
        " suppressed_us tick work_left_us work_pages work_until_us"
    ),
    Queue: names(
        "acked appended crash_lost dead_lettered deduplicated expired flush_due_us next_offset"
        " next_token parameters rejected retention_due retention_timer"
    ),
    Entry: frozenset(),
    Subscription: names("acked_tag members order ready unfinished"),
    Slot: names("acked_us born_us expiry_us key leased_us"),
    Database: frozenset(),
    Ledger: frozenset(),
    MessageTable: names(
        "amount capacity groups_of key names on_lost producers queues submitted_us"
    ),
    GroupLedger: names(
        "applied_many applied_once begun dead_lettered deliveries duplicate_deliveries"
        " duplicate_effects effect_total fenced group in_doubt in_flight is_open latency lost"
        " lost_by_cause money_dead money_is money_lost money_settled nacked produced queue regress"
        " stale_acks suppressed wait"
    ),
}
# Of transactions; what is counted there only.
for kind, more in {
    Consumer: "",
    Queue: "auto_acked forced",
    GroupLedger: "aborted blocked by_transaction duplicate_side_effects marked side_effects",
    Coordinator: "aborted begun committed forced parameters",
    GroupDatabase: "forced group parameters",
}.items():
    LEFT_OUT[kind] = LEFT_OUT.get(kind, frozenset()) | names(more)


@pytest.mark.parametrize("kind", IN_THE_KEY, ids=lambda kind: kind.__name__)
def test_every_attribute_is_in_the_key_or_left_out_on_purpose(kind: type) -> None:
    found = frozenset(kind.__slots__)
    assert found - IN_THE_KEY[kind] - LEFT_OUT[kind] == frozenset()
    assert IN_THE_KEY[kind] | LEFT_OUT[kind] <= found


def test_every_field_of_a_transaction_s_rows_is_known_here() -> None:
    """Rows are tuples, taken field by field; only moments stay outside, but for a lazy disk's."""
    assert Client._fields == ("epoch", "number", "waits", "verdict")
    assert Logged._fields == (
        "number", "consumer", "is_two_phase", "since_us", "state", "verdict", "voices",
    )  # fmt: skip
    assert Branch._fields == (
        "number", "since_us", "has_output", "has_offset", "is_held", "is_in_doubt",
    )  # fmt: skip
    assert Output._fields == ("number", "message", "verdict", "decided_us")
