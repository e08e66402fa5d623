"""How does a run begin? From plain parameters, at time 0."""

from typing import Any

from playground.engine import commands as c
from playground.engine.agenda import SCRIPT
from playground.engine.chance import KeyedChance
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.parameters import LinkParameters, NodeParameters
from playground.engine.simulator import Simulator
from playground.engine.topology import add_link, add_node
from playground.engine.world import World


def new_simulator(
    nodes: dict[str, NodeParameters],
    links: list[tuple[str, str, LinkParameters]],
    seed: int,
    script: tuple[tuple[int, c.Command], ...] = (),
) -> Simulator:
    """A simulator of a fresh world. Raises ``Rejection`` for a topology that cannot be."""
    world = World(seed, KeyedChance(seed))
    build(world, nodes, links, script)
    return Simulator(world)


def build(
    world: World,
    nodes: dict[str, Any],
    links: list[tuple[str, str, LinkParameters]],
    script: tuple[tuple[int, c.Command], ...],
) -> None:
    """A world as a scenario describes it, at time 0. Raises ``Rejection`` where it cannot be."""
    for name, parameters in nodes.items():
        add_node(world, c.AddNode(name, parameters))

    # Consumers first: a message is owed to the groups that exist when it is produced.
    # A coordinator before them: a group that needs one is served from the beginning.
    def late(link: tuple[str, str, LinkParameters]) -> int:
        if isinstance(world.nodes.get(link[0]), Producer):
            return 2
        is_to_consumer = isinstance(world.nodes.get(link[1]), Consumer)
        return 1 if is_to_consumer else 0

    for source, target, weather in sorted(links, key=late):
        add_link(world, c.AddLink(source, target, weather))
    world.script = script
    world.cause = 0
    for index, (at_us, _) in enumerate(script):
        world.schedule(at_us, SCRIPT, "", index)
