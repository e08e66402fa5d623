"""Where is every packet, told anew each frame without telling everything again?

Most packets of a frame were there in the last one. Flights stand in the world in the order of
their sending, so what has gone is cut out of the columns and what is new is put behind them; that
no row has changed between is checked, and where one has, all columns are built again. What was
handed out is never written to.
"""

from collections.abc import Iterable, Iterator
from itertools import compress, islice, starmap
from operator import is_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.message import PACKETS, Flight, LinkKey, Packet
from playground.engine.world import World
from playground.session.frame import FlightTable

_INDEX = {packet: index for index, packet in enumerate(PACKETS)}
_TYPES: tuple[Any, ...] = (
    np.int64,
    np.int32,
    np.bool_,
    np.int8,
    np.int64,
    np.int64,
    np.int32,
    np.int64,
    np.int64,
    np.float64,
)
_EMPTY = FlightTable(*(np.empty(0, kind) for kind in _TYPES))


class FlightColumns:
    """The flights of one run as columns, kept up to date."""

    def __init__(self) -> None:
        self._rows: list[Packet] = []
        self._table = _EMPTY
        self._links: dict[LinkKey, int] = {}
        self._world: World | None = None

    def table(self, world: World) -> FlightTable:
        """Every packet under way now."""
        links = tuple(world.links)
        if world is not self._world or links != tuple(self._links):
            self._world = world
            self._links = {key: index for index, key in enumerate(links)}
            self._rows, self._table = [], _EMPTY
        packets = world.packets
        before = self._table.flight
        now = np.fromiter(packets, np.int64, len(packets))
        if len(now) == len(before) and np.array_equal(now, before):
            kept = len(now)
        else:
            kept = self._drop(before, now)
        if kept < 0 or not all(map(is_, self._rows, packets.values())):
            self._rows, self._table, kept = [], _EMPTY, 0
        if kept < len(now):
            self._add(list(islice(packets.values(), kept, None)))
        return self._table

    def _drop(self, before: NDArray[np.int64], now: NDArray[np.int64]) -> int:
        """Cut out what has gone; says how many are left, -1 where the order is another one."""
        at = np.searchsorted(now, before)
        stays = at < len(now)
        stays[stays] = now[at[stays]] == before[stays]
        kept = int(np.count_nonzero(stays))
        if not np.array_equal(now[:kept], before[stays]):
            return -1
        if kept < len(before):
            self._rows = list(compress(self._rows, stays.tolist()))
            columns: Iterator[Any] = (column[stays] for column in self._table)
            self._table = FlightTable(*columns)
        return kept

    def _add(self, fresh: list[Packet]) -> None:
        assert self._world is not None
        fields = zip(*rows_of(starmap(Flight, fresh), self._links, self._world), strict=True)
        self._rows.extend(fresh)
        old: tuple[Any, ...] = self._table
        columns: Iterator[Any] = (
            np.concatenate((before, np.array(new, kind)))
            for before, new, kind in zip(old, fields, _TYPES, strict=True)
        )
        self._table = FlightTable(*columns)


def rows_of(
    flights: Iterable[Flight], links: dict[LinkKey, int], world: World
) -> Iterable[tuple[object, ...]]:
    """The fields of each flight in the order of the table's columns."""
    number = world.ledger.number
    return (
        (
            flight.id,
            links[flight.link],
            flight.is_reply,
            _INDEX[flight.packet],
            flight.message,
            number[flight.message],
            max(1, flight.number) if flight.packet in ("SEND", "DELIVER") else 1,
            flight.sent_us,
            flight.ends_us,
            flight.travel,
        )
        for flight in flights
    )
