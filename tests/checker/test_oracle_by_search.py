"""Does the search find, with one fault, exactly what the oracle says is possible?"""

import pytest

from tests.bench.scenes import say
from tests.engine.oracle.anomalies import spelled
from tests.engine.oracle.cells import cells

from .oracle_cells import MATCHES, found_by_search

CELLS = cells()
EVERY_DAY = ("AMO ack-first", "ALO effect-first", "EO inbox", "EO txn fenced", "T-EO double-ack")
"""One mode of each kind; the other modes are searched in the long run."""


def cases(modes: object) -> list[object]:
    """A case for each mode of each broker: all its faults at once."""
    return [
        pytest.param(broker, mode, id=f"{broker} | {mode}")
        for broker, mode in dict.fromkeys((broker, mode) for broker, mode, _ in CELLS)
        if modes is None or mode in EVERY_DAY
    ]


def check(broker: str, mode: str) -> dict[str, str]:
    """What each fault does by the search, which is what the oracle says."""
    faults = [fault for b, m, fault in CELLS if (b, m) == (broker, mode)]
    expected = {fault: spelled(CELLS[broker, mode, fault]) for fault in faults}
    found = {fault: spelled(found_by_search(broker, mode, fault)) for fault in faults}
    assert found == expected
    return found


@pytest.mark.parametrize(("broker", "mode"), cases(EVERY_DAY))
def test_one_fault_does_what_the_oracle_says_and_nothing_else(broker: str, mode: str) -> None:
    check(broker, mode)


@pytest.mark.long
@pytest.mark.parametrize(("broker", "mode"), cases(None))
def test_it_does_so_in_every_mode(broker: str, mode: str) -> None:
    # A line of the table, to be seen with ``pytest -s -m long``.
    found = check(broker, mode)
    say(f"{broker:8} | {mode:22} | " + ", ".join(f"{fault} {found[fault]}" for fault in found))


def test_every_fault_of_the_table_is_a_fault_of_the_search() -> None:
    assert {fault for _, _, fault in CELLS} <= set(MATCHES)
