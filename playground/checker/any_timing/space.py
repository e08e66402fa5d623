"""Which states follow from a state? Every step is done once on the engine, then remembered.

What a handler reads is its own node, the database of its group and the ledger (a queue: all queues
and databases); so the outcome of a step is remembered for these parts, and when it is met again,
whatever the rest of the state, nothing has to be run. Nothing here knows the protocol.
"""

from playground.checker.any_timing.bench import connections_in
from playground.checker.any_timing.commit_steps import committing
from playground.checker.any_timing.moves import Admits, Move, Moves, Outcome
from playground.checker.any_timing.parts import hands_of
from playground.checker.any_timing.patience import MANY, Patience
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.recall import Recall
from playground.checker.any_timing.rules import Rules
from playground.checker.any_timing.runner import Runner
from playground.checker.any_timing.step import EARLY, FREE, Step
from playground.checker.any_timing.steps import tokens_in_hands
from playground.checker.bounds import FaultKind
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.transactions import TXN
from playground.engine.world import World

MOST_COPIES = 3
"""Of one message, on its way and in hands: more are not made by timers that fire too early."""

Successor = tuple[Outcome, State]
"""What was done and the state that it leads to."""


class Space:
    """The states of one scene under one catalogue of faults."""

    def __init__(
        self,
        world: World,
        rules: Rules,
        catalogue: frozenset[FaultKind],
        patience: Patience,
        any_time: bool = False,
        admits: Admits = lambda kind, node, packet: True,
        is_plain: bool = False,
    ) -> None:
        for group in world.ledger.groups:
            world.database(group)
        self.catalogue = catalogue
        self.pool = pool = Pool(world, rules)
        self.moves = Moves(world, pool, catalogue, patience, any_time, admits)
        self.runner = Runner(world, pool, catalogue, admits)
        self.recall = Recall(self.runner, world.ledger, is_plain)
        self.was_cut_off = False  # whether an impatient timer was followed no further
        self._copies = patience.copies
        self._hands: dict[int, frozenset[int]] = {}
        self.start = pool.canonical(
            [
                *(pool.node(node) for node in list(world.nodes.values())),
                *(pool.database(group, world.databases[group]) for group in pool.groups),
                pool.transactions(world.transactions),
                pool.ledger(world.ledger),
                pool.flights([pool.packet(each) for each in connections_in(world)]),
            ]
        )
        self._coordinators = [
            place
            for place, part in enumerate(self.start[: len(pool.node_ids)])
            if isinstance(pool.objects[part], Coordinator)
        ]
        self._committing: dict[tuple[int, ...], frozenset[tuple[str, int]]] = {}

    # ------------------------------------------------------------------ successors

    def free(self, state: State) -> list[Successor]:
        """What may follow without any fault."""
        found: list[Successor] = []
        pool, follow = self.pool, self._follow
        tags = pool.tags[state[pool.flights_index]]
        for move in self._arrivals(state):
            found.append(follow(state, move))
        of_part = self.moves.of_part
        for part in state[: self.moves.node_count]:
            for move in of_part.get(part) or self.moves.at(part):
                if not move.step.waits:
                    if move.cost == FREE:
                        found.append(follow(state, move))
                elif self._may_fire(state, move, tags):
                    found.append(follow(state, move))
        return found

    def faults(self, state: State) -> list[Successor]:
        """What may follow at the cost of one fault."""
        found: list[Successor] = []
        pool, follow = self.pool, self._follow
        flights = state[pool.flights_index]
        tags = pool.tags[flights]
        last = -1
        for packet in pool.objects[flights]:
            if packet != last:
                last = packet
                for move in self.moves.on(packet).faults:
                    found.append(follow(state, move))
        for move in self._arrivals(state):
            self._gates(state, move, found)
        late = "late" in self.catalogue
        for part in state[: self.moves.node_count]:
            for move in self.moves.at(part):
                if move.step.waits:
                    if self._may_fire(state, move, tags):
                        self._gates(state, move, found)
                    elif late and self.is_early_fault(state, move, tags):
                        found.append(follow(state, move))
                elif move.cost == FREE:
                    self._gates(state, move, found)
                elif not (move.needs and move.needs not in tags):
                    found.append(follow(state, move))
        return found

    def _arrivals(self, state: State) -> list[Move]:
        """The packets that can be the next to arrive: on a stream the first, else any."""
        pool = self.pool
        flights = state[pool.flights_index]
        tags, lanes, objects = pool.tags[flights], pool.lanes, pool.objects
        found, last = [], -1
        met = None
        for packet in objects[flights]:
            if packet == last:
                continue
            last, lane = packet, lanes[packet]
            if lane:
                if lane == met:
                    continue
                met = lane
            move = self.moves.on(packet).arrival
            # A paused process takes nothing.
            if (
                not (move.behind and move.behind in tags)
                and not objects[state[move.footprint[0]]].is_paused
            ):
                found.append(move)
        return found

    def _may_fire(self, state: State, move: Move, tags: frozenset[object]) -> bool:
        """Whether this timer may fire without a fault: nothing can answer it, or it is impatient.

        An impatient one could send for ever; so many copies, and it is followed no further.
        """
        if not self._is_busy(state, move, tags):
            return True
        if self.is_early_fault(state, move, tags):
            return False
        if self._copies_of(state, move.step) < MOST_COPIES:
            return True
        self.was_cut_off = True
        return False

    def is_early_fault(self, state: State, move: Move, tags: frozenset[object]) -> bool:
        """Whether it would be a fault if this timer fired now."""
        if move.cost != EARLY or not self._is_busy(state, move, tags):
            return False
        return not (move.step.kind == "lease" and self._is_too_much(state, move))

    def _is_busy(self, state: State, move: Move, tags: frozenset[object]) -> bool:
        """Whether what this timer waits for can still come."""
        for tag in move.step.waits:
            if tag in tags:
                return True
        if move.held_place >= 0 and move.step.number in self._tokens(state[move.held_place]):
            return True
        return (
            self.pool.has_commits
            and move.step.kind == "lease"
            and (move.step.node, move.step.number) in self._about_to_commit(state)
        )

    def _about_to_commit(self, state: State) -> frozenset[tuple[str, int]]:
        """The deliveries, by queue and token, of which a transaction may still take the lease."""
        pool = self.pool
        key = (state[pool.flights_index], state[pool.transactions_index],
               *(state[place] for place in self._coordinators))  # fmt: skip
        found = self._committing.get(key)
        if found is None:
            packets = (pool.packets[packet] for packet in pool.objects[key[0]])
            nodes = (pool.objects[part] for part in key[2:])
            found = self._committing[key] = committing(packets, pool.objects[key[1]], nodes)
        return found

    def _tokens(self, part: int) -> frozenset[int]:
        hands = self._hands.get(part)
        if hands is None:
            hands = self._hands[part] = tokens_in_hands(self.pool.objects[part])
        return hands

    def _copies_of(self, state: State, step: Step) -> int:
        """How many packets and deliveries of its message there are, or packets of its transaction.

        Of a transaction they are counted for each way to go, since one round takes several.
        """
        pool, message = self.pool, step.message
        packets = [pool.packets[packet] for packet in pool.objects[state[pool.flights_index]]]
        if message < 0:
            ways = [(it.source, it.target) for it in packets if it.load[TXN] == step.offset]
            return max([ways.count(way) for way in ways], default=0)
        copies: int = sum(it.message == message for it in packets)
        for part in state[: self.moves.node_count]:
            node = pool.objects[part]
            if isinstance(node, Consumer):
                copies += sum(held.message == message for held in hands_of(node))
        return copies

    def _is_too_much(self, state: State, move: Move) -> bool:
        """Whether the consumer has more to do than fits into a lease."""
        consumer, pool = move.step.held, self.pool
        most = self._copies.get(consumer, MANY)
        if most >= MANY:
            return False
        held = sum(token > 0 for token in self._tokens(state[move.held_place]))
        for packet in pool.objects[state[pool.flights_index]]:
            it = pool.packets[packet]
            held += it.kind == "DELIVER" and it.target == consumer
        return held > most

    def _follow(self, state: State, move: Move) -> Successor:
        outcome = self.recall.outcome(state, move)
        return outcome, self._apply(state, move.packet, outcome)

    def _gates(self, state: State, move: Move, found: list[Successor]) -> None:
        """The same step, with its node dying or stopping somewhere inside it."""
        for outcome in self.recall.gates(state, move):
            found.append((outcome, self._apply(state, move.packet, outcome)))

    def _apply(self, state: State, packet: int, outcome: Outcome) -> State:
        pool = self.pool
        new = list(state)
        for place, part in outcome.changes:
            new[place] = part
        if packet >= 0 or outcome.sent:
            new[-1] = pool.on_its_way(new[-1], packet, outcome.sent)
        if outcome.stops:
            new[-1] = pool.held_up(new[-1], outcome.stops)
        if new[-1] in pool.connections:
            new[-1] = pool.without_idle_connections(new)
        return pool.canonical(new)

    def words(self, state: State, outcome: Outcome) -> str:
        """The line of a trace for what was done in this state."""
        tags = self.pool.tags[state[self.pool.flights_index]]
        is_early = self.is_early_fault(state, outcome.move, tags)
        return self.runner.words(state, outcome, is_early)
