"""What does a proof say to a person? Words that claim no more than was done."""

from collections.abc import Iterator

from playground.checker.bounds import FAULT_WORDS, Bounds
from playground.checker.certificate import not_covered
from playground.checker.properties import BREAKS, PROMISES
from playground.checker.verdict import FaultSet, Proof, Verdict

MOST_SETS = 10
"""So many sets of faults are spelled out; the rest is counted."""

SIGNS = {"certified": "✓", "counterexample": "✗", "inconclusive": "?", "vacuous": "∅"}


def certificate_text(proof: Proof) -> str:
    """The whole certificate, without colours, one blank line between its parts."""
    blocks = ["\n".join(_head(proof))]
    blocks += ["\n".join(verdict_lines(verdict, proof)) for verdict in proof.verdicts]
    blocks.append("\n".join(("Not covered:", *(f"  - {each}" for each in not_covered(proof)))))
    return "\n\n".join(blocks) + "\n"


def _head(proof: Proof) -> Iterator[str]:
    bounds = proof.bounds
    yield f"{proof.scenario} · {proof.method} · {proof.seconds:.1f} s"
    yield f"scenario {proof.scenario_sha256}"
    faults = f"at most {_faults(bounds.faults)} in one run, from:"
    yield f"{_messages(bounds)} of each producer, {faults}"
    for kind in bounds.catalogue:
        yield f"  {kind}: {FAULT_WORDS[kind]}"
    if bounds.asynchronous:
        yield "any timer may fire at any moment, which is no fault"


def verdict_lines(verdict: Verdict, proof: Proof) -> Iterator[str]:
    """One claim: its verdict, what was done for it, what was seen, what breaks it."""
    sign, promise = SIGNS[verdict.word], PROMISES[verdict.claim.property]
    yield f"{sign} {verdict.claim.group}: {promise}: {_word(verdict)}"
    done = _done(verdict, proof)
    if done:
        yield f"  {done}"
    if verdict.reason:
        yield f"  {verdict.reason}."
    seen = [f"{name} in {runs:,}" for name, runs in verdict.witnesses.items() if runs]
    if seen and verdict.word != "counterexample":
        where = "steps" if verdict.states else "runs"
        yield f"  Seen in these {where}: {', '.join(seen)}."
    if verdict.minimal:
        yield from _sets(verdict)


def _word(verdict: Verdict) -> str:
    match verdict.word:
        case "certified":
            return "certified within these bounds"
        case "counterexample":
            return f"counterexample with {_faults(verdict.faults)}"
        case "inconclusive":
            return "inconclusive"
        case "vacuous":
            return "vacuous: nothing broke it, and nothing tested it"


def _done(verdict: Verdict, proof: Proof) -> str:
    if verdict.states and verdict.word in ("certified", "vacuous"):
        reach = f"that at most {_faults(verdict.faults)} can lead to, in any order of events,"
        return f"All {verdict.states:,} states {reach} were visited. None breaks it."
    if verdict.states:
        return f"{verdict.states:,} states were visited for it."
    if verdict.word in ("inconclusive", "counterexample"):
        were = (
            "1 schedule was" if verdict.schedules == 1 else f"{verdict.schedules:,} schedules were"
        )
        return f"{were} run for it." if verdict.schedules else ""
    levels = " + ".join(f"{level.schedules:,}" for level in verdict.levels)
    if not proof.bounds.faults:
        return "In the run without a fault it holds."
    if verdict.schedules == 1:
        return "No fault of these can strike here: the one schedule was run to its rest, and holds."
    whose = f"All {verdict.schedules:,} schedules with at most {_faults(verdict.faults)}"
    return f"{whose} ({levels}) were run to their rest. None breaks it."


def _sets(verdict: Verdict) -> Iterator[str]:
    count = len(verdict.minimal)
    if verdict.faults == 0:
        yield f"  Without any fault: {_breaks(verdict, verdict.minimal[0])}."
        return
    yield f"  {'One set' if count == 1 else f'{count} sets'} of faults, none with a fault too many:"
    for index, each in enumerate(verdict.minimal[:MOST_SETS], 1):
        yield f"  {index:>3}. {'; then '.join(each.faults)}"
        if index == 1:
            yield from (f"         {step}" for step in each.steps)
        if each.unplayable:
            yield f"         {each.unplayable}."
        yield f"       → {_breaks(verdict, each)}"
    if count > MOST_SETS:
        yield f"  and {count - MOST_SETS} more."


def _breaks(verdict: Verdict, each: FaultSet) -> str:
    return f"{', '.join(each.messages)} {BREAKS[verdict.claim.property]}"


def _messages(bounds: Bounds) -> str:
    return "the first message" if bounds.messages == 1 else f"the first {bounds.messages} messages"


def _faults(count: int) -> str:
    return "1 fault" if count == 1 else f"{count} faults"
