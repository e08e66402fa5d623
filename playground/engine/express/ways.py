"""Who may take a packet or a timer the short way? A *way*: a function made for one pair of ends.

Most of what a handler asks before it acts (is the node up, is anything armed or cut, who reads the
queue) has the same answer for thousands of messages. A way is made where all these answers are
plain; it holds the nodes, the columns and the lanes that it works on as its own variables, so that
what is left is to look at the one message. That is worth 5 µs of a message.

``World.ways`` has them by route, and by the name of the node whose work or arrival is due. All are
*closed*, and made anew when they are next needed, wherever an answer can change: whenever a run is
taken up again (so commands, and whoever puts a hand on a world between two slices), when anything
falls due that is not a node's own timer, and at a crash or a pause.
"""

from playground.engine.express.broker import ack_way, send_way
from playground.engine.express.plain import take_long_way
from playground.engine.express.publish import confirm_way, publish_way
from playground.engine.express.work import deliver_way, work_way
from playground.engine.message import Route
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import Way, World

PATIENCE = 16
"""The first ones to ask for a way in a run that is taken up get none: what is over so soon, as each
of a prover's thousand forks, costs less the long way than the making of ways (a fifth of it)."""
NOT_YET = None
"""Something is still missing that the long way makes when it is first needed: ask again."""


class _NoWays(dict[Route | str, Way]):
    """Whoever looks here finds the long way."""

    def __missing__(self, key: Route | str) -> Way:
        return take_long_way


NO_WAYS: dict[Route | str, Way] = _NoWays()

_OF_PACKETS = {"SEND": send_way, "ACK": ack_way, "CONFIRM": confirm_way, "DELIVER": deliver_way}


def open_way(world: World, key: Route | str) -> Way:
    """The way of this route, or of what is due to the node of this name; kept until it closes."""
    world.ways_asked = asked = world.ways_asked + 1
    if asked <= PATIENCE:
        return take_long_way
    way = _make(world, key) if world.takes_express else take_long_way

    def ask_again(*_: object) -> bool:
        del world.ways[key]
        return False

    way = world.ways[key] = ask_again if way is NOT_YET else way
    return way


def _make(world: World, key: Route | str) -> Way | None:
    name = key if isinstance(key, str) else key.target
    node = world.nodes.get(name)
    if not isinstance(node, Producer | Queue | Consumer):
        return take_long_way
    if not node.is_open or node.armed:
        return take_long_way
    if name not in world.tags:
        return NOT_YET
    if not isinstance(key, str):
        make = _OF_PACKETS.get(key.packet)
        return make(world, node, key) if make is not None else take_long_way
    if isinstance(node, Producer):
        return publish_way(world, node)
    if isinstance(node, Consumer):
        return work_way(world, node)
    return take_long_way
