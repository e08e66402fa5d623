"""May this timer fire now, and would that be a fault?

A timer is early as long as what it waits for can still come: a packet on its way, or the end of
work that a consumer has in its hands.
"""

from collections.abc import Mapping

from playground.checker.any_timing.commit_steps import committing
from playground.checker.any_timing.moves import Move
from playground.checker.any_timing.parts import hands_of
from playground.checker.any_timing.patience import MANY
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.step import EARLY, Step
from playground.checker.any_timing.steps import tokens_in_hands
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.transactions import TXN

DUE, TOO_EARLY, IMPATIENT = 0, 1, 2
"""Nothing can answer it · it would be a fault · something can, but the timer does not wait."""


class Timers:
    """Looks at timers in the states of one pool; most answers are remembered."""

    def __init__(self, pool: Pool, copies: Mapping[str, int], most: int, start: State) -> None:
        self.was_cut_off = False  # whether an impatient timer was followed no further
        self._pool = pool
        self._copies, self._most_copies = copies, most
        self._node_count = len(pool.node_ids)
        self._coordinators = [
            place
            for place, part in enumerate(start[: self._node_count])
            if isinstance(pool.objects[part], Coordinator)
        ]
        self._hands: dict[int, frozenset[int]] = {}
        self._committing: dict[tuple[int, ...], frozenset[tuple[str, int]]] = {}

    def may_fire(self, state: State, move: Move) -> bool:
        """Whether it may fire without a fault: nothing can answer it, or it is impatient.

        An impatient one could send for ever; so many copies, and it is followed no further.
        """
        found = self._look(state, move)
        if found != IMPATIENT:
            return found == DUE
        if self._copies_of(state, move.step) < self._most_copies:
            return True
        self.was_cut_off = True
        return False

    def is_early_fault(self, state: State, move: Move) -> bool:
        """Whether it would be a fault if this timer fired now."""
        return move.cost == EARLY and self._look(state, move) == TOO_EARLY

    def _look(self, state: State, move: Move) -> int:
        if self._pool.has_commits and move.step.kind == "lease":
            return self._look_anew(state, move)
        place = move.held_place
        key = (state[-1], state[place] if place >= 0 else -1)
        found = move.looks.get(key)
        if found is None:
            found = move.looks[key] = self._look_anew(state, move)
        return found

    def _look_anew(self, state: State, move: Move) -> int:
        if not self._is_busy(state, move):
            return DUE
        is_patient = move.cost == EARLY
        if is_patient and not (move.step.kind == "lease" and self._is_too_much(state, move)):
            return TOO_EARLY
        return IMPATIENT

    def _is_busy(self, state: State, move: Move) -> bool:
        """Whether what this timer waits for can still come."""
        tags = self._pool.tags[state[-1]]
        for tag in move.step.waits:
            if tag in tags:
                return True
        if move.held_place >= 0 and move.step.number in self._tokens(state[move.held_place]):
            return True
        return (
            self._pool.has_commits
            and move.step.kind == "lease"
            and (move.step.node, move.step.number) in self._about_to_commit(state)
        )

    def _about_to_commit(self, state: State) -> frozenset[tuple[str, int]]:
        """The deliveries, by queue and token, of which a transaction may still take the lease."""
        pool = self._pool
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
            hands = self._hands[part] = tokens_in_hands(self._pool.objects[part])
        return hands

    def _copies_of(self, state: State, step: Step) -> int:
        """How many packets and deliveries of its message there are, or packets of its transaction.

        Of a transaction they are counted for each way to go, since one round takes several.
        """
        pool, message = self._pool, step.message
        packets = [pool.packets[packet] for packet in pool.objects[state[pool.flights_index]]]
        if message < 0:
            ways = [(it.source, it.target) for it in packets if it.load[TXN] == step.offset]
            return max([ways.count(way) for way in ways], default=0)
        copies: int = sum(it.message == message for it in packets)
        for part in state[: self._node_count]:
            node = pool.objects[part]
            if isinstance(node, Consumer):
                copies += sum(held.message == message for held in hands_of(node))
        return copies

    def _is_too_much(self, state: State, move: Move) -> bool:
        """Whether the consumer has more to do than fits into a lease."""
        consumer, pool = move.step.held, self._pool
        most = self._copies.get(consumer, MANY)
        if most >= MANY:
            return False
        held = sum(token > 0 for token in self._tokens(state[move.held_place]))
        for packet in pool.objects[state[pool.flights_index]]:
            it = pool.packets[packet]
            held += it.kind == "DELIVER" and it.target == consumer
        return held > most
