"""How does the present moment of a run become a frame?"""

from collections.abc import Mapping

from playground.engine.nodes.consumer import Consumer
from playground.engine.world import World
from playground.scenario.caveats import path_warnings
from playground.scenario.model import Scenario
from playground.session.flight_columns import FlightColumns
from playground.session.frame import Chart, ConsumerView, Frame, GroupRow, NodeView, Price
from playground.session.in_force import InForce
from playground.session.order import in_order, rows_in_order
from playground.session.player import Player
from playground.session.prices import prices
from playground.session.tables import group_rows
from playground.session.views import link_view, node_view

CHARTS_EVERY_S = 0.08  # of wall time, while it runs
PRICES_EVERY_S = 0.25


class Pace:
    """What the session knows of a moment, and the run does not."""

    def __init__(self) -> None:
        self.is_running = True
        self.speed = 1.0
        self.behind_s = 0.0


class Framing:
    """Makes the frames of one run; it remembers what need not be told again."""

    def __init__(self) -> None:
        self._flights = FlightColumns()
        self._in_force = InForce()
        self._warnings: Mapping[str, tuple[str, ...]] = {}
        self._warned_of: tuple[object, ...] = ()
        self._charts_us = -1
        self._charts_age_s = CHARTS_EVERY_S
        self._prices: tuple[Price, ...] = ()
        self._priced_us = -1
        self._prices_age_s = PRICES_EVERY_S

    def age(self, wall_s: float) -> None:
        """So much wall time has passed."""
        self._charts_age_s += wall_s
        self._prices_age_s += wall_s

    def forget_charts(self) -> None:
        """The run is at another moment: all curves are to be told again."""
        self._charts_us = self._priced_us = -1

    def in_force(self, player: Player) -> Scenario:
        """The document with what a script has set meanwhile."""
        return self._in_force.of(player.scenario, player.world)

    def frame(self, player: Player, pace: Pace) -> Frame:
        """This moment, complete, with the lines of the log that no frame has had yet."""
        player.read()
        world, scenario = player.world, player.scenario
        self._note_warnings(world, self.in_force(player))
        lines = tuple(player.lines)
        player.lines.clear()
        groups = rows_in_order(group_rows(world), scenario)
        return Frame(
            now_us=world.now_us,
            is_running=pace.is_running,
            speed=pace.speed,
            behind_s=pace.behind_s if pace.behind_s >= 0.05 else 0.0,
            seed=player.seed,
            name=scenario.name,
            nodes=tuple(self._node(player, name) for name in in_order(world.nodes, scenario)),
            links=tuple(link_view(link) for link in world.links.values()),
            flights=self._flights.table(world),
            groups=groups,
            deaths=player.seen.deaths.deaths,
            log=lines,
            charts=self._charts(player, is_running=pace.is_running),
            marks=player.seen.deaths.marks,
            notice=world.stopped,
            storm=player.storm,
            end_us=player.journal.end_us,
            changed_us=player.journal.changed_us,
            ahead=len(player.journal.entries) - player.journal.head,
            has_past=player.seen.last_moment_until(world.now_us) is not None,
            has_branch=player.journal.other is not None,
            prices=self._told_prices(player, groups, pace),
        )

    def _node(self, player: Player, name: str) -> NodeView:
        """A node's view; a consumer's with the refusal that the world does not remember."""
        world = player.world
        view = node_view(world, world.nodes[name], self._warnings.get(name, ()))
        refused = player.seen.deaths.refused(name, world.now_us)
        if refused is not None and isinstance(view, ConsumerView):
            return view._replace(refused=refused)
        return view

    def _told_prices(
        self, player: Player, rows: tuple[GroupRow, ...], pace: Pace
    ) -> tuple[Price, ...]:
        """Counted anew with the charts: nobody reads them faster."""
        told = [(price.group, price.guarantee) for price in self._prices]
        is_other = told != [(row.group, row.guarantee) for row in rows]
        is_due = not pace.is_running or self._prices_age_s >= PRICES_EVERY_S
        if is_other or (is_due and self._priced_us != player.world.now_us):
            self._prices = prices(player.world, player.seen.price, rows)
            self._priced_us, self._prices_age_s = player.world.now_us, 0.0
        return self._prices

    def _note_warnings(self, world: World, scenario: Scenario) -> None:
        """What breaks a promise depends on nodes and links only."""
        of = (scenario.nodes, scenario.links)
        if len(self._warned_of) == 2 and all(
            a is b for a, b in zip(of, self._warned_of, strict=True)
        ):
            return
        self._warned_of = of
        self._warnings = {
            name: tuple(warning.sentence for warning in path_warnings(scenario, name))
            for name, node in world.nodes.items()
            if isinstance(node, Consumer)
        }

    def _charts(self, player: Player, *, is_running: bool) -> tuple[Chart, ...] | None:
        series = player.seen.series
        is_new = self._charts_us != series.next_us
        if not is_new or (is_running and self._charts_age_s < CHARTS_EVERY_S):
            return None
        self._charts_us, self._charts_age_s = series.next_us, 0.0
        return series.charts(player.world)
