"""Does the search without a clock find exactly what the oracle, which knows none, says?"""

import pytest

from tests.engine.oracle.anomalies import spelled
from tests.engine.oracle.cells import cells

from .explored import FAULTS, found_at_any_timing

NOT_SEARCHED = {"partition", "giveup"}  # no cut and no change of parameters without a clock
CELLS = {
    (broker, mode, fault): letters
    for (broker, mode, fault), letters in cells().items()
    if fault not in NOT_SEARCHED
}
TOO_LARGE = {("2c async", "EO txn fenced"), ("2c async", "EO txn")}
"""More than a hundred thousand states: the disk of the queue is one more thing to go wrong."""
EVERY_DAY = ("AMO ack-first", "ALO effect-first", "EO inbox", "T-EO double-ack fenced")


def cases(modes: tuple[str, ...] | None) -> list[object]:
    """A case for each mode of each broker: all its faults at once."""
    return [
        pytest.param(broker, mode, id=f"{broker} | {mode}")
        for broker, mode in dict.fromkeys((broker, mode) for broker, mode, _ in CELLS)
        if (modes is None or mode in modes) and (broker, mode) not in TOO_LARGE
    ]


def check(broker: str, mode: str) -> None:
    expected, found = {}, {}
    for (b, m, fault), letters in CELLS.items():
        if (b, m) == (broker, mode):
            if fault == "ack-unsynced":
                # Any crash of a queue with lazy acks: of one whose last ack is on the disk, too.
                letters |= CELLS[broker, mode, "bcrash"]
            expected[fault] = spelled(letters)
            found[fault] = spelled(found_at_any_timing(broker, mode, fault))
    assert found == expected


@pytest.mark.parametrize(("broker", "mode"), cases(EVERY_DAY))
def test_at_any_timing_one_fault_does_what_the_oracle_says(broker: str, mode: str) -> None:
    check(broker, mode)


@pytest.mark.parametrize("fault", ["none", "dup DELIVER", "dlq", "retention"])
@pytest.mark.parametrize("mode", ["EO txn fenced", "EO txn"])
def test_so_it_does_in_a_transaction(mode: str, fault: str) -> None:
    expected = CELLS["2c sync", mode, fault]
    assert found_at_any_timing("2c sync", mode, fault) == expected


@pytest.mark.long
@pytest.mark.parametrize(("broker", "mode"), cases(None))
def test_at_any_timing_it_does_so_in_every_mode(broker: str, mode: str) -> None:
    check(broker, mode)


def test_every_fault_of_the_table_is_known_or_named_as_left_out() -> None:
    assert {fault for _, _, fault in cells()} <= set(FAULTS) | NOT_SEARCHED
