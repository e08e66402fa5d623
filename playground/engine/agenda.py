"""What can be due, what comes first at one moment, and how does it stand in the agenda?"""

from collections.abc import Callable
from heapq import heapify
from typing import Any, NamedTuple

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
