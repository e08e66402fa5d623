"""Where do nodes stand that nobody has placed, and where does the projector put them?

Columns from producers to consumers with the gaps of the reference scene. Positions are those of the
top left corner, in scene pixels.
"""

from collections.abc import Mapping

from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    DatabaseView,
    Frame,
    NodeView,
    ProducerView,
    QueueView,
)

Position = tuple[float, float]
Size = tuple[float, float]

LEFT_PX, TOP_PX = 24.0, 32.0
GAPS_PX = (104.0, 144.0, 40.0)
ROW_PX = 144.0
APART_PX = 24.0
ROWS_IN_A_COLUMN = 12
SNAP_PX = 8.0
STAGE_GAP_PX = 130.0  # between a queue and its consumers, on the projector
STAGE_ROWS = 140 / 144  # rows stand a little closer: the board below is large
STAGE_GAPS = {
    "producer": 68.0,
    "queue": STAGE_GAP_PX,
    "consumer": 48.0,
    "coordinator": STAGE_GAP_PX,
}
BELOW_PX = 88.0  # between a queue and the coordinator under it: its packets travel there
UNDER_PX = 40.0  # how far the way from a coordinator to the database passes below the consumers


def standing(frame: Frame) -> list[NodeView]:
    """The nodes that have a place of their own; a group's database is a part of the cylinder."""
    return [view for view in frame.nodes if not isinstance(view, DatabaseView)]


def snapped(x: float, y: float) -> Position:
    """The nearest place on the grid."""
    return round(x / SNAP_PX) * SNAP_PX, round(y / SNAP_PX) * SNAP_PX


def automatic(frame: Frame, sizes: Mapping[str, Size]) -> dict[str, Position]:
    """A place for every node."""
    producers = [n.id for n in frame.nodes if isinstance(n, ProducerView)]
    queues = [n.id for n in frame.nodes if isinstance(n, QueueView)]
    consumers = _consumers_in_order(frame, queues)
    width = {
        kind: max((sizes[i][0] for i in ids), default=0.0)
        for kind, ids in (("p", producers), ("q", queues), ("c", consumers))
    }
    queue_x = LEFT_PX + (width["p"] + GAPS_PX[0] if producers else 0)
    consumer_x = queue_x + (width["q"] + GAPS_PX[1] if queues else 0)
    result: dict[str, Position] = {}
    middles: dict[str, float] = {}
    for index, each in enumerate(consumers):
        column, row = divmod(index, ROWS_IN_A_COLUMN)
        x = consumer_x + column * (width["c"] + GAPS_PX[2])
        result[each] = (x, TOP_PX + row * ROW_PX)
        middles[each] = TOP_PX + row * ROW_PX + sizes[each][1] / 2
    targets: dict[str, list[float]] = {}
    for link in frame.links:
        if link.target in middles:
            targets.setdefault(link.source, []).append(middles[link.target])
    middles |= _stack(queues, targets, sizes, result, queue_x)
    for link in frame.links:
        if link.source in producers and link.target in middles:
            targets.setdefault(link.source, []).append(middles[link.target])
    _stack(producers, targets, sizes, result, LEFT_PX)
    _below_the_queues(frame, sizes, result, queue_x)
    # The columns keep their gaps; only the rows are on the grid.
    return {each: (x, snapped(x, y)[1]) for each, (x, y) in result.items()}


def _below_the_queues(
    frame: Frame, sizes: Mapping[str, Size], result: dict[str, Position], x: float
) -> None:
    """Coordinators stand below everything in the queues' column, one under the other."""
    coordinators = [n.id for n in frame.nodes if isinstance(n, CoordinatorView)]
    for each in coordinators:
        result[each] = (x, _top_below(each, x, frame, sizes, result))


