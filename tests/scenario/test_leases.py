"""Is a lease that is too short for what a consumer holds told before the run shows it?"""

import pytest

from playground.scenario.build import simulate
from playground.scenario.caveats import warnings
from playground.scenario.load import load_text
from playground.scenario.model import Scenario

MESSAGES = 24
FILE = """\
format: 1
nodes:
  shop: {{kind: producer, rate: 9 /s, arrivals: burst, burst: 24, limit: 24, window: 24,
         identity: message-id, outbox: true}}
  orders: {{kind: queue, deduplicate: message-id, lease: {lease}}}
  billing: {{kind: consumer, guarantee: exactly-once, {how}, prefetch: {prefetch}, work: 100 ms}}
links:
  - {{from: shop, to: orders}}
  - {{from: orders, to: billing, latency: {latency}}}
"""
FENCED = "how: transaction, fencing: true"
TWO_PHASES = "how: two-phase"


def scene(how: str, prefetch: int, lease: str, latency: str = "20 ms") -> Scenario:
    text = FILE.format(how=how, prefetch=prefetch, lease=lease, latency=latency)
    return load_text(text)


def told(scenario: Scenario) -> list[str]:
    return [each.sentence for each in warnings(scenario) if each.code == "T7"]


@pytest.mark.parametrize(
    ("how", "prefetch", "too_short", "enough", "latency"),
    [
        (FENCED, 4, "879 ms", "880 ms", "20 ms"),
        (TWO_PHASES, 4, "719 ms", "720 ms", "20 ms"),
        (TWO_PHASES, 1, "179 ms", "180 ms", "20 ms"),
        (TWO_PHASES, 8, "8.799 s", "8.8 s", "250 ms"),
    ],
)
def test_it_is_told_exactly_where_the_run_comes_to_a_standstill(
    how: str, prefetch: int, too_short: str, enough: str, latency: str
) -> None:
    for lease, applied_all in ((too_short, False), (enough, True)):
        scenario = scene(how, prefetch, lease, latency)
        simulator = simulate(scenario)
        simulator.run_until(60_000_000)
        book = simulator.world.ledger.groups["billing"]
        assert (book.applied_once == MESSAGES) == applied_all
        assert (told(scenario) == []) == applied_all


def test_the_sentence_says_what_to_do() -> None:
    assert told(scene(TWO_PHASES, 8, "3 s", "250 ms")) == [
        "'billing' takes 1.1 s to commit a message and holds 8: they outlive their lease of 3 s "
        "and are refused, again and again. Set prefetch: 2, or a longer lease."
    ]
    assert told(scene(FENCED, 1, "200 ms")) == [
        "'billing' takes 220 ms to commit a message, longer than the lease of 200 ms: it is "
        "refused, again and again. Set a longer lease."
    ]
    assert "are committed twice." in told(scene("how: transaction", 4, "500 ms"))[0]


def test_who_renews_the_lease_or_needs_no_coordinator_is_not_warned() -> None:
    assert told(scene(f"{FENCED}, renew_lease: 100 ms", 4, "300 ms")) == []
    assert told(scene("how: inbox", 4, "300 ms")) == []
    assert told(scene(FENCED, 4, "unlimited")) == []
