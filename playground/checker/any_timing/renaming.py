"""Which state is this one under the numbers that every state of its kind bears?

How a state is to be renamed follows from the names that its parts mention, and what becomes of a
part from the renaming; both are worked out once.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter

from playground.checker.any_timing.commit_parts import rename_node, renamed_transactions
from playground.checker.any_timing.names import NO_NAMES, Renaming, renaming_of
from playground.checker.any_timing.packets import renamed_packet
from playground.checker.any_timing.parts import (
    rename_consumer,
    rename_database,
    rename_producer,
)
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.queue_part import rename_queue
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.producer import Producer


def named_parts(pool: Pool) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Takes from a state the parts that can mention a number."""
    places = pool.named_places
    if len(places) > 1:
        return itemgetter(*places)
    return lambda state: (state[places[0]],)


class Renamer:
    """Renames states; everything is remembered."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._names_of, self._named = pool.names.__getitem__, named_parts(pool)
        self._has_commits = pool.has_commits
        # By number of a renaming; the first leaves everything as it is.
        self._renamings: list[Renaming] = [{}]
        self._renamed: list[dict[int, int]] = [{}]  # part -> its new number
        self._packets: list[dict[int, int]] = [{}]  # packet -> its new number
        self.renaming_of: dict[tuple[int, ...], int] = {}  # by the names at the named places
        self._renaming_ids: dict[object, int] = {}

    def canonical(self, state: list[int]) -> State:
        """The state under the numbers that every state of its kind bears; the list is used up."""
        key = tuple(map(self._names_of, self._named(state)))
        renaming = self.renaming_of.get(key)
        if renaming is None:
            renaming = self.renaming_of[key] = self._number_renaming(key)
        if renaming == 0:
            return tuple(state)
        renamed = self._renamed[renaming]
        for place in self._pool.named_places:
            part = state[place]
            new = renamed.get(part)
            state[place] = self._rename(place, part, renaming) if new is None else new
        # A dead transaction goes, and what only it has mentioned goes in the next round.
        return self.canonical(state) if self._has_commits else tuple(state)

    def _number_renaming(self, key: tuple[int, ...]) -> int:
        names_of = self._pool.names_of
        found = renaming_of([names_of[names] for names in key])
        if found is None:
            return 0
        shape = tuple(sorted((kind, tuple(sorted(new.items()))) for kind, new in found.items()))
        number = self._renaming_ids.get(shape)
        if number is None:
            number = self._renaming_ids[shape] = len(self._renamings)
            self._renamings.append(found)
            self._renamed.append({})
            self._packets.append({})
        return number

    def _rename(self, place: int, part: int, renaming: int) -> int:
        pool = self._pool
        if pool.names_of[pool.names[part]] == NO_NAMES:
            new = part
        elif place == pool.flights_index:
            new = self._renamed_flights(part, renaming)
        else:
            new = self._renamed_part(place, part, self._renamings[renaming])
        self._renamed[renaming][part] = new
        return new

    def _renamed_flights(self, part: int, renaming: int) -> int:
        pool, known, new = self._pool, self._packets[renaming], self._renamings[renaming]
        found = []
        for packet in pool.objects[part]:
            number = known.get(packet)
            if number is None:
                number = pool.packet(renamed_packet(pool.packets[packet], new))
                known[packet] = number
            found.append(number)
        return pool.flights(found)

    def _renamed_part(self, place: int, part: int, new: Renaming) -> int:
        pool = self._pool
        thing = pool.objects[part]
        if place == pool.transactions_index:
            return pool.transactions(renamed_transactions(thing, new))
        twin = thing.fork()
        if place >= len(pool.node_ids):
            group = pool.groups[place - len(pool.node_ids)]
            rename_database(twin, pool.queue_of[group], new)
            return pool.database(group, twin)
        if isinstance(twin, Producer):
            rename_producer(twin, pool.rules, new)
        elif isinstance(twin, Consumer):
            rename_consumer(twin, new)
        elif isinstance(twin, Coordinator | GroupDatabase):
            rename_node(twin, new)
        else:
            rename_queue(twin, new)
        return pool.node(twin)
