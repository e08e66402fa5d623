"""Does the scene keep its promises whatever the latencies and timers are? All of it as one value.

What is certified here holds for every order of events that the engine's handlers allow with at
most so many faults, where a timer fires early only if that is one of the faults (or if the scene's
own numbers let it: see ``patience``).
"""

from collections.abc import Callable
from time import monotonic

from playground.checker import mechanisms
from playground.checker.any_timing.patience import patience_of
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.rest import restless
from playground.checker.any_timing.rules import rules_of
from playground.checker.any_timing.scene import UnfitError, untimed
from playground.checker.any_timing.search import Asked, Found, Result, search, trace
from playground.checker.any_timing.slices import slices
from playground.checker.any_timing.space import MOST_COPIES, Space
from playground.checker.any_timing.words import FAULT_MARK, RESULT_MARK
from playground.checker.bounds import Bounds, Claim
from playground.checker.explore import STOPPED, OnProgress, Progress
from playground.checker.properties import violated
from playground.checker.prove import fingerprint
from playground.checker.scene import Part, parts, set_aside
from playground.checker.verdict import WITNESSES, FaultSet, Level, Proof, Verdict
from playground.engine.ledger import Ledger
from playground.engine.records import (
    Deduplicated,
    Fenced,
    NodeCrashed,
    NodePaused,
    Reexecuted,
    Requeued,
    Suppressed,
)
from playground.engine.rows import APPLIED, CODES
from playground.scenario.model import Scenario

MOST_STATES = 1_000_000
"""Of one slice; about 500 bytes each."""

_SEEN_BY: dict[str, str | int] = {
    "redelivery": CODES[Requeued],
    "republish": "send-again",
    "crash": CODES[NodeCrashed],
    "pause": CODES[NodePaused],
    "queue dedup": CODES[Deduplicated],
    "suppressed": CODES[Suppressed],
    "re-executed": CODES[Reexecuted],
    "fenced": CODES[Fenced],
    "applied once": APPLIED,
}
"""Which rows, or steps, show that a mechanism was at work."""


def prove_any_timing(
    scenario: Scenario,
    bounds: Bounds,
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
    most_states: int = MOST_STATES,
    asynchronous: bool = False,
) -> Proof:
    """Search every part of the scene; the result depends on nothing but scene and bounds.

    The search runs in one process whatever ``workers`` says: what makes it fast is that steps are
    remembered, and two memories would do every step twice. ``asynchronous``: any timer may fire at
    any moment, for free.
    """
    began_s = monotonic()
    until_s = None if bounds.seconds is None else began_s + bounds.seconds
    found = [
        each for part in parts(scenario, bounds.messages, bounds.groups) for each in slices(part)
    ]
    verdicts: list[Verdict] = []
    for number, part in enumerate(found, 1):

        def goes_on(result: Result, place: tuple[int, int] = (number, len(found))) -> bool:
            if on_progress is not None:
                on_progress(_progress(result, *place))
            return not is_cancelled() and (until_s is None or monotonic() < until_s)

        verdicts += _verdicts(part, bounds, goes_on, most_states, asynchronous)
    return Proof(
        scenario=scenario.name,
        scenario_sha256=fingerprint(scenario),
        method="any timing",
        bounds=bounds,
        verdicts=tuple(verdicts),
        left_out=tuple(set_aside(scenario)),
        seconds=monotonic() - began_s,
    )


def _progress(result: Result, part: int, parts_: int) -> Progress:
    return Progress(
        part=part,
        parts=parts_,
        faults=len(result.layers),
        done=result.distinct - sum(result.layers),
        total=result.distinct,
        broken=tuple(result.found),
    )


def _verdicts(
    part: Part,
    bounds: Bounds,
    goes_on: Callable[[Result], bool],
    most_states: int,
    asynchronous: bool,
) -> list[Verdict]:
    claims = [Claim(group, each) for group in part.groups for each in bounds.properties]
    try:
        space = Space(
            untimed(part.scenario, bounds),
            rules_of(part.scenario, bounds),
            frozenset(bounds.catalogue),
            patience_of(part.scenario, bounds),
            asynchronous,
        )
        asked = {_name(claim): asking(claim) for claim in claims}
        result = search(space, bounds.faults, asked, most_states, goes_on)
        _find_restless(space, claims, result)
    except UnfitError as unfit:
        reason = f"Without a clock this scene cannot be searched: {unfit}"
        return [Verdict(claim=claim, word="inconclusive", reason=reason) for claim in claims]
    return [_verdict(part, bounds, claim, space, result) for claim in claims]


