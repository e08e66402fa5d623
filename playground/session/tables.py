"""What does the scoreboard say?"""

from playground.engine.ledger import GroupLedger
from playground.engine.nodes.consumer import Consumer
from playground.engine.world import World
from playground.session.frame import GroupRow


def group_rows(world: World) -> tuple[GroupRow, ...]:
    """The scoreboard, a row a group, in the order in which the groups came."""
    members: dict[str, list[Consumer]] = {}
    for node in world.nodes.values():
        if isinstance(node, Consumer) and node.link is not None:
            members.setdefault(node.group, []).append(node)
    return tuple(
        _row(book, members[book.group])
        for book in world.ledger.groups.values()
        if book.group in members
    )


def _row(book: GroupLedger, members: list[Consumer]) -> GroupRow:
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
