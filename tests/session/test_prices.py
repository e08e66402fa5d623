"""Is a price what the engine has counted, and nothing where nothing was counted?"""

import pytest

from playground.engine.forced import forced_writes, forced_writes_of_group
from playground.engine.nodes.database import GroupDatabase
from playground.engine.parameters import How
from playground.session.frame import Price
from playground.session.session import Session
from tests.session.committing import MS, S, at, in_doubt, scene


def prices(session: Session) -> dict[str, Price]:
    return {price.group: price for price in session.frame().prices}


@pytest.mark.parametrize("how", ["inbox", "transaction", "two-phase"])
def test_every_forced_write_of_the_engine_belongs_to_a_group(how: How) -> None:
    session = at(scene(how), 9 * S)
    world = session.simulator.world
    told = prices(session)
    queue = world.nodes["orders"]
    nodes = [node for node in world.nodes.values() if not isinstance(node, GroupDatabase)]
    counted = sum(forced_writes(world, node) for node in nodes)
    counted += sum(forced_writes_of_group(world, book) for book in world.ledger.groups.values())
    appended = queue.appended  # type: ignore[attr-defined]
    # An append serves both groups, so both pay for it.
    assert told["billing"].forced + told["metrics"].forced == counted + appended


def test_a_coordinators_packets_are_the_price_of_its_group_alone() -> None:
    session = at(scene("transaction"), 9 * S)
    links = session.simulator.world.links
    told = prices(session)
    shared = links["shop", "orders"].sent
    assert told["metrics"].packets == shared + links["orders", "metrics"].sent
    own = (("orders", "billing"), ("billing", "coordinator"), ("coordinator", "orders"))
    assert told["billing"].packets == shared + sum(links[key].sent for key in own)


def test_a_mean_is_told_only_where_somebody_waited() -> None:
    told = prices(at(scene("transaction"), 9 * S))
    # Four answers, each there and back: an epoch once, partitions, writes and the commit.
    assert told["billing"].consumer_us == pytest.approx(240 * MS, rel=0.05)
    assert told["billing"].reader_us == 0
    assert told["metrics"].consumer_us is None
    assert told["metrics"].reader_us is None
    assert told["metrics"].producer_us == told["billing"].producer_us == 80 * MS
    first = prices(at(scene("transaction"), 10 * MS))["billing"]
    assert (first.applied, first.latency_us, first.producer_us) == (0, None, None)


def test_going_back_takes_the_price_of_that_moment_along() -> None:
    session = in_doubt()
    session.run_to(9 * S)
    late = session.frame().prices
    session.seek(4_300 * MS)
    assert prices(session) == prices(in_doubt())
    session.seek(9 * S)
    assert session.frame().prices == late
