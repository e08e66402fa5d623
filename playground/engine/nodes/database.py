"""What does a group's database do in a two-phase commit? It prepares, promises and obeys.

It is a process of its own, reached over a link of its own from the coordinator. Work that was not
prepared goes with the connection of whoever did it; prepared work stays until a verdict comes.
"""

from playground.engine.agenda import ASK, AgendaItem
from playground.engine.faults.crash import dies_at
from playground.engine.message import MESSAGE, NUMBER, Flight
from playground.engine.nodes.branch import Branch, apply_effect, doubt, sure
from playground.engine.nodes.node import Node
from playground.engine.parameters import ParticipantParameters
from playground.engine.records import BranchAborted, BranchCommitted, BranchPending
from playground.engine.transactions import ABORT, COMMIT, TXN, Transaction
from playground.engine.world import World


class GroupDatabase(Node):
    """The database of a group, as a participant."""

    __slots__ = ("branches", "forced", "group", "parameters", "tentative")

    parameters: ParticipantParameters  # type: ignore[assignment]

    def __init__(self, node_id: str, group: str) -> None:
        super().__init__(node_id)
        self.parameters = ParticipantParameters()
        self.group = group
        self.tentative: dict[int, int] = {}  # by transaction: the message that was worked on
        self.branches: dict[int, Branch] = {}  # prepared, on the disk
        self.forced = 0

    def numbers(self) -> list[int]:
        """The transactions that it knows of."""
        return [*self.tentative, *self.branches]

    def volatile(self) -> tuple[int, ...]:
        """Work that is not prepared."""
        return tuple(self.tentative.values())

    def _on_prepare(self, world: World, flight: Flight) -> None:
        if dies_at(world, self, "prepare-received", flight.message):
            return
        number = flight.load[TXN]
        transaction = world.transactions.get(number)
        can = number in self.branches
        if not can and transaction is not None and number in self.tentative:
            del self.tentative[number]
            book = world.ledger.groups[self.group]
            world.ledger.held_again(book, transaction.message)
            branch = Branch(number, world.now_us, has_output=True)
            self.branches[number] = doubt(world, transaction, branch)
            self.forced += 1
            world.because(
                BranchPending, self.id, self.group, transaction.message, number, "prepared"
            )
            ask_later(world, self, number, transaction)
            can = True
        if dies_at(world, self, "prepared", flight.message):
            return
        link = world.links.get(flight.route.link)
        if link is not None:
            voice = COMMIT if can else ABORT
            world.send(link, "VOTE", flight.row[MESSAGE], voice, flight.load)

    def _on_decide(self, world: World, flight: Flight) -> None:
        if dies_at(world, self, "verdict-received", flight.message):
            return
        self.end(world, flight.load[TXN], is_commit=flight.row[NUMBER] == COMMIT)
        if dies_at(world, self, "decided", flight.message):
            return
        link = world.links.get(flight.route.link)
        if link is not None:
            world.send(link, "DECIDED", flight.row[MESSAGE], 0, flight.load)

    takes = {"PREPARE": _on_prepare, "DECIDE": _on_decide}  # noqa: RUF012, never changed

    def end(self, world: World, number: int, *, is_commit: bool) -> None:
        """The verdict; one that it has had already changes nothing."""
        self.tentative.pop(number, None)
        branch = self.branches.pop(number, None)
        transaction = world.transactions.get(number)
        if branch is None or transaction is None:
            return
        self.forced += 1
        book = sure(world, transaction, branch)
        if book is None:
            return
        message = transaction.message
        if is_commit:
            world.because(BranchCommitted, self.id, self.group, message, number)
            apply_effect(world, transaction)
        else:
            world.because(BranchAborted, self.id, self.group, message, number, "abort")
        # Undone while the queue's part is final: nobody will ever do it again.
        is_split = not is_commit and message not in book.ended_by
        world.ledger.held_died(book, message, "coordinator-crash" if is_split else "")

    def on_ask(self, world: World, item: AgendaItem) -> None:
        """Still no verdict: what has become of it?"""
        ask(world, self, item)

    def on_crash(self, world: World) -> None:
        """What is prepared is on the disk."""
        self.tentative = {}

    def on_restart(self, world: World) -> None:
        """It asks at once for what it does not know."""
        for number in self.branches:
            world.schedule(world.now_us, ASK, self.id, number, self.incarnation)

    def fork(self) -> "GroupDatabase":
        """An independent copy."""
        twin: GroupDatabase = GroupDatabase.__new__(GroupDatabase)
        self.copy_life_to(twin)
        for name in GroupDatabase.__slots__:
            value = getattr(self, name)
            setattr(twin, name, value.copy() if isinstance(value, dict) else value)
        return twin


def database_of(world: World, group: str) -> GroupDatabase | None:
    """The participant of a group; None where no coordinator reaches its queue."""
    for node in world.nodes.values():
        if isinstance(node, GroupDatabase) and node.group == group:
            return node
    return None


def tentative_work(world: World, transaction: Transaction) -> bool:
    """Work in an open transaction of the database. False where it is down."""
    database = database_of(world, transaction.group)
    if database is None or not database.is_up:
        return False
    database.tentative[transaction.number] = transaction.message
    return True


def ask_later(world: World, database: GroupDatabase, number: int, transaction: Transaction) -> None:
    """A prepared branch asks for its verdict, again and again."""
    coordinator = world.nodes.get(transaction.coordinator)
    if coordinator is not None:
        every_us = getattr(coordinator.parameters, "resend_us", 0)
        world.schedule(world.now_us + every_us, ASK, database.id, number, database.incarnation)


def ask(world: World, database: GroupDatabase, item: AgendaItem) -> None:
    """INQUIRE, if there is still something to ask."""
    transaction = world.transactions.get(item.first)
    if item.second != database.incarnation or item.first not in database.branches:
        return
    assert transaction is not None
    link = world.links.get((transaction.coordinator, database.id))
    if link is not None:
        world.send(
            link, "INQUIRE", transaction.message, 0,
            (database.incarnation, transaction.offset, transaction.token, None, item.first),
        )  # fmt: skip
        ask_later(world, database, item.first, transaction)
