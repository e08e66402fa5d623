"""What is usually taught about the three guarantees, and what is proved for the scene at hand?

``Loss possible?``, ``Duplicates possible?``, ``Complexity?``: a line as it stands in the textbooks,
and under it a line for every group of the scene with that guarantee, filled from the verdicts.
"""

from typing import NamedTuple

from playground.checker.bounds import Property
from playground.checker.breaking import packets_a_message
from playground.checker.verdict import Proof, Verdict
from playground.engine.parameters import ConsumerParameters, Guarantee
from playground.engine.programs.compile import compile_program
from playground.scenario.model import Scenario
from playground.scenario.topology import group_of, groups
from playground.session.stages import stages_of
from playground.ui.panels.prove.words import faults

HEADINGS = ("Guarantee", "Loss", "Duplicates", "Complexity")
TAUGHT: dict[Guarantee, tuple[bool, bool, str]] = {
    "at-most-once": (True, False, "low"),
    "at-least-once": (False, True, "medium"),
    "exactly-once": (False, False, "high"),
}
"""Loss possible, duplicates possible, complexity."""
ABSENT = "not in this scene"
_ASKED: tuple[Property, Property] = ("loss", "duplicate_effect")


class Cell(NamedTuple):
    """A few words; ``is_against`` where the proof found what the textbook excludes."""

    text: str
    is_against: bool = False


class Row(NamedTuple):
    """One line of the table; ``group`` is empty for the line of the textbook."""

    guarantee: Guarantee
    group: str
    cells: tuple[Cell, ...]


def rows(proof: Proof | None, scenario: Scenario) -> tuple[Row, ...]:
    """The table; without a proof only what is taught."""
    found: list[Row] = []
    for guarantee, (can_lose, can_double, complexity) in TAUGHT.items():
        taught = tuple(Cell("possible" if each else "never") for each in (can_lose, can_double))
        found.append(Row(guarantee, "", (*taught, Cell(complexity))))
        if proof is not None:
            found += _proved(proof, scenario, guarantee, (can_lose, can_double))
    return tuple(found)


def _proved(
    proof: Proof, scenario: Scenario, guarantee: Guarantee, taught: tuple[bool, bool]
) -> list[Row]:
    consumers = _first_consumers(scenario)
    verdicts = {verdict.claim: verdict for verdict in proof.verdicts}
    asked = dict.fromkeys(claim.group for claim in verdicts)
    found = []
    for group in asked:
        consumer = consumers.get(group)
        if consumer is None or consumer.guarantee != guarantee:
            continue
        by_property = {
            claim.property: verdict for claim, verdict in verdicts.items() if claim.group == group
        }
        cells = [
            _cell(by_property.get(each), can) for each, can in zip(_ASKED, taught, strict=True)
        ]
        found.append(Row(guarantee, group, (*cells, Cell(_price(scenario, group, consumer)))))
    return found or [Row(guarantee, ABSENT, ())]


def _first_consumers(scenario: Scenario) -> dict[str, ConsumerParameters]:
    found: dict[str, ConsumerParameters] = {}
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, ConsumerParameters):
            found.setdefault(group_of(node, parameters), parameters)
    return {group: found[group] for group in groups(scenario.nodes) if group in found}


def _cell(verdict: Verdict | None, is_taught_possible: bool) -> Cell:
    if verdict is None:
        return Cell("not asked")
    match verdict.word:
        case "counterexample":
            many = faults(verdict.faults) if verdict.faults else "no fault"
            return Cell(f"yes, {many}", not is_taught_possible)
        case "certified":
            return Cell(f"not with ≤ {verdict.faults}")
        case "vacuous":
            return Cell("not tested")
        case "inconclusive":
            return Cell("not known")


def _price(scenario: Scenario, group: str, consumer: ConsumerParameters) -> str:
    """How many steps its program has, and how many packets a message costs without a fault."""
    program = compile_program(
        consumer.effective_how, consumer.effective_idempotency, consumer.effective_effect
    )
    steps, packets = len(stages_of(program).cells), packets_a_message(scenario, group)
    return f"{steps} steps, {packets} packets"


def guarantees(scenario: Scenario) -> dict[str, str]:
    """Group -> the guarantee of its first consumer."""
    return {group: each.guarantee for group, each in _first_consumers(scenario).items()}
