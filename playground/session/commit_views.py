"""How do those look who commit: a coordinator with its log, and a group's part of the database?"""

from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import ONGOING, Entry, participants_of
from playground.engine.nodes.database import GroupDatabase
from playground.engine.transactions import COMMIT
from playground.engine.world import World
from playground.session.commit_frames import (
    CoordinatorView,
    DatabaseView,
    OpenTransaction,
    Prepared,
)

MOST_OPEN = 3


def coordinator_view(world: World, node: Coordinator, armed: tuple[str, ...]) -> CoordinatorView:
    """What its log says, and whom it waits for."""
    entries = node.open_entries()
    return CoordinatorView(
        id=node.id,
        is_up=node.is_up,
        is_paused=node.is_paused,
        paused_us=node.paused_us,
        restarts_us=node.restarts_us,
        crashed_us=node.crashed_us,
        log=node.parameters.log,
        open=tuple(_row(world, node, entry) for entry in entries[:MOST_OPEN]),
        open_total=len(entries),
        committed=node.committed,
        aborted=node.aborted,
        armed=armed,
        is_connected=bool(world.links_of[node.id]),
    )


def _row(world: World, node: Coordinator, entry: Entry) -> OpenTransaction:
    transaction = world.transactions[entry.number]
    places = participants_of(world, transaction)
    is_open = entry.state == ONGOING
    if is_open:
        state = "preparing" if entry.is_two_phase else "begun"
    else:
        state = "committing" if entry.verdict == COMMIT else "aborting"
    # Nobody votes in a read-process-write: until it is asked to commit, its client works.
    waits = () if state == "begun" else tuple(each for each in places if each not in entry.voices)
    return OpenTransaction(
        entry.number,
        transaction.message,
        world.ledger.number[transaction.message],
        entry.consumer,
        state,
        entry.since_us,
        entry.since_us + node.parameters.timeout_us if is_open else None,
        waits,
    )


def database_view(world: World, node: GroupDatabase, armed: tuple[str, ...]) -> DatabaseView:
    """What it has promised, and does not know the end of."""
    number, transactions = world.ledger.number, world.transactions
    return DatabaseView(
        id=node.id,
        group=node.group,
        is_up=node.is_up,
        is_paused=node.is_paused,
        paused_us=node.paused_us,
        restarts_us=node.restarts_us,
        crashed_us=node.crashed_us,
        tentative=len(node.tentative),
        prepared=tuple(
            Prepared(number[transactions[each].message], branch.since_us)
            for each, branch in node.branches.items()
        ),
        armed=armed,
        is_connected=bool(world.links_of[node.id]),
    )
