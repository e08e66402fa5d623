"""What stands in for a proof in a process of its own, where nothing may depend on the clock?"""

from dataclasses import replace

from playground.checker.bounds import Bounds
from playground.checker.job import Message
from playground.checker.prove import prove
from playground.checker.verdict import Method
from playground.scenario.model import Scenario

MOST_SCHEDULES = 8


class PromptJob:
    """A true proof, of a few schedules only, made when it is first asked for."""

    def __init__(self, scenario: Scenario, bounds: Bounds, workers: int, method: Method) -> None:
        self._scenario = scenario
        self._bounds = replace(bounds, most_schedules=MOST_SCHEDULES)
        self._is_cancelled = False

    def start(self) -> None:
        """Nothing has to be started."""

    def poll(self) -> list[Message]:
        """The whole proof at once."""
        return [prove(self._scenario, self._bounds, is_cancelled=lambda: self._is_cancelled)]

    def cancel(self) -> None:
        """Before it has begun: no schedule is run."""
        self._is_cancelled = True

    def close(self) -> None:
        """Nothing is left."""
