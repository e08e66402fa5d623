"""Which states follow from a state? Every step is done once on the engine, then remembered.

What a handler reads is its own node, the database of its group and the ledger (a queue: all queues
and databases); so the outcome of a step is remembered for these parts, and when it is met again,
whatever the rest of the state, nothing has to be run. Nothing here knows the protocol.
"""

from playground.checker.any_timing.bench import connections_in
from playground.checker.any_timing.moves import Admits, Move, Moves, Outcome
from playground.checker.any_timing.patience import Patience
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.recall import Recall
from playground.checker.any_timing.renaming import Renamer, named_parts
from playground.checker.any_timing.rules import Rules
from playground.checker.any_timing.runner import Runner
from playground.checker.any_timing.step import FREE
from playground.checker.any_timing.timers import Timers
from playground.checker.any_timing.traffic import Traffic
from playground.checker.bounds import FaultKind
from playground.engine.world import World

MOST_COPIES = 3
"""Of one message, on its way and in hands: more are not made by timers that fire too early."""

Successor = tuple[Outcome, State]
"""What was done and the state that it leads to."""

_Arrivals = tuple[tuple[Move, int], ...]


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
        """``is_plain``: a step is done anew for every ledger, whatever it asks of it."""
        for group in world.ledger.groups:
            world.database(group)
        self.catalogue = catalogue
        self.pool = pool = Pool(world, rules)
        self.moves = Moves(world, pool, catalogue, patience, any_time, admits)
        self.traffic = Traffic(pool)
        self.runner = Runner(world, pool, self.traffic, catalogue, admits)
        self.recall = Recall(self.runner, world.ledger, is_plain)
        self._renamer = Renamer(pool)
        self._names_of, self._named = pool.names.__getitem__, named_parts(pool)
        self._arrivals: dict[int, _Arrivals] = {}
        self.start = self._renamer.canonical(
            [
                *(pool.node(node) for node in list(world.nodes.values())),
                *(pool.database(group, world.databases[group]) for group in pool.groups),
                pool.transactions(world.transactions),
                pool.ledger(world.ledger),
                pool.flights([pool.packet(each) for each in connections_in(world)]),
            ]
        )
        self._timers = Timers(pool, patience.copies, MOST_COPIES, self.start)

    @property
    def was_cut_off(self) -> bool:
        """Whether an impatient timer was followed no further."""
        return self._timers.was_cut_off

    # ------------------------------------------------------------------ successors

    def free(self, state: State) -> list[Successor]:
        """What may follow without any fault."""
        objects, may_fire = self.pool.objects, self._timers.may_fire
        found = [
            move
            for move, place in self._arrivals.get(state[-1]) or self._arrivals_of(state[-1])
            # A paused process takes nothing.
            if not objects[state[place]].is_paused
        ]
        free_of_part = self.moves.free_of_part
        for part in state[: self.moves.node_count]:
            for move, waits in free_of_part.get(part) or self.moves.free_at(part):
                if not waits or may_fire(state, move):
                    found.append(move)
        recall = self.recall.outcome
        return self._successors(
            state,
            [move.outcomes.get(move.parts_of(state)) or recall(state, move) for move in found],
        )

    def faults(self, state: State) -> list[Successor]:
        """What may follow at the cost of one fault."""
        found: list[Outcome] = []
        pool, timers = self.pool, self._timers
        follow, gates = self.recall.outcome, self.recall.gates
        flights = state[pool.flights_index]
        tags = pool.tags[flights]
        last = -1
        for packet in pool.objects[flights]:
            if packet != last:
                last = packet
                found += [follow(state, move) for move in self.moves.on(packet).faults]
        for move, place in self._arrivals_of(flights):
            if not pool.objects[state[place]].is_paused:
                found += gates(state, move)
        late = "late" in self.catalogue
        for part in state[: self.moves.node_count]:
            for move in self.moves.at(part):
                if move.step.waits:
                    if timers.may_fire(state, move):
                        found += gates(state, move)
                    elif late and timers.is_early_fault(state, move):
                        found.append(follow(state, move))
                elif move.cost == FREE:
                    found += gates(state, move)
                elif not (move.needs and move.needs not in tags):
                    found.append(follow(state, move))
        return self._successors(state, found)

    def _arrivals_of(self, flights: int) -> _Arrivals:
        """The packets that can be the next to arrive: on a stream the first, else any; and where.

        Whether somebody is there to take them is another question.
        """
        known = self._arrivals.get(flights)
        if known is not None:
            return known
        pool = self.pool
        tags, lanes = pool.tags[flights], pool.lanes
        found, last = [], -1
        met = None
        for packet in pool.objects[flights]:
            if packet == last:
                continue
            last, lane = packet, lanes[packet]
            if lane:
                if lane == met:
                    continue
                met = lane
            move = self.moves.on(packet).arrival
            if not (move.behind and move.behind in tags):
                found.append((move, move.footprint[0]))
        arrivals = self._arrivals[flights] = tuple(found)
        return arrivals

    def _successors(self, state: State, outcomes: list[Outcome]) -> list[Successor]:
        """The states that these outcomes lead to; every successor of a search is made here."""
        after, connections = self.traffic.known, self.pool.connections
        names_of, named, renaming_of = self._names_of, self._named, self._renamer.renaming_of
        found = []
        for outcome in outcomes:
            new = list(state)
            for place, part in outcome.changes:
                new[place] = part
            flights = state[-1]
            if change := outcome.traffic:
                flights = after[change].get(flights) or self.traffic.after(flights, change)
                new[-1] = flights
            if flights in connections:
                new[-1] = self.traffic.without_idle_connections(new)
            # Most need no new names; that is looked up here, without a call.
            if renaming_of.get(tuple(map(names_of, named(new)))) == 0:
                found.append((outcome, tuple(new)))
            else:
                found.append((outcome, self._renamer.canonical(new)))
        return found

    def is_early_fault(self, state: State, move: Move) -> bool:
        """Whether it would be a fault if this timer fired now."""
        return self._timers.is_early_fault(state, move)

    def words(self, state: State, outcome: Outcome) -> str:
        """The line of a trace for what was done in this state."""
        is_early = self.is_early_fault(state, outcome.move)
        return self.runner.words(state, outcome, is_early)
