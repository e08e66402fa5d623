"""How is a proof handed on, and how can anybody run it again?

One JSON object holds what was asked, what came of it and the scenario itself. Running it again on
any machine must give the same object, but for the seconds.
"""

from typing import Any, cast, get_args

from playground import __version__
from playground.checker.bounds import Bounds, FaultKind, Property
from playground.checker.explore import CANCELLED, STOPPED, TOO_LONG
from playground.checker.verdict import FaultSet, Level, Method, Proof, Verdict
from playground.scenario.model import Scenario
from playground.scenario.save import to_text

Json = dict[str, Any]

FORMAT = 1


class CertificateError(Exception):
    """Why this is no certificate that can be run again, in a sentence."""


def as_json(proof: Proof) -> Json:
    """The contract: ``groups``, then the properties, then the verdict."""
    groups: Json = {}
    for verdict in proof.verdicts:
        claims = groups.setdefault(verdict.claim.group, {})
        claims[verdict.claim.property] = _verdict(verdict)
    return {
        "scenario": proof.scenario,
        "scenario_sha256": proof.scenario_sha256,
        "engine": __version__,
        "method": proof.method,
        "bounds": _bounds(proof.bounds),
        "groups": groups,
        "not_covered": list(not_covered(proof)),
        "seconds": round(proof.seconds, 3),
    }


def certificate(proof: Proof, scenario: Scenario) -> Json:
    """With the scenario's own text and every counterexample's, so that the file stands alone."""
    found = {"certificate": FORMAT, **as_json(proof), "scenario_text": to_text(scenario)}
    for verdict in proof.verdicts:
        entry = found["groups"][verdict.claim.group][verdict.claim.property]
        for shown, each in zip(entry["minimal"], verdict.minimal, strict=True):
            shown["scenario"] = each.scenario
    return found


def _bounds(bounds: Bounds) -> Json:
    return {
        "messages": bounds.messages,
        "faults": bounds.faults,
        "catalogue": list(bounds.catalogue),
        "properties": list(bounds.properties),
        "groups": list(bounds.groups),
        "asynchronous": bounds.asynchronous,
        "every_set": bounds.every_set,
        "most_events": bounds.most_events,
        "most_schedules": bounds.most_schedules,
        "seconds": bounds.seconds,
    }


def _verdict(verdict: Verdict) -> Json:
    found: Json = {
        "verdict": verdict.word,
        "faults": verdict.faults,
        "schedules": verdict.schedules,
        "levels": [_level(level) for level in verdict.levels],
        "minimal": [_fault_set(each) for each in verdict.minimal],
        "witnesses": verdict.witnesses,
    }
    if verdict.states:
        found["states"] = verdict.states
    if verdict.reason:
        found["reason"] = verdict.reason
    return found


def _level(level: Level) -> Json:
    found: Json = {"faults": level.faults, "schedules": level.schedules, "of": level.of}
    return found | ({"states": level.states} if level.states else {})


def _fault_set(each: FaultSet) -> Json:
    found: Json = {"faults": list(each.faults), "messages": list(each.messages)}
    if each.trace_sha256:
        found["trace_sha256"] = each.trace_sha256
    if each.steps:
        found["steps"] = list(each.steps)
    if each.unplayable:
        found["unplayable"] = each.unplayable
    return found


def not_covered(proof: Proof) -> tuple[str, ...]:
    """What nobody may read into it."""
    bounds = proof.bounds
    messages = "1 message" if bounds.messages == 1 else f"{bounds.messages} messages"
    faults = "1 fault" if bounds.faults == 1 else f"{bounds.faults} faults"
    left_out = [kind for kind in ("drop", "late", "duplicate", "crash", "pause", "broker-crash")
                if kind not in bounds.catalogue]  # fmt: skip
    found = [f"more than {faults} in one run, or more than {messages} of each producer"]
    if left_out:
        found.append(f"faults that were not chosen: {', '.join(left_out)}")
    if proof.method == "these timings":
        found.append("other latencies, work times and timeouts than those drawn from this seed")
        found.append("faults at other instants than those searched")
    found += proof.left_out
    found += [
        "cut links and other clocks, unless they act in the scene by themselves",
        "changes while it runs: new nodes, other settings, consumers that join or leave",
        "mistakes in your real producers, queues and consumers",
    ]
    return tuple(found)


def bounds_of(found: Json) -> Bounds:
    """The bounds that a certificate was made with. Raises CertificateError."""
    try:
        given = found["bounds"]
        return Bounds(
            messages=_whole(given["messages"]),
            faults=_whole(given["faults"]),
            catalogue=cast("tuple[FaultKind, ...]", _words(given["catalogue"], FaultKind)),
            properties=cast("tuple[Property, ...]", _words(given["properties"], Property)),
            groups=tuple(str(each) for each in given["groups"]),
            asynchronous=bool(given.get("asynchronous", False)),
            every_set=bool(given["every_set"]),
            most_events=_whole(given["most_events"]),
            most_schedules=_whole(given["most_schedules"]),
        )
    except (KeyError, TypeError, ValueError, AssertionError):
        raise CertificateError(
            "its bounds are missing or not as this version writes them"
        ) from None


def method_of(found: Json) -> Method:
    """How it was proved. Raises CertificateError."""
    method = found.get("method")
    if method not in get_args(Method):
        raise CertificateError("it does not say by which method it was proved")
    return cast("Method", method)


def was_stopped(found: Json) -> bool:
    """Whether somebody, or the clock, ended it: nobody can end it at the same place again."""
    groups = found.get("groups")
    claims = groups.values() if isinstance(groups, dict) else ()
    reasons = [
        str(claim.get("reason", ""))
        for each in claims
        if isinstance(each, dict)
        for claim in each.values()
        if isinstance(claim, dict)
    ]
    return any(reason.startswith((CANCELLED, TOO_LONG, STOPPED)) for reason in reasons)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError
    return value


def _words(values: object, allowed: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not set(values) <= set(get_args(allowed)):
        raise ValueError
    return tuple(values)


def differences(was: Json, now: Json) -> tuple[str, ...]:
    """Where a second run came out differently, a line each; empty where it is the same."""
    found = [f"{key} differs" for key in ("scenario", "not_covered") if was.get(key) != now[key]]
    earlier = was.get("groups")
    earlier = earlier if isinstance(earlier, dict) else {}
    for group in dict.fromkeys((*earlier, *now["groups"])):
        old, new = earlier.get(group), now["groups"].get(group, {})
        old = old if isinstance(old, dict) else {}
        for name in dict.fromkeys((*old, *new)):
            before, after = old.get(name), new.get(name)
            if before != after:
                before = before if isinstance(before, dict) else {}
                found.append(_difference(group, name, before, after or {}))
    return tuple(found)


def _difference(group: str, name: str, before: Json, after: Json) -> str:
    place = f"{group}, {name}"
    for key in ("verdict", "faults", "schedules", "levels", "witnesses", "minimal"):
        if before.get(key) != after.get(key):
            if key in ("minimal", "levels", "witnesses"):
                return f"{place}: {key} differ"
            return f"{place}: {key} was {before.get(key)}, is {after.get(key)}"
    return f"{place}: it differs"
