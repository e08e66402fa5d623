"""What does the scoreboard say?"""

from playground.engine.ledger import GroupLedger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.database import database_of
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import TRANSACTIONS
from playground.engine.world import World
from playground.session.frame import GroupRow


def group_rows(world: World) -> tuple[GroupRow, ...]:
    """The scoreboard, a row a group, in the order in which the groups came."""
    members: dict[str, list[Consumer]] = {}
    for node in world.nodes.values():
        if isinstance(node, Consumer) and node.link is not None:
            members.setdefault(node.group, []).append(node)
    return tuple(
        _row(world, book, members[book.group])
        for book in world.ledger.groups.values()
        if book.group in members
    )


def _row(world: World, book: GroupLedger, members: list[Consumer]) -> GroupRow:
    row = _counted(book, members)
    hows = {node.parameters.effective_how for node in members}
    queue = world.nodes.get(book.queue)
    if isinstance(queue, Queue) and (book.in_doubt or not hows.isdisjoint(TRANSACTIONS)):
        return _with_commits(world, book, members, queue, row)
    return row


def _with_commits(
    world: World, book: GroupLedger, members: list[Consumer], queue: Queue, row: GroupRow
) -> GroupRow:
    """What is undecided, since when, and what a reader of the output sees."""
    outputs = queue.outputs.get(book.group, ())
    pending = sum(output.verdict < 0 for output in outputs)
    writes = any(node.parameters.effective_how == "transaction" for node in members)
    calls = any(node.parameters.effective_effect == "call" for node in members)
    return row._replace(
        pending=pending,
        blocked=len(outputs) - pending,
        stable=book.blocked.count if writes or outputs else None,
        doubt_us=_doubt_us(world, book, queue),
        calls=book.side_effects if calls else None,
        calls_twice=book.duplicate_side_effects,
    )


def _doubt_us(world: World, book: GroupLedger, queue: Queue) -> int:
    """Since when the oldest branch of the group is in doubt; -1 where none is."""
    if not book.in_doubt:
        return -1
    database = database_of(world, book.group)
    of_the_queue = (
        branch.since_us
        for number, branch in queue.branches.items()
        if branch.is_in_doubt and world.transactions[number].group == book.group
    )
    of_the_database = (branch.since_us for branch in database.branches.values()) if database else ()
    return min((*of_the_queue, *of_the_database), default=-1)


def _counted(book: GroupLedger, members: list[Consumer]) -> GroupRow:
    twice = book.money_is - (book.money_settled - book.money_lost - book.money_dead)
    return GroupRow(
        group=book.group,
        queue=book.queue,
        consumers=tuple(node.id for node in members),
        guarantee=members[0].parameters.guarantee,
        produced=book.produced,
        applied_once=book.applied_once,
        applied_many=book.applied_many,
        in_flight=book.in_flight,
        in_doubt=book.in_doubt,
        dead_lettered=book.dead_lettered,
        lost=book.lost,
        deliveries=book.deliveries,
        duplicate_deliveries=book.duplicate_deliveries,
        duplicate_effects=book.duplicate_effects,
        reexecuted=book.reexecuted,
        regress=book.regress,
        # Without a step back no key can be in an old state, and there may be many keys to look at.
        stale_final=book.stale_final if book.regress else 0,
        suppressed=book.suppressed,
        out_of_order=book.out_of_order,
        fenced=book.fenced,
        torn=book.torn,
        should_be=book.money_settled,
        really_is=book.money_is,
        money_lost=book.money_lost,
        money_dead=book.money_dead,
        money_twice=twice,
    )
