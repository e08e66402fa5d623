"""Which box does each node fill, and between which ports does each link run?

Built from a frame and the positions of the nodes; built anew only when one of them changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    DatabaseView,
    Frame,
    GroupRow,
    LinkView,
    ProducerView,
    QueueView,
)
from playground.ui.canvas import (
    commit_ports,
    consumer_card,
    coordinator_card,
    database_card,
    database_part,
    layout,
    producer_card,
    queue_card,
)
from playground.ui.canvas.database_card import Compartment
from playground.ui.canvas.drains import Drain
from playground.ui.canvas.geometry import LinkPath, Port, Span, link_path
from playground.ui.canvas.layout import Position, Size
from playground.ui.canvas.words import NodeView
from playground.ui.theme import LIGHT, Theme

DATABASE = "database"
UNDER_PORT_PX = 2.0  # of a packet at its port: it slides out from under it, its number is seen
LEVEL_PX = 12.0  # a port moves this far to make a link level
DATABASE_OVER_PX, DATABASE_UNDER_PX = 14.0, 10.0
LinkKey = tuple[str, str]


@dataclass(slots=True)
class Placement:
    """Where everything is, in scene pixels."""

    boxes: dict[str, QRectF] = field(default_factory=dict)
    paths: dict[LinkKey, LinkPath] = field(default_factory=dict)
    ports: list[tuple[float, float, str, str]] = field(
        default_factory=list
    )  # x, y, guarantee, node
    level: set[tuple[float, float]] = field(default_factory=set)  # ports that lie on an edge
    database: QRectF = field(default_factory=QRectF)
    rows: tuple[GroupRow, ...] = ()
    parts: list[Compartment] = field(default_factory=list)
    wires: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    drains: list[Drain] = field(default_factory=list)  # from queues to dead-letter queues
    bounds: QRectF = field(default_factory=QRectF)  # everything together

    def measure(self) -> None:
        """Say how large it all is, once everything has its place."""
        result = QRectF(self.database)
        for box in self.boxes.values():
            result = result.united(box)
        for path in self.paths.values():
            (x1, y1), (x2, y2) = path.middle.min(axis=0), path.middle.max(axis=0)
            result = result.united(QRectF(x1 - 12, y1 - 12, x2 - x1 + 24, y2 - y1 + 24))
        self.bounds = result


def kind_of(view: NodeView) -> str:
    """producer, queue, consumer, coordinator or database."""
    if isinstance(view, ProducerView):
        return "producer"
    if isinstance(view, CoordinatorView | DatabaseView):
        return "coordinator" if isinstance(view, CoordinatorView) else "database"
    return "queue" if isinstance(view, QueueView) else "consumer"


def size_of(view: NodeView, theme: Theme) -> Size:
    """How large a node's card is."""
    if isinstance(view, ProducerView):
        return producer_card.size_px(view, theme)
    if isinstance(view, QueueView):
        return queue_card.size_px(view, theme)
    if isinstance(view, CoordinatorView):
        return coordinator_card.size_px(theme)
    if isinstance(view, DatabaseView):
        return database_part.size_px(theme)
    return consumer_card.size_px(theme)


def first_size(kind: str, theme: Theme) -> Size:
    """How large the card of a new node is."""
    metrics = theme.metrics
    if kind == "producer":
        return metrics.producer_px
    if kind == "consumer":
        return metrics.consumer_px
    if kind == "coordinator":
        return coordinator_card.size_px(theme)
    return metrics.queue_width_px, metrics.queue_height_px(0)


def positions_for(frame: Frame, given: Mapping[str, Position], theme: Theme) -> dict[str, Position]:
    """A place for every node in this theme; ``given`` are the document's, in desktop pixels."""
    nodes = layout.standing(frame)
    sizes = {view.id: size_of(view, LIGHT) for view in nodes}
    desktop = layout.completed(given, frame, sizes)
    if not theme.is_stage:
        return desktop
    stage_sizes = {view.id: size_of(view, theme) for view in nodes}
    kinds = {view.id: kind_of(view) for view in nodes}
    return layout.staged(desktop, sizes, stage_sizes, kinds)


def boxes_of(frame: Frame, positions: Mapping[str, Position], theme: Theme) -> dict[str, QRectF]:
    """The box of each node that has a place of its own."""
    return {
        view.id: QRectF(*positions[view.id], *size_of(view, theme))
        for view in layout.standing(frame)
    }


def place_links(plan: Placement, frame: Frame, theme: Theme) -> None:
    """Fill in ports and paths from the boxes."""
    views = {view.id: view for view in frame.nodes}
    ends: dict[LinkKey, tuple[Port, Port]] = {}
    for link in frame.links:
        if link.source in plan.boxes and link.target in plan.boxes:
            ends[link.source, link.target] = _ports(plan, views, link, theme, frame.links)
    reach = theme.metrics.port_px[0] / 2
    plan.ports, plan.level = [], set()
    seen: set[tuple[float, float]] = set()
    for (source, target), (start, end) in ends.items():
        for port, node in ((start, source), (end, target)):
            at = (port.x - reach * port.out_x, port.y - reach * port.out_y)
            if at not in seen:
                seen.add(at)
                guarantee = _promise_at(views, node, target)
                plan.ports.append((*at, guarantee, node))
                if port.out_y:
                    plan.level.add(at)
    if not theme.is_stage:
        _add_loose_ports(plan, frame)
    lane, inset = theme.metrics.lane_px, theme.metrics.packet_px - UNDER_PORT_PX
    plan.paths = {
        key: link_path(start, end, lane, (_span(plan, key[0]), _span(plan, key[1])), inset)
        for key, (start, end) in ends.items()
    }