def _top_below(
    node: str, x: float, frame: Frame, sizes: Mapping[str, Size], there: Mapping[str, Position]
) -> float:
    """Far enough down for packets to the queue, and to the database below all consumers."""
    width, height = sizes[node]
    column = [
        y + sizes[other][1]
        for other, (left, y) in there.items()
        if left < x + width and x < left + sizes[other][0]
    ]
    top = max(column, default=TOP_PX - BELOW_PX) + BELOW_PX
    consumers = {n.id for n in frame.nodes if isinstance(n, ConsumerView)}
    if any(isinstance(n, DatabaseView) for n in frame.nodes):
        lowest = max((there[o][1] + sizes[o][1] for o in there if o in consumers), default=0.0)
        top = max(top, lowest + UNDER_PX - 0.75 * height)
    return top


def _consumers_in_order(frame: Frame, queues: list[str]) -> list[str]:
    """Consumers by their queue, then in the order of the frame; the unlinked ones last."""
    queue_of = {link.target: link.source for link in frame.links}
    order = {queue: i for i, queue in enumerate(queues)}
    consumers = [n.id for n in frame.nodes if isinstance(n, ConsumerView)]
    return sorted(consumers, key=lambda each: order.get(queue_of.get(each, ""), len(queues)))


def _stack(
    ids: list[str],
    targets: Mapping[str, list[float]],
    sizes: Mapping[str, Size],
    result: dict[str, Position],
    x: float,
) -> dict[str, float]:
    """Nodes of one column, each level with what it feeds, none over another."""
    wanted = {
        each: sum(targets[each]) / len(targets[each]) if targets.get(each) else float("inf")
        for each in ids
    }
    middles: dict[str, float] = {}
    free = TOP_PX
    for each in sorted(ids, key=lambda one: wanted[one]):
        height = sizes[each][1]
        top = free if wanted[each] == float("inf") else max(free, wanted[each] - height / 2)
        result[each] = (x, top)
        middles[each] = top + height / 2
        free = top + height + APART_PX
    return middles


def completed(
    given: Mapping[str, Position], frame: Frame, sizes: Mapping[str, Size]
) -> dict[str, Position]:
    """The given places, and a free one for every node without."""
    nodes = standing(frame)
    missing = [n.id for n in nodes if n.id not in given]
    result = {n.id: given[n.id] for n in nodes if n.id in given}
    if not missing:
        return result
    planned = automatic(frame, sizes)
    if not result:
        return planned
    coordinators = {n.id for n in nodes if isinstance(n, CoordinatorView)}
    queues = [n.id for n in nodes if isinstance(n, QueueView)]
    for each in sorted(missing, key=lambda one: one in coordinators):
        x, y = planned[each]
        if each in coordinators and queues:
            x = result[queues[0]][0]
            y = _top_below(each, x, frame, sizes, result)
        while any(_overlap((x, y), sizes[each], result[o], sizes[o]) for o in result):
            y += SNAP_PX
        result[each] = (x, y)
    return result


def _overlap(a: Position, a_size: Size, b: Position, b_size: Size) -> bool:
    gap = APART_PX - 1
    return (
        a[0] < b[0] + b_size[0] + gap
        and b[0] < a[0] + a_size[0] + gap
        and a[1] < b[1] + b_size[1] + gap
        and b[1] < a[1] + a_size[1] + gap
    )


def staged(
    desktop: Mapping[str, Position],
    desktop_sizes: Mapping[str, Size],
    stage_sizes: Mapping[str, Size],
    kinds: Mapping[str, str],
) -> dict[str, Position]:
    """The same scene for the projector: columns keep their order, cards their middles' height."""
    columns: list[list[str]] = []
    right = float("-inf")
    for each in sorted(desktop, key=lambda one: desktop[one][0]):
        x, width = desktop[each][0], desktop_sizes[each][0]
        if columns and x < right:
            columns[-1].append(each)
            right = max(right, x + width)
        else:
            columns.append([each])
            right = x + width
    result: dict[str, Position] = {}
    edge = 16.0
    for column in columns:
        first = min(desktop[each][0] for each in column)
        end = edge
        for each in column:
            x = edge + desktop[each][0] - first
            height, stage_height = desktop_sizes[each][1], stage_sizes[each][1]
            y = (desktop[each][1] + height / 2) * STAGE_ROWS - stage_height / 2
            result[each] = (x, y)
            end = max(end, x + stage_sizes[each][0])
        edge = end + max(STAGE_GAPS[kinds[each]] for each in column)
    return result
