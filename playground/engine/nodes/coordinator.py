"""Who decides whether a transaction commits? A process with a log; writing there is the decision.

For ``transaction`` it is Kafka's transaction coordinator (KIP-98): a transaction is in its log from
the first partition on, PREP_COMMIT is the point of no return, and MARKERs follow until they are
answered. For ``two-phase`` it is XA's transaction manager with presumed abort: only a commit is
logged, and whoever asks for what is not there is told that it was aborted.
"""

from playground.engine.agenda import TXN_TIMEOUT, AgendaItem
from playground.engine.faults.crash import dies_at
from playground.engine.message import NUMBER, Flight, Load
from playground.engine.nodes.coordinator_log import (
    DECIDED,
    ENDED,
    ONGOING,
    WORDS,
    Entry,
    Epoch,
    load_of,
    participants_of,
)
from playground.engine.nodes.decision import answer, decide, refuse, send_round
from playground.engine.nodes.node import Node
from playground.engine.parameters import CoordinatorParameters
from playground.engine.records import (
    EpochBegun,
    TransactionBegun,
    TransactionEnded,
)
from playground.engine.transactions import ABORT, COMMIT, TXN, Transaction, next_number
from playground.engine.world import World


class Coordinator(Node):
    """A coordinator in a running world."""

    __slots__ = ("aborted", "begun", "committed", "epochs", "floor", "forced", "log", "parameters")

    parameters: CoordinatorParameters

    def __init__(self, node_id: str, parameters: CoordinatorParameters) -> None:
        super().__init__(node_id)
        self.parameters = parameters
        self.log: dict[int, Entry] = {}  # by number, oldest first
        self.epochs: dict[str, Epoch] = {}  # by consumer
        self.floor = 0  # two-phase: what is not in the log up to this number was aborted
        self.begun = self.committed = self.aborted = 0
        self.forced = 0

    def numbers(self) -> list[int]:
        """The transactions that it knows of."""
        return list(self.log)

    def volatile(self) -> tuple[int, ...]:
        """No message is kept here."""
        return ()

    def open_entries(self) -> list[Entry]:
        """What is not over yet, oldest first."""
        return [entry for entry in self.log.values() if entry.state != ENDED]

    # ------------------------------------------------------------------ what consumers ask

    def _on_init(self, world: World, flight: Flight) -> None:
        """INIT_PID: a new life of a consumer fences the old one and ends what it left open."""
        consumer, incarnation = flight.source, flight.incarnation
        epoch = self.epochs.get(consumer)
        if epoch is None or epoch.incarnation < incarnation:
            self._new_epoch(world, consumer, incarnation)
            for entry in self.open_entries():
                if entry.consumer == consumer and entry.state == ONGOING and not entry.is_two_phase:
                    decide(world, self, entry, ABORT, "fenced")
                    if not self.is_up:
                        return
        elif epoch.incarnation > incarnation:
            return
        link = world.links.get(flight.route.link)
        if link is not None:
            load: Load = (incarnation, 0, 0, None, self.epochs[consumer].number)
            world.send(link, "PID_OK", flight.message, 0, load)

    def _new_epoch(self, world: World, consumer: str, incarnation: int) -> None:
        self.epochs[consumer] = Epoch(next_number(world), incarnation)
        self.force()
        world.because(EpochBegun, self.id, consumer, self.epochs[consumer].number)

    def _on_add(self, world: World, flight: Flight) -> None:
        """ADD_PARTITIONS: from here on the transaction is known, and can be timed out."""
        transaction = world.transactions.get(flight.load[TXN])
        if transaction is None:
            return
        epoch = self.epochs.get(transaction.consumer)
        entry = self.log.get(transaction.number)
        if epoch is None or epoch.number != transaction.epoch:
            refuse(world, self, flight, transaction, "epoch")
        elif entry is not None and entry.state != ONGOING:
            refuse(world, self, flight, transaction, "ended")
        elif entry is not None or not self._has_newer(transaction):
            if entry is None:
                self._open(world, transaction)
                self.force()
            answer(world, flight, "ADD_OK", 0)

    def _has_newer(self, transaction: Transaction) -> bool:
        """Its client has gone on to another one: this is a late copy of an old request."""
        consumer, number = transaction.consumer, transaction.number
        return any(each.consumer == consumer and each.number > number for each in self.log.values())

    def _open(self, world: World, transaction: Transaction) -> Entry:
        number, consumer = transaction.number, transaction.consumer
        for old in [each for each in self.log.values() if each.consumer == consumer]:
            if old.state == ENDED:
                # Its client has gone on: nobody will ask for its outcome any more.
                del self.log[old.number]
        entry = Entry(number, consumer, transaction.is_two_phase, world.now_us)
        self.log[number] = entry
        self.begun += 1
        world.because(TransactionBegun, self.id, consumer, transaction.message, number)
        at_us = world.now_us + self.parameters.timeout_us
        world.schedule(at_us, TXN_TIMEOUT, self.id, number)
        return entry

    def _on_end(self, world: World, flight: Flight) -> None:
        """END_TXN: commit or abort; asked again, it answers again."""
        number = flight.load[TXN]
        transaction, entry = world.transactions.get(number), self.log.get(number)
        if transaction is None or dies_at(world, self, "received", flight.message):
            return
        wish = flight.row[NUMBER]
        if entry is None:
            refuse(world, self, flight, transaction, "unknown")
        elif entry.state == ONGOING:
            decide(world, self, entry, wish, "asked")
        elif entry.verdict != wish:
            refuse(world, self, flight, transaction, "ended")
        else:
            answer(world, flight, "END_OK", entry.verdict)

    def _on_request(self, world: World, flight: Flight) -> None:
        """REQ: everybody is asked for a vote; asked again, it answers once it knows."""
        number = flight.load[TXN]
        transaction, entry = world.transactions.get(number), self.log.get(number)
        if transaction is None or dies_at(world, self, "received", flight.message):
            return
        if entry is None and number <= self.floor:
            # Whoever took part may have asked since the crash, and was told so.
            answer(world, flight, "REQ_OK", ABORT)
        elif entry is None and not self._has_newer(transaction):
            entry = self._open(world, transaction)
            send_round(world, self, entry)
        elif entry is not None and entry.state != ONGOING:
            answer(world, flight, "REQ_OK", entry.verdict)

    # ------------------------------------------------------------------ what participants say

    def _on_vote(self, world: World, flight: Flight) -> None:
        entry = self.log.get(flight.load[TXN])
        if entry is None or entry.state != ONGOING:
            return
        if flight.row[NUMBER] != COMMIT:
            decide(world, self, entry, ABORT, "vote")
            return
        entry = self._hear(entry, flight.source)
        places = participants_of(world, world.transactions[entry.number])
        if len(places) == 2 and set(places) <= set(entry.voices):
            decide(world, self, entry, COMMIT, "asked")

    def _on_obeyed(self, world: World, flight: Flight) -> None:
        """MARKER_OK or DECIDED: when all have answered, the transaction is over."""
        entry = self.log.get(flight.load[TXN])
        if entry is None or entry.state != DECIDED:
            return
        self._end_if_obeyed(world, self._hear(entry, flight.source))

    def _end_if_obeyed(self, world: World, entry: Entry) -> bool:
        places = participants_of(world, world.transactions[entry.number])
        is_over = set(places) <= set(entry.voices)
        if is_over:
            self.finish(world, entry)
        return is_over

    def _hear(self, entry: Entry, place: str) -> Entry:
        if place not in entry.voices:
            entry = self.log[entry.number] = entry._replace(voices=(*entry.voices, place))
        return entry

    def finish(self, world: World, entry: Entry) -> None:
        """COMMITTED or ABORTED in the log: nobody has to be told any more."""
        self.log[entry.number] = entry._replace(state=ENDED)
        if not entry.is_two_phase:
            self.force()
        transaction = world.transactions[entry.number]
        world.because(
            TransactionEnded, self.id, transaction.message, entry.number, WORDS[entry.verdict]
        )

    def _on_inquire(self, world: World, flight: Flight) -> None:
        """A participant in doubt: by the log, and what is not there was aborted."""
        number = flight.load[TXN]
        transaction, entry = world.transactions.get(number), self.log.get(number)
        if transaction is None or (entry is not None and entry.state == ONGOING):
            return
        verdict = ABORT if entry is None else entry.verdict
        packet = "DECIDE" if transaction.is_two_phase else "MARKER"
        link = world.links.get((self.id, flight.source))
        if link is not None:
            world.send(link, packet, transaction.message, verdict, load_of(transaction))

    takes = {  # noqa: RUF012, never changed
        "INIT_PID": _on_init,
        "ADD_PARTITIONS": _on_add,
        "END_TXN": _on_end,
        "REQ": _on_request,
        "VOTE": _on_vote,
        "DECIDED": _on_obeyed,
        "MARKER_OK": _on_obeyed,
        "INQUIRE": _on_inquire,
    }

    # ------------------------------------------------------------------ timers and life

    def on_timeout(self, world: World, item: AgendaItem) -> None:
        """It has been open for too long: abort it, and fence whoever still works on it."""
        entry = self.log.get(item.first)
        if entry is None or entry.state != ONGOING:
            return
        if world.now_us < entry.since_us + self.parameters.timeout_us:
            return
        epoch = self.epochs.get(entry.consumer)
        if epoch is not None and not entry.is_two_phase:
            self._new_epoch(world, entry.consumer, epoch.incarnation)
        decide(world, self, entry, ABORT, "timeout")

    def on_resend(self, world: World, item: AgendaItem) -> None:
        """Somebody may not have answered yet."""
        entry = self.log.get(item.first)
        if entry is None or entry.state == ENDED or item.second != self.incarnation:
            return
        # Whoever it waits for may have been removed meanwhile.
        if entry.state != DECIDED or not self._end_if_obeyed(world, entry):
            send_round(world, self, entry)

    def on_crash(self, world: World) -> None:
        """What was not forced to the log is gone; with a log in memory everything is."""
        if self.parameters.log == "memory":
            self.log = {}
            self.epochs = {}
            return
        self.log = {
            number: entry
            for number, entry in self.log.items()
            if not entry.is_two_phase or (entry.state != ONGOING and entry.verdict == COMMIT)
        }

    def on_restart(self, world: World) -> None:
        """It reads its log and goes on where that ends."""
        self.floor = world.next_transaction - 1
        for entry in self.open_entries():
            if not self.is_up:
                return
            if entry.state == ONGOING:
                at_us = max(world.now_us, entry.since_us + self.parameters.timeout_us)
                world.schedule(at_us, TXN_TIMEOUT, self.id, entry.number)
            else:
                send_round(world, self, entry)

    def force(self) -> None:
        """The log is written and waited for."""
        if self.parameters.log == "sync":
            self.forced += 1

    def fork(self) -> "Coordinator":
        """An independent copy."""
        twin: Coordinator = Coordinator.__new__(Coordinator)
        self.copy_life_to(twin)
        for name in Coordinator.__slots__:
            value = getattr(self, name)
            setattr(twin, name, value.copy() if isinstance(value, dict) else value)
        return twin