def _add_loose_ports(plan: Placement, frame: Frame) -> None:
    """Where no link begins or ends yet, one can be drawn from."""
    sources = {link.source for link in frame.links}
    targets = {link.target for link in frame.links}
    for view in layout.standing(frame):
        box = plan.boxes[view.id]
        middle = box.center().y()
        promise = view.guarantee if isinstance(view, ConsumerView) else ""
        if not isinstance(view, ConsumerView) and view.id not in sources:
            plan.ports.append((box.right(), middle, "", view.id))
        if not isinstance(view, ProducerView) and view.id not in targets:
            plan.ports.append((box.left(), middle, promise, view.id))


def _promise_at(views: Mapping[str, NodeView], node: str, target: str) -> str:
    """Whose promise colours a port: the consumer's, at both ends of its link."""
    consumer = views.get(target)
    if isinstance(consumer, ConsumerView):
        return consumer.guarantee
    return ""


def _span(plan: Placement, node: str) -> Span:
    box = plan.boxes[node]
    return Span(box.top(), box.bottom())


def _ports(
    plan: Placement,
    views: Mapping[str, NodeView],
    link: LinkView,
    theme: Theme,
    links: tuple[LinkView, ...],
) -> tuple[Port, Port]:
    source, target = plan.boxes[link.source], plan.boxes[link.target]
    reach = theme.metrics.port_px[0] / 2
    kinds = kind_of(views[link.source]), kind_of(views[link.target])
    if "coordinator" in kinds:
        whole = plan.database if kinds[1] == "database" else target
        return commit_ports.between(kinds, source, whole, theme)
    view = views[link.source]
    start_y = source.center().y()
    if isinstance(view, QueueView):
        start_y = source.top() + queue_card.lane_middle_px(theme, _lane_of(view, link.target))
    end_y = target.center().y()
    if isinstance(views[link.target], QueueView):
        is_alone = (
            sum(
                other.target == link.target
                and not isinstance(views.get(other.source), CoordinatorView)
                for other in links
            )
            == 1
        )
        if is_alone and abs(start_y - end_y) <= LEVEL_PX:
            end_y = start_y
    return (
        Port(source.right() + reach, start_y, 1.0, 0.0),
        Port(target.left() - reach, end_y, -1.0, 0.0),
    )


def _lane_of(view: QueueView, consumer: str) -> int:
    for index, lane in enumerate(view.lanes):
        if consumer in lane.consumers:
            return index
    return 0


def group_middle(row: GroupRow, boxes: Mapping[str, QRectF]) -> float:
    """The height at which a group stands: the middle of its consumers."""
    ys = [boxes[each].center().y() for each in row.consumers if each in boxes]
    return sum(ys) / len(ys) if ys else 0.0


def take_rows(plan: Placement, frame: Frame) -> None:
    """New numbers for the compartments; the compartments stay."""
    rows = {row.group: row for row in frame.groups}
    plan.rows = tuple(rows.get(row.group, row) for row in plan.rows)


def place_database(
    plan: Placement, frame: Frame, theme: Theme, given: Position | None = None
) -> None:
    """Fill in the cylinder, its compartments and the lines that lead to it."""
    rows = [row for row in frame.groups if any(each in plan.boxes for each in row.consumers)]
    rows.sort(key=lambda row: group_middle(row, plan.boxes))
    plan.rows, plan.parts, plan.wires = tuple(rows), [], []
    plan.database = QRectF()
    if not rows:
        return
    cards = [plan.boxes[each] for row in rows for each in row.consumers if each in plan.boxes]
    over, under = (9.0, 9.0) if theme.is_stage else (DATABASE_OVER_PX, DATABASE_UNDER_PX)
    top = min(box.top() for box in cards) - over
    bottom = max(box.bottom() for box in cards) + under
    lid = theme.metrics.lid_px
    height = max(bottom - top, lid + 8 + database_card.room_px(len(rows)))
    gap = layout.STAGE_GAPS["consumer"] if theme.is_stage else layout.GAPS_PX[2]
    parts = {view.id for view in frame.nodes if isinstance(view, DatabaseView)}
    right = max(box.right() for each, box in plan.boxes.items() if each not in parts)
    x, y = (right + gap, (top + bottom - height) / 2) if given is None else given
    plan.database = QRectF(x, y, theme.metrics.database_width_px, height)
    middles = [group_middle(row, plan.boxes) - (top + bottom - height) / 2 for row in rows]
    plan.parts = database_card.compartments(middles, height, lid)
    databases = {view.group: view.id for view in frame.nodes if isinstance(view, DatabaseView)}
    for row, part in zip(rows, plan.parts, strict=True):
        if row.group in databases:
            whole = QRectF(x, y + part.top, plan.database.width(), part.bottom - part.top)
            plan.boxes[databases[row.group]] = database_part.box_in(whole)
        for each in row.consumers:
            if each in plan.boxes:
                box = plan.boxes[each]
                end = y + part.middle
                plan.wires.append((each, box.right(), box.center().y(), x, end))
