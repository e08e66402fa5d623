"""Which windows are driven for the frame rate, and what does one frame cost?

A frame is all of it: the run's slice, the projections, every panel, and the painting of the whole
window into memory, as on a screen without acceleration.
"""

from statistics import median, quantiles
from time import perf_counter

from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.scenario.model import Link, Scenario
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.frame_pump import FramePump
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT

FRAME_S = 1 / 60
SIZE = (1600, 900)


def chains(
    count: int, consumers: int, rate_per_s: float, latency_us: int, prefetch: int = 5_000
) -> Scenario:
    """Chains side by side: a producer, a queue, and consumers that are a group each."""
    nodes: dict[str, NodeParameters] = {}
    links: list[Link] = []
    layout: dict[str, tuple[float, float]] = {}
    far = LinkParameters(latency=Spread(mean_us=latency_us, distribution="fixed"))
    for i in range(count):
        shop, queue = f"shop-{i}", f"orders-{i}"
        patient = Retry(timeout_us=60_000_000)
        nodes[shop] = ProducerParameters(rate_per_s=rate_per_s, window=5_000, retry=patient)
        nodes[queue] = QueueParameters(lease_us=600_000_000)
        links.append(Link(source=shop, target=queue, parameters=far))
        layout[shop], layout[queue] = (24.0, 240.0 * i), (320.0, 240.0 * i)
        for j in range(consumers):
            name = f"reader-{i}-{j}"
            nodes[name] = ConsumerParameters(
                prefetch=prefetch, work=Spread(mean_us=1_000, distribution="fixed")
            )
            links.append(Link(source=queue, target=name, parameters=far))
            layout[name] = (760.0 + 320.0 * j, 240.0 * i)
    return Scenario(name="Many packets", nodes=nodes, links=tuple(links), layout=layout)


class Stage:
    """A window over a run that has got under way."""

    def __init__(self, scenario: Scenario, until_us: int, speed: float = 1.0) -> None:
        self.app = application()
        self.session = Session(scenario)
        self.session.run_to(until_us)
        self.session.set_speed(speed)
        self.bridge = Bridge(lambda _scenario, _seed: self.session, scenario)  # type: ignore[arg-type,return-value]
        self.window: MainWindow = make_window(self.bridge, Document(), LIGHT)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.canvas.fit()
        self.settle()
        self.pump = FramePump(self.bridge.tick)
        self.pump.start(by_itself=False)

    def settle(self) -> None:
        """Let Qt do what it has put off, painting included."""
        for _ in range(3):
            self.app.processEvents()

    def frame(self) -> float:
        """One frame, as the pump drives it; how many seconds it took."""
        begun_s = perf_counter()
        self.pump.beat(FRAME_S)
        self.app.processEvents()
        return perf_counter() - begun_s

    def frames(self, count: int) -> list[float]:
        """Many frames."""
        return [self.frame() for _ in range(count)]

    def close(self) -> None:
        """Away with the window."""
        self.pump.stop()
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()


def told(name: str, seconds: list[float], in_flight: int) -> str:
    """A line of the report."""
    at_p99 = quantiles(seconds, n=100)[98]
    return (
        f"{name}: {in_flight:,} in flight; median {1_000 * median(seconds):.1f} ms, "
        f"p99 {1_000 * at_p99:.1f} ms, longest {1_000 * max(seconds):.1f} ms"
    )


def p99(seconds: list[float]) -> float:
    """The frame that one in a hundred exceeds."""
    return quantiles(seconds, n=100)[98]
