"""Does every preset show what it promises, on any seed, and does it still behave as it did?

The files in ``golden/`` hold what each preset does at its own seed. After a wanted change of
behaviour or of a preset, write them anew and read the difference before you keep it:

    GOLDEN=renew packaging/test.sh tests/presets
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.cli import main
from playground.engine.parameters import ProducerParameters, QueueParameters
from playground.engine.simulator import Simulator
from playground.headless.run import drain, run
from playground.scenario.build import simulate
from playground.scenario.model import Scenario
from tests.presets.opened import NAMES, PATHS, counters, scenario_of
from tests.presets.told import Listener, totals

GOLDEN = Path(__file__).parent / "golden"
IS_RENEWING = os.environ.get("GOLDEN") == "renew"
FIRST_DEMO = "04-three-side-by-side"
FIRST_LINES = 40
SEEDS = range(1, 21)
BUCKETS = ("applied_once", "applied_many", "in_doubt", "dead_lettered", "in_flight", "lost")
LONGEST_NAME = 25
PRODUCER_PX = (140, 116)
PRODUCER_LINE_PX = 24
CONSUMER_PX = (264, 124)
QUEUE_PX = (236, 52)
LANE_PX = 44
GRID_PX = 8
REFERENCE = {
    "shop": (24, 186),
    "orders": (268, 146),
    "metrics": (648, 32),
    "billing": (648, 176),
    "payouts": (648, 320),
}
DATABASE_X = 952

each_preset = pytest.mark.parametrize("name", NAMES)


def faults_of(scenario: Scenario, simulator: Simulator) -> Iterator[str]:
    """The claims that do not hold, and the ledgers that do not add up."""
    groups = counters(simulator)
    for claim in scenario.expect:
        value = groups[claim.group][claim.counter]
        if not claim.holds_for(value):
            yield f"{claim.group}: {claim.text}, but it is {value}"
    for group, row in groups.items():
        total = sum(row[bucket] for bucket in BUCKETS)
        if total != row["produced"]:
            yield f"{group}: {total} in the buckets, {row['produced']} produced"


# ---------------------------------------------------------------------- what a preset promises


@each_preset
def test_a_preset_is_a_right_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PATHS[name])]) == 0
    assert capsys.readouterr().err == ""


@each_preset
def test_what_a_preset_expects_holds_on_every_seed(name: str) -> None:
    scenario = scenario_of(name)
    faults = []
    for seed in (scenario.seed, *SEEDS):
        simulator = simulate(scenario, seed)
        simulator.run_until(scenario.run_for_us)
        faults += [f"seed {seed}: {fault}" for fault in faults_of(scenario, simulator)]
        stuck = drain(simulator)
        faults += [f"seed {seed}, settled: {stuck}"] if stuck else []
        faults += [f"seed {seed}, settled: {fault}" for fault in faults_of(scenario, simulator)]
        faults += [
            f"seed {seed}, settled: {row['in_flight']} in flight for {group}"
            for group, row in counters(simulator).items()
            if row["in_flight"]
        ]
    assert faults == []


@each_preset
def test_a_preset_claims_something_of_each_of_its_groups(name: str) -> None:
    scenario = scenario_of(name)
    groups = set(counters(simulate(scenario)))
    assert {claim.group for claim in scenario.expect} == groups


@each_preset
def test_nothing_that_a_preset_scripts_is_refused(name: str) -> None:
    scenario = scenario_of(name)
    simulator = simulate(scenario)
    listener = Listener(simulator, 1_000_000)
    simulator.run_until(scenario.run_for_us)
    assert [line for line in listener.finish() if "CommandRejected" in line] == []


@each_preset
def test_no_queue_of_a_preset_grows_and_grows(name: str) -> None:
    outcome = run(scenario_of(name), until_us=600_000_000)
    waiting = {queue: row["ready"] for queue, row in outcome.report["queues"].items()}
    assert all(ready <= 20 for ready in waiting.values()), waiting


@each_preset
def test_a_preset_shows_its_first_trouble_within_ten_seconds(name: str) -> None:
    simulator = simulate(scenario_of(name))
    simulator.run_until(10_000_000)
    trouble = ("lost", "duplicate_deliveries", "reexecuted", "dead_lettered")
    assert any(row[key] for row in counters(simulator).values() for key in trouble)


# ---------------------------------------------------------------------- what it did the last time


@each_preset
def test_a_preset_does_what_it_did(name: str) -> None:
    scenario = scenario_of(name)
    simulator = simulate(scenario)
    listener = Listener(simulator, FIRST_LINES)
    simulator.run_until(scenario.run_for_us)
    digest = f"trace {simulator.world.trace.sha256()}"
    lines = [*listener.finish(), "", *totals(simulator), digest, ""]
    file = GOLDEN / f"{name}.txt"
    if IS_RENEWING:
        GOLDEN.mkdir(exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")
    assert lines == file.read_text(encoding="utf-8").split("\n")


def test_every_golden_file_belongs_to_a_preset() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == NAMES


@each_preset
def test_the_command_runs_a_preset_to_the_same_digest(name: str) -> None:
    digest = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").split("\n")[-2]
    assert f"trace {run(scenario_of(name)).report['trace_sha256']}" == digest


# ---------------------------------------------------------------------- how it is told


def test_the_presets_are_numbered_in_teaching_order() -> None:
    assert [int(name.split("-")[0]) for name in NAMES] == list(range(1, 23))


def test_the_names_are_unique_and_fit_the_list() -> None:
    names = [scenario_of(name).name for name in NAMES]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > LONGEST_NAME or not name[0].isupper()] == []


@each_preset
def test_a_preset_tells_its_lesson_in_plain_words(name: str) -> None:
    scenario = scenario_of(name)
    texts = [scenario.story, scenario.learn, scenario.watch, scenario.try_]
    assert all(text.strip() for text in texts)
    texts += [cue.say for cue in scenario.cues]
    assert [text for text in texts if "!" in text or "oops" in text.lower()] == []


@each_preset
def test_the_cues_of_a_preset_come_in_order_and_before_its_end(name: str) -> None:
    scenario = scenario_of(name)
    times = [cue.at_us for cue in scenario.cues]
    assert len(times) >= 3
    assert times == sorted(set(times))
    assert times[-1] <= scenario.run_for_us


# ---------------------------------------------------------------------- where it stands


@dataclass(frozen=True)
class Card:
    """What a node covers on the canvas."""

    node: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Card", gap: float) -> bool:
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )


def cards_of(scenario: Scenario) -> list[Card]:
    cards = []
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, ProducerParameters):
            width, height = PRODUCER_PX
            is_tall = parameters.publish == "confirmed" and parameters.window > 1
            height += PRODUCER_LINE_PX * is_tall
        elif isinstance(parameters, QueueParameters):
            ids = [link.target for link in scenario.links if link.source == node]
            lanes = {getattr(scenario.nodes[each], "group", None) or each for each in ids}
            width, height = QUEUE_PX[0], QUEUE_PX[1] + LANE_PX * max(1, len(lanes))
        else:
            width, height = CONSUMER_PX
        cards.append(Card(node, *scenario.layout[node], width, height))
    return cards


@each_preset
def test_every_node_of_a_preset_has_its_place(name: str) -> None:
    scenario = scenario_of(name)
    assert scenario.layout.keys() == scenario.nodes.keys()


@each_preset
def test_no_card_of_a_preset_lies_on_another_or_on_the_database(name: str) -> None:
    cards = cards_of(scenario_of(name))
    touching = [
        (one.node, other.node)
        for i, one in enumerate(cards)
        for other in cards[:i]
        if one.overlaps(other, gap=20)
    ]
    assert touching == []
    assert [card.node for card in cards if card.x + card.width > DATABASE_X - 40] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != FIRST_DEMO])
def test_a_preset_stands_on_the_grid(name: str) -> None:
    places = scenario_of(name).layout
    assert [node for node, (x, y) in places.items() if x % GRID_PX or y % GRID_PX] == []


# ---------------------------------------------------------------------- the one that opens first


def test_the_first_demo_stands_in_the_reference_placement() -> None:
    assert scenario_of(FIRST_DEMO).layout == REFERENCE


def test_the_first_demo_has_no_end_and_waits_for_nobody() -> None:
    scenario = scenario_of(FIRST_DEMO)
    shop = scenario.nodes["shop"]
    assert isinstance(shop, ProducerParameters)
    assert shop.limit is None
    assert [cue for cue in scenario.cues if cue.pause] == []


def test_the_first_demo_shows_all_three_results_within_fifteen_seconds() -> None:
    simulator = simulate(scenario_of(FIRST_DEMO))
    simulator.run_until(15_000_000)
    groups = counters(simulator)
    assert groups["metrics"]["lost"] > 0
    assert groups["billing"]["duplicate_effects"] > 0
    assert groups["payouts"]["suppressed"] > 0
    assert groups["payouts"]["duplicate_effects"] == groups["payouts"]["lost"] == 0


def test_the_three_of_the_first_demo_meet_one_storm() -> None:
    scenario = scenario_of(FIRST_DEMO)
    simulator = simulate(scenario)
    listener = Listener(simulator, 1_000_000)
    simulator.run_until(4_000_000)
    struck = {
        (line.split()[0], line.split()[-1])
        for line in listener.finish()
        if "PacketDied DELIVER" in line
    }
    deaths = [line for line in listener.lines if "PacketDied DELIVER" in line]
    assert len(deaths) == 3 * len(struck) > 0
