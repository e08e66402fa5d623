"""How does a counterexample look in a document? A Mermaid sequence diagram of what led to it.

Only the messages whose promise is broken, and those that a fault has struck, are drawn, and the
lives of the nodes. Names are the user's own, so every text is escaped.
"""

from collections.abc import Iterable, Iterator

from playground.checker.bounds import Claim
from playground.checker.properties import BREAKS, violated
from playground.engine import records as r
from playground.engine.units import format_us
from playground.engine.world import World
from playground.scenario.build import simulate
from playground.scenario.model import Scenario

MOST_LINES = 200

_OUTCOMES = (r.Applied, r.Reexecuted, r.Suppressed, r.Fenced, r.Lost, r.DeadLettered, r.Confirmed)
_LIVES = (r.NodeCrashed, r.NodeRestarted, r.NodePaused, r.NodeResumed)


def mermaid(scenario: Scenario, claim: Claim) -> str:
    """The diagram of a counterexample, which is a scenario whose script strikes its faults."""
    simulator = simulate(scenario)
    world = simulator.world
    records: list[r.Record] = []
    world.trace.sinks.append(records.extend)
    simulator.run_until(scenario.run_for_us)
    records += world.trace.tail()
    broken = violated(world, claim, simulator.next_us() is None)
    struck = (getattr(entry.command, "message", None) for entry in scenario.script)
    names = {*broken, *(name for name in struck if name)}
    rows = {row for row in range(world.ledger.count) if world.ledger.name_of(row) in names}
    lines = ["sequenceDiagram"]
    for index, node in enumerate(world.nodes):
        lines.append(f"    participant n{index} as {escaped(node)}")
    drawn = list(_drawn(world, records, rows))
    lines += drawn[:MOST_LINES]
    if len(drawn) > MOST_LINES:
        lines.append(f"    Note over n0: {len(drawn) - MOST_LINES} further steps are left out")
    # The break stands over the group's first consumer.
    last = f"n{_lane_of_group(world, claim.group)}"
    for name in broken:
        lines.append(f"    Note over {last}: {escaped(f'✗ {name} {BREAKS[claim.property]}')}")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A text that Mermaid reads as text: its own signs as numbered entities, on one line."""
    return "".join(
        character if character.isalnum() or character in " .,-_()×✗" else f"#{ord(character)};"
        for character in text
    )


def _lane_of_group(world: World, group: str) -> int:
    for index, node in enumerate(world.nodes.values()):
        if getattr(node, "group", None) == group:
            return index
    return 0


def _drawn(world: World, records: Iterable[r.Record], rows: set[int]) -> Iterator[str]:
    lanes = {node: f"n{index}" for index, node in enumerate(world.nodes)}
    for record in records:
        if isinstance(record, r.PacketSent) and record.message in rows:
            yield f"    {_arrow(world, record, lanes)}"
        elif isinstance(record, _LIVES):
            yield f"    Note over {lanes[record.node]}: {_life(record)}"
        elif isinstance(record, r.Produced) and record.message in rows:
            text = f"{_at(record)} submits {world.ledger.name_of(record.message)}"
            yield f"    Note over {lanes[record.producer]}: {escaped(text)}"
        elif isinstance(record, _OUTCOMES) and record.message in rows:
            yield from _outcome(world, record, lanes)


def _arrow(world: World, sent: r.PacketSent, lanes: dict[str, str]) -> str:
    number = f" (number {sent.number})" if sent.number > 1 else ""
    copy = " copy" if sent.is_copy else ""
    text = f"{sent.packet} {world.ledger.name_of(sent.message)}{number}{copy}"
    sign = "->>" if sent.fate == "arrives" else "-x"
    way = f"{lanes[sent.source]}{sign}{lanes[sent.target]}"
    times = f"{_at(sent)} to {format_us(sent.ends_us)}"
    return f"{way}: {escaped(f'{text}, {times}')}"


def _life(record: r.Record) -> str:
    if isinstance(record, r.NodeCrashed):
        return escaped(f"{_at(record)} crashes {record.point.replace('-', ' ')}".rstrip())
    words = {
        r.NodeRestarted: "starts again",
        r.NodePaused: "stops",
        r.NodeResumed: "goes on",
    }
    return escaped(f"{_at(record)} {words[type(record)]}")


def _outcome(world: World, record: r.Record, lanes: dict[str, str]) -> Iterator[str]:
    place = next(
        (
            lanes[value]
            for field in ("consumer", "producer", "queue")
            if (value := getattr(record, field, None)) in lanes
        ),
        "n0",
    )
    words = type(record).__name__.lower()
    if isinstance(record, r.Applied) and record.times > 1:
        words = f"applied a second time ({record.times})" if record.times == 2 else "applied again"
    name = world.ledger.name_of(record.message)  # type: ignore[union-attr]
    yield f"    Note over {place}: {escaped(f'{_at(record)} {name} {words}')}"


def _at(record: r.Record) -> str:
    return format_us(record.at_us)
