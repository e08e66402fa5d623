"""Does the scene keep its promises? The whole proof of all its parts, as one value."""

from collections.abc import Callable
from hashlib import sha256
from time import monotonic

from playground.checker import mechanisms
from playground.checker.bounds import Bounds, Claim
from playground.checker.counterexample import fault_set, named_set
from playground.checker.explore import Exploration, Found, OnProgress, Progress
from playground.checker.scene import Part, parts, set_aside
from playground.checker.sites import Schedule
from playground.checker.team import Team
from playground.checker.verdict import FaultSet, Level, Proof, Verdict, Word
from playground.scenario.model import Scenario
from playground.scenario.save import to_text

MOST_SHOWN = 500
"""So many sets of a claim are drawn out with trace and scenario; further ones are only named."""


def prove(
    scenario: Scenario,
    bounds: Bounds,
    *,
    workers: int = 1,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Proof:
    """Search every part of the scene. The same for any number of workers, but for ``seconds``."""
    began_s = monotonic()
    until_s = None if bounds.seconds is None else began_s + bounds.seconds
    found = parts(scenario, bounds.messages, bounds.groups)
    verdicts: list[Verdict] = []
    for number, part in enumerate(found, 1):
        exploration = _explored(
            part, bounds, workers, _in_part(on_progress, number, len(found)), is_cancelled, until_s
        )
        verdicts += _verdicts(exploration)
    return Proof(
        scenario=scenario.name,
        scenario_sha256=fingerprint(scenario),
        method="these timings",
        bounds=bounds,
        verdicts=tuple(verdicts),
        left_out=tuple(set_aside(scenario)),
        seconds=monotonic() - began_s,
    )


def fingerprint(scenario: Scenario) -> str:
    """The SHA-256 of the scenario's text, as it would be saved."""
    return sha256(to_text(scenario).encode()).hexdigest()


def _explored(
    part: Part,
    bounds: Bounds,
    workers: int,
    on_progress: OnProgress | None,
    is_cancelled: Callable[[], bool],
    until_s: float | None,
) -> Exploration:
    exploration = Exploration(part, bounds)
    with Team(exploration.trial, bounds, workers, is_cancelled) as team:
        exploration.evaluate = team.evaluate
        exploration.explore(on_progress, is_cancelled, until_s)
    return exploration


def _in_part(on_progress: OnProgress | None, number: int, count: int) -> OnProgress | None:
    if on_progress is None:
        return None
    listener = on_progress

    def tell(progress: Progress) -> None:
        progress.part, progress.parts = number, count
        listener(progress)

    return tell


def _verdicts(exploration: Exploration) -> list[Verdict]:
    return [
        _verdict(exploration, claim, found)
        for claim, found in zip(exploration.trial.claims, exploration.found, strict=True)
    ]


def _verdict(exploration: Exploration, claim: Claim, found: Found) -> Verdict:
    witnesses = mechanisms.counts(found.tally)
    levels = tuple(exploration.levels)
    if found.minimal:
        minimal = _in_order(exploration, claim, found.minimal)
        return Verdict(
            claim=claim,
            word="counterexample",
            reason=_how_far(exploration, found) if exploration.stopped else "",
            faults=len(minimal[0].faults),
            schedules=found.schedules,
            levels=levels,
            minimal=minimal,
            witnesses=witnesses,
        )
    word, reason = _word_and_reason(exploration, claim, found)
    return Verdict(
        claim=claim,
        word=word,
        reason=reason,
        faults=exploration.bounds.faults,
        schedules=found.schedules,
        levels=levels,
        witnesses=witnesses,
    )


def _word_and_reason(exploration: Exploration, claim: Claim, found: Found) -> tuple[Word, str]:
    """What nothing found is worth."""
    bounds = exploration.bounds
    if exploration.stopped:
        return "inconclusive", _how_far(exploration, found)
    if found.unsettled:
        return "inconclusive", (
            f"{found.unsettled} of {found.schedules} "
            f"{'run' if found.schedules == 1 else 'runs'} had not come to rest after "
            f"{bounds.most_events} events; nothing was found in them until then"
        )
    scene = exploration.trial.part.scenario
    reason = mechanisms.missing(scene, claim, found.tally, bounds.faults)
    return ("vacuous", reason) if reason else ("certified", "")


def _in_order(
    exploration: Exploration, claim: Claim, schedules: list[Schedule]
) -> tuple[FaultSet, ...]:
    """The plainest first: fewest faults, fewest messages, shortest run, then the search's order."""
    # The fewest faults come first; whoever cancels does not wait until thousands are drawn.
    schedules = sorted(schedules, key=len)
    most = MOST_SHOWN if not exploration.stopped else MOST_SHOWN // 10
    shown = [fault_set(exploration.trial, claim, schedule) for schedule in schedules[:most]]
    shown += [named_set(exploration.trial, claim, schedule) for schedule in schedules[most:]]
    ranks = [
        (len(schedule), len({fault.message for fault in schedule}), records, index)
        for index, (schedule, (_, records)) in enumerate(zip(schedules, shown, strict=True))
    ]
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    return tuple(shown[index][0] for index in order)


def _how_far(exploration: Exploration, found: Found) -> str:
    """What was done until it stopped, in one sentence."""
    *whole, last = exploration.levels
    parts_of_it = []
    if last.schedules == last.of:
        whole.append(last)
    if whole:
        runs = sum(level.schedules for level in whole)
        parts_of_it.append(f"complete for {_at_most(whole[-1])} ({_runs(runs)})")
    if last.schedules < last.of:
        share = int(100 * last.schedules / last.of)
        parts_of_it.append(f"{share} % of the schedules with {_faults(last.faults)}")
    nothing = "" if found.minimal else "; nothing found so far"
    return f"{exploration.stopped}: {'; '.join(parts_of_it)}{nothing}"


def _at_most(level: Level) -> str:
    return "the run without a fault" if not level.faults else f"at most {_faults(level.faults)}"


def _faults(count: int) -> str:
    return "1 fault" if count == 1 else f"{count} faults"


def _runs(count: int) -> str:
    return "1 schedule" if count == 1 else f"{count} schedules"
