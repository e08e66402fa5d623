"""Does the engine do, for every mode and every single fault, exactly what is possible?"""

import pytest

from .anomalies import spelled
from .cells import cells
from .placements import FAULTS
from .scene import BROKERS, MODES, PACES, new_scene
from .search import outcomes, placements

CELLS = cells()


def found(broker: str, mode: str, fault_name: str, *, thoroughly: bool = False) -> frozenset[str]:
    """The union of the anomalies over every placement of the fault."""
    fault = FAULTS[fault_name]
    letters: frozenset[str] = frozenset()
    for pace in PACES if thoroughly else fault.paces:
        settings = dict(fault.queue)
        if thoroughly:
            settings["on_disconnect"] = "wait-for-lease"
        scene = new_scene(MODES[mode], BROKERS[broker], pace, **settings)
        letters |= outcomes(scene, fault)
    return letters


def every_cell() -> list[object]:
    """One case a cell, named like the cell."""
    return [pytest.param(*cell, id=" | ".join(cell)) for cell in CELLS]


@pytest.mark.parametrize(("broker", "mode", "fault"), every_cell())
def test_what_a_single_fault_can_do(broker: str, mode: str, fault: str) -> None:
    assert spelled(found(broker, mode, fault)) == spelled(CELLS[broker, mode, fault])


@pytest.mark.long
@pytest.mark.parametrize(("broker", "mode", "fault"), every_cell())
def test_it_can_do_the_same_in_either_pace_where_leases_outlive_a_crash(
    broker: str, mode: str, fault: str
) -> None:
    letters = found(broker, mode, fault, thoroughly=True)
    assert spelled(letters) == spelled(CELLS[broker, mode, fault])


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "none"])
def test_every_fault_finds_a_place_to_strike(fault: str) -> None:
    # A fault that strikes nowhere would agree with every "." of the table.
    scene = new_scene(MODES["T-EO double-ack"], BROKERS["2c sync"], **FAULTS[fault].queue)
    struck = [command for _, command in placements(scene, FAULTS[fault])]
    assert struck


def test_the_table_is_complete() -> None:
    assert {mode for _, mode, _ in CELLS} == set(MODES)
    assert {fault for _, _, fault in CELLS} == set(FAULTS)
    assert len(CELLS) == len(MODES) * (len(FAULTS) + 3)