def asking(claim: Claim) -> Asked:
    """The question whether this claim is broken in a state; most answers are remembered."""
    answers: dict[int, tuple[str, ...]] = {}

    def asked(space: Space, state: State, at_rest: bool) -> tuple[str, ...]:
        if claim.property == "stuck" and not at_rest:
            return ()
        ledger = state[space.pool.ledger_index]
        known = answers.get(ledger)
        if known is None or at_rest:
            world = space.runner.bench.world
            world.nodes, world.databases, _, world.ledger = space.runner.parts(state)
            known = violated(world, claim, at_rest)
            if not at_rest:
                answers[ledger] = known
        return known

    return asked


def _find_restless(space: Space, claims: list[Claim], result: Result) -> None:
    """Whether something goes round for ever, where a claim is about how things end."""
    claims = [
        claim for claim in claims if claim.property == "stuck" and _name(claim) not in result.found
    ]
    if not claims or result.ended != "complete":
        return
    for state in restless(space, result.origins):
        for claim in claims.copy():
            messages = asking(claim)(space, state, True)
            if messages:
                steps = trace(space, state, result.origins)
                faults = sum(step.startswith(FAULT_MARK) for step in steps)
                steps = (*steps, "from here on it never comes to rest")
                result.found[_name(claim)] = Found(faults, messages, steps)
                claims.remove(claim)
        if not claims:
            return


def _name(claim: Claim) -> str:
    return f"{claim.group} {claim.property}"


def _verdict(part: Part, bounds: Bounds, claim: Claim, space: Space, result: Result) -> Verdict:
    levels = tuple(Level(faults, 0, 0, states) for faults, states in enumerate(result.layers))
    seen = space.runner.seen
    witnesses = {name: seen[kind] for name, kind in _SEEN_BY.items()}
    found = result.found.get(_name(claim))
    if found is not None:
        # What came of a fault stands in the steps.
        faults = tuple(
            step.removeprefix(FAULT_MARK).split(RESULT_MARK)[0]
            for step in found.steps
            if step.startswith(FAULT_MARK)
        )
        shown = FaultSet(faults=faults, messages=found.messages, steps=found.steps)
        return Verdict(
            claim=claim, word="counterexample", faults=found.faults, levels=levels,
            minimal=(shown,), witnesses=witnesses, states=result.distinct,
        )  # fmt: skip
    if result.ended != "complete":
        reason = _how_far(result)
        return Verdict(
            claim=claim, word="inconclusive", reason=reason, faults=bounds.faults, levels=levels,
            witnesses=witnesses, states=result.distinct,
        )  # fmt: skip
    bits = mechanisms.OWED * _is_owed(space, claim.group)
    for name, times in witnesses.items():
        if times:
            bits |= 1 << WITNESSES.index(name)
    reason = mechanisms.missing(part.scenario, claim, {bits: 1}, bounds.faults)
    return Verdict(
        claim=claim, word="vacuous" if reason else "certified", reason=reason,
        faults=bounds.faults, levels=levels, witnesses=witnesses, states=result.distinct,
    )  # fmt: skip


def _is_owed(space: Space, group: str) -> bool:
    """Whether any message of any state is owed to this group."""
    return any(
        isinstance(each, Ledger) and group in each.groups and any(each.groups[group].state)
        for each in space.pool.objects
    )


def _how_far(result: Result) -> str:
    """What was done until it stopped, in one sentence."""
    if result.ended == "cut off":
        return (
            "A timer here can fire before what it waits for can have come, without end; it was "
            f"followed to {MOST_COPIES} copies of a message: {_so_far(result)}"
        )
    why = "Stopped at the limit of states" if result.ended == "states" else STOPPED
    return f"{why}, after {result.distinct:,} states: {_so_far(result)}"


def _so_far(result: Result) -> str:
    done = "not even complete without a fault"
    if result.complete_below:
        faults = result.complete_below - 1
        done = f"complete for at most {faults} fault{'' if faults == 1 else 's'}"
    return f"{done}, and nothing was found so far"
