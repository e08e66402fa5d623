"""How does a run begin? From plain parameters, at time 0."""

from playground.engine.chance import KeyedChance
from playground.engine.commands import Command
from playground.engine.parameters import LinkParameters, NodeParameters
from playground.engine.simulator import Simulator
from playground.engine.topology import build
from playground.engine.world import World


def new_simulator(
    nodes: dict[str, NodeParameters],
    links: list[tuple[str, str, LinkParameters]],
    seed: int,
    script: tuple[tuple[int, Command], ...] = (),
) -> Simulator:
    """A simulator of a fresh world. Raises ``Rejection`` for a topology that cannot be."""
    world = World(seed, KeyedChance(seed))
    build(world, nodes, links, script)
    return Simulator(world)
