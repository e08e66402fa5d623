"""Are the columns that are kept up to date the ones that would be built anew?"""

import numpy as np
import pytest

from playground.engine.commands import CutLink, DelayPacket, HealLink
from playground.paths import preset_files
from playground.scenario.build import simulate
from playground.scenario.load import load_file
from playground.session.flight_columns import FlightColumns

PRESETS = [path for path in preset_files() if path.stem[:2] in ("04", "14", "18")]


def same(kept: FlightColumns, world: object) -> None:
    fresh = FlightColumns().table(world)  # type: ignore[arg-type]
    for ours, theirs in zip(kept.table(world), fresh, strict=True):  # type: ignore[arg-type]
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_moment_is_told_as_if_it_were_the_first(path: object) -> None:
    simulator = simulate(load_file(path))  # type: ignore[arg-type]
    kept = FlightColumns()
    for at_us in range(0, 12_000_000, 37_000):
        simulator.run_until(at_us)
        same(kept, simulator.world)


def test_a_delayed_packet_and_a_cut_link_are_seen_at_once() -> None:
    simulator = simulate(load_file(PRESETS[0]))
    world, kept = simulator.world, FlightColumns()
    for at_us in range(3_000_000, 9_000_000, 211_000):
        simulator.run_until(at_us)
        kept.table(world)
        flight = next((f for f in world.flights.values() if f.fate == "arrives"), None)
        if flight is not None:
            simulator.apply(DelayPacket(flight.id, by_us=500_000))
        same(kept, world)
        simulator.apply(CutLink("orders", "billing"))
        same(kept, world)
        simulator.apply(HealLink("orders", "billing"))
        same(kept, world)


def test_a_frame_in_which_nothing_moved_has_the_same_table() -> None:
    simulator = simulate(load_file(PRESETS[0]))
    simulator.run_until(5_000_000)
    kept = FlightColumns()
    assert kept.table(simulator.world) is kept.table(simulator.world)
