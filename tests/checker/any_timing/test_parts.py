"""Does a key hold everything of the engine's state that a handler can read?

Every attribute of the engine's classes is named here, with what became of it. Whoever adds one
has to decide.
"""

import pytest

from playground.engine.ledger import GroupLedger, Ledger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Intent, Producer
from playground.engine.nodes.queue import Entry, Queue
from playground.engine.nodes.subscription import Slot, Subscription
from playground.engine.world import Database


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


IN_THE_KEY: dict[type, frozenset[str]] = {
    Node: names("incarnation is_paused is_up"),
    Producer: names("buffer produced sequence session unconfirmed"),
    Intent: names("attempt counts message sequence session waits_for"),
    Consumer: names("awaits buffer current is_suppressed memory step work_from_us"),
    Queue: names("dedup log subscriptions"),
    Entry: names("appended_us is_owed message offset pending"),
    Subscription: names("acked_tokens connected group last_served slots unacked unflushed"),
    Slot: names("consumer count incarnation message offset state token"),
    Database: names("fences inbox marks message_fences"),
    Ledger: names("child_alive count groups number origin producer queue status upstream"),
    GroupLedger: names(
        "cause delivered effects ended_by held orders out_of_order parked reexecuted state torn"
    ),
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
    Ledger: names("amount capacity groups_of key names on_lost producers queues submitted_us"),
    GroupLedger: names(
        "applied_many applied_once begun dead_lettered deliveries duplicate_deliveries"
        " duplicate_effects effect_total fenced group in_doubt in_flight is_open latency lost"
        " lost_by_cause money_dead money_is money_lost money_settled nacked produced queue regress"
        " stale_acks suppressed wait"
    ),
}
# Of transactions, which are not searched without a clock; their counters too.
NOT_SEARCHED = names(
    "aborted auto_acked blocked branches by_transaction client doubts"
    " duplicate_side_effects ended forced marked"
    " outputs side_effects sides"
)


@pytest.mark.parametrize("kind", IN_THE_KEY, ids=lambda kind: kind.__name__)
def test_every_attribute_is_in_the_key_or_left_out_on_purpose(kind: type) -> None:
    found = frozenset(kind.__slots__)
    assert found - IN_THE_KEY[kind] - LEFT_OUT[kind] - NOT_SEARCHED == frozenset()
    assert IN_THE_KEY[kind] | LEFT_OUT[kind] <= found
