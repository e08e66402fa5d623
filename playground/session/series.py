"""How did the numbers come to be what they are? Curves of a bounded number of points."""

import numpy as np

from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.queue import Queue
from playground.engine.units import US_PER_S
from playground.engine.world import World
from playground.session.frame import Chart, Series
from playground.session.latencies import SHARES, Latencies
from playground.session.prices import Traffic

SAMPLE_US = 100_000
WINDOW_US = 60_000_000
MAX_POINTS = 600


class Curve:
    """Samples of one number, the newest 60 virtual seconds and what led to them."""

    __slots__ = ("x_us", "y")

    def __init__(self) -> None:
        self.x_us: list[int] = []
        self.y: list[float] = []

    def fork(self) -> "Curve":
        """An independent copy."""
        twin = Curve()
        twin.x_us, twin.y = self.x_us.copy(), self.y.copy()
        return twin

    def add(self, at_us: int, value: float) -> None:
        """One sample; a run of equal ones keeps its ends only."""
        if len(self.y) >= 2 and self.y[-1] == value == self.y[-2]:
            self.x_us[-1] = at_us
            return
        self.x_us.append(at_us)
        self.y.append(value)
        if len(self.y) > 2 * MAX_POINTS:
            self._forget(at_us)

    def _forget(self, now_us: int) -> None:
        """Drop what has left the window; if all is inside, every second point."""
        first = next((i for i, x in enumerate(self.x_us) if x >= now_us - WINDOW_US), 0)
        first = max(0, first - 1)
        if first:
            del self.x_us[:first], self.y[:first]
        if len(self.y) > MAX_POINTS:
            del self.x_us[1:-1:2], self.y[1:-1:2]


class SeriesRecorder:
    """Samples the world ten times a virtual second, as long as somebody lets it."""

    def __init__(self) -> None:
        self._curves: dict[str, dict[str, Curve]] = {
            key: {}
            for key in ("lost", "delivered_again", "applied_again", "depth", "throughput", "price")
        }
        self._latencies: dict[str, Latencies] = {}
        self._next_us = 0
        self._last_s = -1
        self._applied: dict[str, list[tuple[int, int]]] = {}

    def fork(self) -> "SeriesRecorder":
        """An independent copy."""
        twin = SeriesRecorder()
        twin._curves = {
            key: {name: curve.fork() for name, curve in curves.items()}
            for key, curves in self._curves.items()
        }
        twin._latencies = {group: each.fork() for group, each in self._latencies.items()}
        twin._next_us, twin._last_s = self._next_us, self._last_s
        twin._applied = {group: history.copy() for group, history in self._applied.items()}
        return twin

    @property
    def next_us(self) -> int:
        """When the next sample is due."""
        return self._next_us

    def sample(self, world: World) -> None:
        """Write down the numbers of this moment."""
        now_us = world.now_us
        self._next_us = (now_us // SAMPLE_US + 1) * SAMPLE_US
        for group, book in world.ledger.groups.items():
            self._add("lost", group, now_us, book.lost)
            self._add("delivered_again", group, now_us, book.duplicate_deliveries)
            self._add("applied_again", group, now_us, book.duplicate_effects)
            self._add("throughput", group, now_us, self._rate(group, now_us, book.effect_total))
        for node in world.nodes.values():
            if isinstance(node, Queue):
                self._add("depth", node.id, now_us, len(node.log))
        if now_us // US_PER_S > self._last_s:
            self._last_s = now_us // US_PER_S
            self._sample_second(world)

    def _sample_second(self, world: World) -> None:
        """What is dearer to find out, or would only flicker, once a virtual second."""
        traffic = Traffic(world)
        for group, book in world.ledger.groups.items():
            self._latencies.setdefault(group, Latencies()).sample(world.now_us, book)
            applied = book.applied_once + book.applied_many
            if applied:
                self._add("price", group, world.now_us, traffic.packets_for(book) / applied)

    def rename(self, old: str, new: str) -> None:
        """A group or a queue has another name; its curves go on."""
        for chart, curves in self._curves.items():
            self._curves[chart] = {_renamed(name, old, new): each for name, each in curves.items()}
        if old in self._applied:
            self._applied[new] = self._applied.pop(old)
        if old in self._latencies:
            self._latencies[new] = self._latencies.pop(old)

    def _add(self, chart: str, name: str, at_us: int, value: float) -> None:
        curves = self._curves[chart]
        if name not in curves:
            curves[name] = Curve()
        curves[name].add(at_us, value)

    def _rate(self, group: str, now_us: int, total: int) -> float:
        """Effects per virtual second, over the last second."""
        history = self._applied.setdefault(group, [(now_us, total)])
        history.append((now_us, total))
        while len(history) > 2 and history[1][0] <= now_us - 1_000_000:
            del history[0]
        span_us = now_us - history[0][0]
        return (total - history[0][1]) * 1e6 / span_us if span_us else 0.0

    def charts(self, world: World) -> tuple[Chart, ...]:
        """All curves as they are now, a chart a quantity."""
        guarantees: dict[str, str] = {}
        for node in world.nodes.values():
            if isinstance(node, Consumer):
                guarantees.setdefault(node.group, node.parameters.guarantee)
        plain = tuple(
            Chart(
                key,
                tuple(
                    Series(
                        name,
                        guarantees.get(name, "") if key != "depth" else "",
                        np.array(curve.x_us[-MAX_POINTS:], float) / 1e6,
                        np.array(curve.y[-MAX_POINTS:], float),
                    )
                    for name, curve in curves.items()
                    if name in world.ledger.groups or name in world.nodes
                ),
            )
            for key, curves in self._curves.items()
        )
        return (*plain, *self._latency_charts(world, guarantees))

    def _latency_charts(self, world: World, guarantees: dict[str, str]) -> tuple[Chart, ...]:
        points = {
            group: each.points()
            for group, each in self._latencies.items()
            if group in world.ledger.groups
        }
        return tuple(
            Chart(
                key,
                tuple(
                    Series(
                        group,
                        guarantees.get(group, ""),
                        np.array(xs, float) / 1e6,
                        np.array([each[index] for each in ys], float),
                    )
                    for group, (xs, ys) in points.items()
                ),
            )
            for index, (key, _) in enumerate(SHARES)
        )


def _renamed(name: str, old: str, new: str) -> str:
    return new if name == old else name
