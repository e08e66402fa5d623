"""Which delays make a run with clocks take the steps that a search without clocks has found?

The run is the engine's own, under a script. Each node has its line of steps to follow. A packet
that comes before its turn is held back until the step before it is done, a fault is put where its
turn comes; then the run begins anew under the script that has come of that. Timers fire when they
fire: where one comes before its turn, the run goes its own way, and whoever looks at its end sees
whether it still breaks the promise.
"""

from playground.checker.any_timing.attempt import Attempt, Guided
from playground.checker.any_timing.events import Way
from playground.checker.any_timing.plan import Manner, plan_of
from playground.checker.trial import Trial

MOST_RERUNS = 10


def guided(trial: Trial, way: Way, manner: Manner) -> Guided:
    """Change the script until the run takes no step before its turn."""
    plan = plan_of(trial, way, manner)
    for _ in range(MOST_RERUNS):
        attempt = Attempt(plan)
        attempt.follow()
        if not attempt.has_changed:
            break
    return attempt.result()
