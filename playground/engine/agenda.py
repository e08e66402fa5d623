"""What can be due, what comes first at one moment, and how does it get into the agenda and out?"""

from collections import deque
from collections.abc import Callable
from heapq import heapify, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playground.engine.nodes.node import Node
    from playground.engine.world import World

# What is due, by kind; at equal times the priority decides, then the order of insertion.
ARRIVE, WORK, CLOSE, OPEN = 0, 1, 2, 3
CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH = 4, 5, 6, 7, 8, 9
ACK_AGAIN, RENEW, RESTART, RESUME, HEAL, PRODUCE, SCRIPT = 10, 11, 12, 13, 14, 15, 16
TXN_TIMEOUT, RESEND, INQUIRE, ASK, HEURISTIC = 17, 18, 19, 20, 21
P_ARRIVAL, P_STEP, P_TIMER, P_SUBMIT, P_SCRIPT = range(5)
PRIORITY = (0, 1, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 2, 2, 2, 2, 2)


class AgendaItem(NamedTuple):
    """Something due: ordered by time, then by kind of event, then by insertion."""

    at_us: int
    priority: int
    order: int
    kind: int
    cause: int  # the record that led to it
    owner: str
    first: int
    second: int
    third: int
    text: str


Due = tuple[int, int, int, int, Any]
"""The same as a bare tuple, as it stands in the agenda, where it is made and compared faster:

at_us, priority, order, kind, and in one tuple all from ``cause`` on; of a packet's arrival in its
place the flight's id.
"""


def item_of(due: Due) -> AgendaItem:
    """With names, for whoever reads it."""
    # Past the class's own __new__, which takes twice as long.
    return tuple.__new__(AgendaItem, due[:4] + due[4])


def due_of(item: AgendaItem) -> Due:
    """Back into the agenda."""
    return (*item[:4], item[4:])


def strike(agenda: list[Due], is_void: Callable[[AgendaItem], bool]) -> None:
    """Take timers from the agenda; packets stay."""
    agenda[:] = [due for due in agenda if due[3] == ARRIVE or not is_void(item_of(due))]
    heapify(agenda)


def schedule_in_line(
    world: "World",
    at_us: int,
    kind: int,
    owner: str,
    first: int,
    second: int,
    third: int,
    text: str,
) -> None:
    """As ``World.schedule``, for timers of one length of which most will be void when they are due.

    They fall due in the order in which they were set, so only the first of each line stands in the
    agenda; the next one follows it, and those that are void by then never get there.
    """
    world.next_order = (order := world.next_order) + 1
    put_in_line(world, (at_us, 2, order, kind, (world.cause, owner, first, second, third, text)))


def put_in_line(world: "World", item: Due) -> None:
    """It stands behind those of its owner and kind, or heads them."""
    key = (item[4][1], item[3])
    line = world.lines.get(key)
    if line is None:
        line = world.lines[key] = deque()
    if not line:
        heappush(world.agenda, item)
        line.append(item)
    elif item[0] >= line[-1][0]:
        line.append(item)
    else:
        # The length was changed: this one overtakes and stands alone.
        heappush(world.agenda, item)


def advance_line(world: "World", node: "Node | None", item: Due) -> None:
    """The item leaves the agenda; if it headed a line, the next that still counts follows."""
    line = world.lines.get((item[4][1], item[3]))
    if not line or line[0] is not item:
        return
    line.popleft()
    if node is None:
        line.clear()
        return
    node.drop_void(line)
    if line:
        heappush(world.agenda, line[0])
