"""Which scenario file plays this run again, click by click?

The file begins as the run began; what was clicked stands in its script. It lasts as long as the
run has, and claims the counters that the run has come to: whoever runs it sees whether it is true.
Nodes and links that came or went meanwhile have no verb. Then the file begins with the document as
it is now, claims nothing, and says that it is another run.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from playground.engine.commands import (
    AddLink,
    AddNode,
    RemoveLink,
    RemoveNode,
    RenameNode,
    SetLink,
    SetNode,
)
from playground.engine.ledger import Ledger
from playground.engine.units import format_us
from playground.scenario.edit import edited
from playground.scenario.load import load_text
from playground.scenario.model import Expectation, Scenario, ScriptEntry
from playground.scenario.problem import ScenarioError
from playground.scenario.save import to_text
from playground.scenario.topology import groups
from playground.scenario.verbs import VERBS
from playground.session.as_of import as_of
from playground.session.command_words import told
from playground.session.journal import Entry
from playground.session.storm import Blow, Still

_HAVE_VERBS = tuple(verb.command for verb in VERBS)
_BUILDING = (AddNode, RemoveNode, RenameNode, AddLink, RemoveLink)
_SETTING = (SetNode, SetLink)
CLAIMED = ("lost", "duplicate_effects")


class RunScript(NamedTuple):
    """A scenario made of a run, and what is to be said about it before it is saved."""

    scenario: Scenario | None  # None: it cannot be written, for the reason in ``notes``
    happened: tuple[str, ...]  # what is in its script, a line each, in order of time
    notes: tuple[str, ...]  # what is not in it, or differs
    is_exact: bool  # whether the file gives this very run


def run_script(
    first: Scenario,
    present: Scenario,
    seed: int,
    entries: Iterable[Entry],
    ledger: Ledger,
    now_us: int,
) -> RunScript:
    """The run from ``first`` to ``now_us`` with these entries; ``present`` is the document now."""
    notes: list[str] = []
    wishes: list[ScriptEntry] = []
    refused = 0
    for entry in entries:
        if isinstance(entry.wish, Blow | Still):
            continue
        refused += not entry.is_granted
        if entry.is_granted:
            wishes.append(ScriptEntry(at_us=entry.at_us, command=entry.wish))
    if refused:
        notes.append(f"{refused} that could not be granted: left out.")
    strange = [each for each in wishes if not isinstance(each.command, _HAVE_VERBS)]
    base = as_of(first, present)
    claims = _claims(base, ledger)
    clicks = tuple(wishes)
    if strange:
        more = f", and {len(strange) - 1} more" if len(strange) > 1 else ""
        notes.append(
            f"A script has no verb for this: {told(strange[0].command)}, at "
            f"{format_us(strange[0].at_us)}{more}. The file begins with everything as it is now, "
            "so it is another run."
        )
        clicks, gone = _under_present_names(first, wishes)
        base, claims = present, ()
        if gone:
            notes.append(f"{gone} at what is no longer there: left out.")
    changed_us = 0 if strange else min((each.at_us for each in wishes), default=now_us)
    cues = tuple(cue for cue in base.cues if cue.at_us <= changed_us)
    if wishes and len(cues) < len(base.cues):
        notes.append("The cue cards after the first click: left out, they tell of another run.")
    elif not wishes:
        cues = base.cues
    script = (*base.script, *clicks)
    scenario = replace(base, seed=seed, script=script, cues=cues, expect=claims, run_for_us=now_us)
    happened = tuple(f"{format_us(each.at_us)}  {told(each.command)}" for each in clicks)
    fault = _fault(scenario)
    if fault:
        return RunScript(None, happened, (*notes, fault), is_exact=False)
    return RunScript(scenario, happened, tuple(notes), is_exact=not strange)


def _under_present_names(
    first: Scenario, wishes: list[ScriptEntry]
) -> tuple[tuple[ScriptEntry, ...], int]:
    """The clicks, without what was built and set; and how many have lost their object."""
    scenario = replace(first, script=(), expect=())
    clicks = 0
    for each in wishes:
        if isinstance(each.command, _BUILDING + _SETTING):
            scenario = edited(scenario, each.command)
        elif isinstance(each.command, _HAVE_VERBS):
            scenario = replace(scenario, script=(*scenario.script, each))
            clicks += 1
    return scenario.script, clicks - len(scenario.script)


def _claims(scenario: Scenario, ledger: Ledger) -> tuple[Expectation, ...]:
    """What the run has come to, group by group."""
    named = groups(scenario.nodes)
    return tuple(
        Expectation(group=group, counter=counter, claim=getattr(book, counter))
        for group, book in ledger.groups.items()
        if group in named
        for counter in CLAIMED
    )


def _fault(scenario: Scenario) -> str:
    """Why the file could not be read again, in the loader's words; "" where it can."""
    try:
        load_text(to_text(scenario), "it")
    except ScenarioError as error:
        return f"It cannot be written as a file: {error.problems[0].sentence}"
    return ""
