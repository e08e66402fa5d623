"""How does a document become a running world?"""

from playground.engine.build import new_simulator
from playground.engine.simulator import Simulator
from playground.scenario.model import Scenario


def simulate(scenario: Scenario, seed: int | None = None) -> Simulator:
    """A simulator at time 0, with the scenario's seed unless another is given."""
    return new_simulator(
        scenario.nodes,
        [(link.source, link.target, link.parameters) for link in scenario.links],
        scenario.seed if seed is None else seed,
        tuple((entry.at_us, entry.command) for entry in scenario.script),
    )
