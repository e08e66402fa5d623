"""Where does a document stand that places none of its nodes?"""

from itertools import pairwise

import pytest

from playground.session.frame import Frame, LinkView
from playground.ui.canvas import layout
from playground.ui.canvas.layout import APART_PX, TOP_PX, Position, Size
from tests.ui import samples

QUEUE: Size = (236.0, 492.0)
OTHERS: Size = (264.0, 124.0)


def crowd(queues: int, readers: int) -> tuple[Frame, dict[str, Size]]:
    """Producers with a queue each, and consumers shared out among the queues, in order."""
    link = samples.frame().links[0]
    nodes = [samples.producer(id=f"shop-{i}") for i in range(queues)]
    nodes += [samples.queue(id=f"q-{i}") for i in range(queues)]
    nodes += [samples.consumer(id=f"reader-{i}") for i in range(readers)]
    ends = [(f"shop-{i}", f"q-{i}") for i in range(queues)]
    ends += [(f"q-{i * queues // readers}", f"reader-{i}") for i in range(readers)]
    links: list[LinkView] = [link._replace(source=a, target=b) for a, b in ends]
    sizes = {each.id: QUEUE if each.id.startswith("q-") else OTHERS for each in nodes}
    return samples.frame(nodes=tuple(nodes), links=tuple(links)), sizes


def column(kind: str, places: dict[str, Position], sizes: dict[str, Size]) -> tuple[float, float]:
    """The highest and the lowest edge of the nodes of a kind."""
    ids = [each for each in places if each.startswith(kind)]
    tops = [places[each][1] for each in ids]
    return min(tops), max(places[each][1] + sizes[each][1] for each in ids)


@pytest.mark.parametrize(("queues", "readers"), [(8, 84), (3, 36), (1, 3)])
def test_queues_and_producers_are_centred_on_the_consumers(queues: int, readers: int) -> None:
    frame, sizes = crowd(queues, readers)
    places = layout.automatic(frame, sizes)
    middles = [sum(column(kind, places, sizes)) / 2 for kind in ("q-", "shop-", "reader-")]
    assert max(middles) - min(middles) < layout.ROW_PX / 2
    assert min(y for _, y in places.values()) >= TOP_PX


def test_a_hundred_nodes_keep_their_order_and_never_touch() -> None:
    frame, sizes = crowd(8, 84)
    places = layout.automatic(frame, sizes)
    tops = [places[f"q-{i}"][1] for i in range(8)]
    assert tops == sorted(tops)
    assert all(b - a >= QUEUE[1] + APART_PX - 8 for a, b in pairwise(tops))
