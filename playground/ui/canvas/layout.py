"""Where do nodes stand that nobody has placed, and where does the projector put them?

Columns from producers to consumers with the gaps of the reference scene. Positions are those of the
top left corner, in scene pixels.
"""

from collections.abc import Mapping, Sequence

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
    rows = _rows(queues, consumers, sizes)
    queue_x = LEFT_PX + (width["p"] + GAPS_PX[0] if producers else 0)
    consumer_x = queue_x + (width["q"] + GAPS_PX[1] if queues else 0)
    result: dict[str, Position] = {}
    middles: dict[str, float] = {}
    for index, each in enumerate(consumers):
        column, row = divmod(index, rows)
        x = consumer_x + column * (width["c"] + GAPS_PX[2])
        result[each] = (x, TOP_PX + row * ROW_PX)
        middles[each] = TOP_PX + row * ROW_PX + sizes[each][1] / 2
    targets: dict[str, list[float]] = {}
    for link in frame.links:
        if link.target in middles:
            targets.setdefault(link.source, []).append(middles[link.target])
    if len(consumers) <= rows:
        queues.sort(key=lambda each: _mean(targets.get(each)))
    middles |= _stack(queues, targets, sizes, result, queue_x)
    for link in frame.links:
        if link.source in producers and link.target in middles:
            targets.setdefault(link.source, []).append(middles[link.target])
    producers.sort(key=lambda each: _mean(targets.get(each)))
    _stack(producers, targets, sizes, result, LEFT_PX)
    down = max(0.0, TOP_PX - min((y for _, y in result.values()), default=TOP_PX))
    result = {each: (x, y + down) for each, (x, y) in result.items()}
    _below_the_queues(frame, sizes, result, queue_x)
    # The columns keep their gaps; only the rows are on the grid.
    return {each: (x, snapped(x, y)[1]) for each, (x, y) in result.items()}


def _rows(queues: list[str], consumers: list[str], sizes: Mapping[str, Size]) -> int:
    """Consumers in a column: a dozen, or as many as stand beside a higher column of queues."""
    high = sum(sizes[each][1] + APART_PX for each in queues)
    return max(ROWS_IN_A_COLUMN, min(len(consumers), int(high / ROW_PX)))


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
    """Nodes of one column in this order, each level with what it feeds, none over another."""
    order = sorted(ids, key=lambda each: not targets.get(each))
    wanted = [_mean(targets.get(each)) for each in order]
    middles: dict[str, float] = {}
    for each, top in zip(order, _tops(wanted, [sizes[i][1] for i in order]), strict=True):
        result[each] = (x, top)
        middles[each] = top + sizes[each][1] / 2
    return middles


def _mean(middles: list[float] | None) -> float:
    """The height of what a node feeds; infinite where it feeds nothing."""
    return sum(middles) / len(middles) if middles else float("inf")


def _tops(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Tops of cards in a column, each as near to its wanted middle as the others let it be.

    Those that would touch share the way that they must move, up as much as down, so that a column
    that is higher than what it feeds is centred on it. Who wants nothing (inf) stands below.
    """
    blocks: list[tuple[float, int, float]] = []  # the sum of the wishes, cards, height with gaps
    for middle, height in zip(wanted, heights, strict=True):
        if middle == float("inf"):
            break
        block = (middle - height / 2, 1, height + APART_PX)
        while blocks and _top_of(blocks[-1]) + blocks[-1][2] > _top_of(block):
            wishes, count, high = blocks.pop()
            block = (wishes + block[0] - block[1] * high, count + block[1], high + block[2])
        blocks.append(block)
    tops: list[float] = []
    free = TOP_PX
    for block in blocks:
        free = _top_of(block)
        for _ in range(block[1]):
            tops.append(free)
            free += heights[len(tops) - 1] + APART_PX
    for height in heights[len(tops) :]:
        tops.append(free)
        free += height + APART_PX
    return tops


def _top_of(block: tuple[float, int, float]) -> float:
    """Where a block of cards begins: at the mean of what its cards wish for its beginning."""
    return block[0] / block[1]


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
