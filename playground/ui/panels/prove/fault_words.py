"""How are the faults of a counterexample told: ``the ACK of message 1 from billing is lost``?

They are read from the script that strikes them, not from a sentence.
"""

from collections.abc import Sequence
from typing import NamedTuple

from playground.checker.bounds import Property
from playground.checker.verdict import FaultSet, Verdict
from playground.engine.commands import ArmCrash, ArmPacketFault, ArmPause, Command
from playground.engine.parameters import ProducerParameters
from playground.engine.units import format_us
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.session.command_words import told

ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ")
POINTS: dict[str, str] = {
    "received": "when it has received",
    "after-dedup": "after its dedup check of",
    "before-effect": "before the effect of",
    "mid-effect": "in the middle of the effect of",
    "after-effect": "after the effect of",
    "before-mark": "before it marks",
    "after-mark": "after it has marked",
    "before-ack": "before it acks",
    "after-ack": "after it has acked",
    "awaiting-reply": "while it waits for the reply to its ack of",
    "before-send": "before it sends",
    "after-send": "after it has sent",
    "appended": "when it has appended",
    "confirmed": "when it has confirmed",
    "ack-received": "when it has received the ack of",
    "acked": "when it has noted the ack of",
    "before-log": "before it logs the verdict on",
    "after-log": "after it has logged the verdict on",
    "mid-decide": "while it tells the verdict on",
    "prepare-received": "when it has received the PREPARE of",
    "prepared": "when it has prepared",
    "verdict-received": "when it has received the verdict on",
    "decided": "when it has learnt the verdict on",
}
BROKEN: dict[Property, tuple[str, str]] = {
    "loss": ("is lost although it was accepted", "are lost although they were accepted"),
    "duplicate_effect": ("takes effect twice", "take effect twice"),
    "stuck": ("is never finished", "are never finished"),
    "out_of_order": (
        "takes effect after a later one of its key",
        "take effect after later ones of their key",
    ),
}


class Names(NamedTuple):
    """What messages are called: by their number alone where one producer makes them all."""

    has_one_producer: bool

    def of(self, name: str) -> str:
        """``message 1``, or ``message 1 of shop``."""
        producer, _, number = name.rpartition("#")
        if self.has_one_producer or not producer:
            return f"message {number}"
        return f"message {number} of {producer}"

    def of_all(self, names: Sequence[str]) -> str:
        """``message 1 and message 2``."""
        *most, last = [self.of(name) for name in names]
        return f"{', '.join(most)} and {last}" if most else last


def names_in(scenario: Scenario) -> Names:
    """How messages of this scene are called."""
    kinds = [isinstance(node, ProducerParameters) for node in scenario.nodes.values()]
    return Names(sum(kinds) == 1)


def fault_lines(found: FaultSet, names: Names) -> tuple[str, ...]:
    """One line a fault, in the order in which they strike; last what only keeps an order."""
    if not found.scenario:
        return found.faults
    script = load_text(found.scenario).script
    strikes = script[: len(script) - found.orders]
    lines = tuple(fault_line(entry.command, names) for entry in strikes)
    return (*lines, _order_line(found.orders)) if found.orders else lines


def _order_line(many: int) -> str:
    packets = "one packet takes" if many == 1 else f"{many} packets take"
    return f"{packets} longer, which is no fault"


def fault_line(command: Command, names: Names) -> str:
    """What one line of a script does."""
    match command:
        case ArmPacketFault():
            return _packet_line(command, names)
        case ArmCrash() | ArmPause():
            return _process_line(command, names)
        case _:
            return told(command)


def _packet_line(command: ArmPacketFault, names: Names) -> str:
    of = f" of {names.of(command.message)}" if command.message else ""
    which = _which(command.nth)
    packet = f"the {which}{command.packet}{of} from {command.source} to {command.target}"
    match command.fault:
        case "drop":
            return f"{packet} is lost"
        case "duplicate":
            return f"{packet} arrives twice"
        case _:
            return f"{packet} arrives {format_us(command.by_us or 0)} late"


def _process_line(command: ArmCrash | ArmPause, names: Names) -> str:
    verb = "crashes"
    if isinstance(command, ArmPause):
        verb = "stops" + (f" for {format_us(command.for_us)}" if command.for_us else "")
    message = names.of(command.message) if command.message else "a message"
    where = POINTS.get(command.point, f"at {command.point} of")
    time = f", the {_which(command.nth)}time" if command.nth > 1 else ""
    return f"{command.node} {verb} {where} {message}{time}"


def _which(nth: int) -> str:
    return ORDINALS[nth] if nth < len(ORDINALS) else f"{nth}th "


def broken_line(verdict: Verdict, found: FaultSet, names: Names) -> str:
    """``message 1 takes effect twice``."""
    one, many = BROKEN[verdict.claim.property]
    return f"{names.of_all(found.messages)} {one if len(found.messages) == 1 else many}"


def sentence(lines: Sequence[str]) -> str:
    """The whole set as one line: ``The ACK … is lost; then billing crashes …``. Names stay."""
    text = "; then ".join(lines) or "no fault at all"
    return text[:1].upper() + text[1:] if text.startswith(("the ", "no ")) else text
