"""Can what breaks a promise at any timing be seen in a run with clocks, and under which script?

A run is offered only after it was run: it breaks the same promise, with as many faults as the
search has named, and without any one of them it keeps it. Delays that only keep an order, and make
no timer fire before what it waits for, are no faults: any latency is allowed here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from playground.checker.any_timing.attempt import Guided
from playground.checker.any_timing.events import Event, Way
from playground.checker.any_timing.guide import guided
from playground.checker.any_timing.plan import Holds, Manner, Verb
from playground.checker.any_timing.search import Found
from playground.checker.any_timing.strikes import at_once
from playground.checker.bounds import Claim
from playground.checker.moments import SHORT_OUTAGE_US
from playground.checker.properties import violated
from playground.checker.trial import Trial
from playground.engine.nodes.consumer import Consumer

MOST_DELAYS = 16
"""More packets held back are no story that anybody could follow."""
MOST_EVENTS = 1_500
"""In one run; a break comes early, or where nothing more comes."""


class Timed(NamedTuple):
    """The script that shows a break."""

    faults: tuple[tuple[Verb, ...], ...]  # those of each fault, in the order of the path
    orders: tuple[Verb, ...]  # delays that only keep an order

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """The whole script, with what only keeps an order at its end."""
        return (*(verb for each in self.faults for verb in each), *self.orders)


class _Asking(NamedTuple):
    """Whose promise a run must break."""

    trial: Trial
    claim: Claim
    messages: frozenset[str]  # at least one of these
    never_rests: bool

    def breaks(self, script: Timed) -> bool:
        """Whether a run under this script does."""
        verbs = script.verbs
        simulator = self.trial.begin(tuple((verb.at_us, verb.command) for verb in verbs))
        simulator.play(min(MOST_EVENTS, self.trial.most_events))
        at_rest = simulator.next_us() is None
        if self.never_rests and at_rest:
            return False
        broken = violated(simulator.world, self.claim, self.never_rests or at_rest)
        return not self.messages.isdisjoint(broken)


def timed(trial: Trial, claim: Claim, way: Way, broken: Found) -> Timed | str:
    """The script, or why there is none, as the end of a sentence."""
    asking = _Asking(trial, claim, frozenset(broken.messages), broken.never_rests)
    reason = ""
    for manner in _manners(trial, way):
        found = _tried(asking, way.events, guided(trial, way, manner))
        if isinstance(found, Timed):
            return found
        reason = reason or found
    return reason


def _manners(trial: Trial, way: Way) -> Iterator[Manner]:
    """From the most natural to the strictest."""
    nodes = trial.begin(()).world.nodes

    def of_group(name: str) -> str:
        node = nodes[name]
        return f"group {node.group}" if isinstance(node, Consumer) else f"node {name}"

    has_clicks = any(at_once(event, {}) is not None for event in way.events)
    holds: tuple[Holds, ...] = ("arriving", "sent", "all")
    for outage_us in (None, SHORT_OUTAGE_US) if has_clicks else (None,):
        for line_of in (lambda name: name, of_group, lambda name: "all"):
            for each in holds:
                yield Manner(line_of, each, True, outage_us)
                if has_clicks:
                    yield Manner(line_of, each, False, outage_us)


def _tried(asking: _Asking, events: tuple[Event, ...], run: Guided) -> Timed | str:
    if len(run.delays) > MOST_DELAYS:
        return "it would take more packets held back than anybody could follow"
    script = _sorted(events, run)
    if not asking.breaks(script):
        return "with the durations of this scene its timers fire in another order"
    script = _plainest(asking, script)
    if not all(script.faults):
        return "no packet of this scene is late where the steps need one to be"
    for index in range(len(script.faults)):
        fewer = script._replace(faults=script.faults[:index] + script.faults[index + 1 :])
        if asking.breaks(fewer):
            return "with the durations of this scene it takes more than these faults"
    return script


def _sorted(events: tuple[Event, ...], run: Guided) -> Timed:
    """A delay is a fault where its packet misses a timer that fires for want of it."""
    of_event = {verb.event: (verb,) for verb in run.faults}
    orders = []
    early = [index for index, event in enumerate(events) if event.is_early]
    for held, verb in run.delays:
        missed = [
            index
            for index in early
            if held.sent_us <= run.times_us.get(index, -1) < held.due_us
            and held.natural_us <= run.times_us[index]
            and events[index].message in ("", held.ident.message)
        ]
        if missed:
            index = next((each for each in missed if each not in of_event), missed[0])
            of_event[index] = (*of_event.get(index, ()), verb._replace(event=index))
        else:
            orders.append(verb)
    faults = [of_event.get(index, ()) for index, event in enumerate(events) if event.is_fault]
    return Timed(tuple(faults), tuple(orders))


def _plainest(asking: _Asking, script: Timed) -> Timed:
    """Without the delays that the break does not need."""
    size = len(script.orders)
    while size:
        for begin in range(0, len(script.orders), size):
            orders = script.orders[:begin] + script.orders[begin + size :]
            if asking.breaks(script._replace(orders=orders)):
                script = script._replace(orders=orders)
                break
        else:
            size //= 2
            continue
        size = min(size, len(script.orders))
    for index, verbs in enumerate(script.faults):
        for verb in verbs:
            left = tuple(each for each in script.faults[index] if each is not verb)
            faults = (*script.faults[:index], left, *script.faults[index + 1 :])
            if left and asking.breaks(script._replace(faults=faults)):
                script = script._replace(faults=faults)
    return script
