"""Where can a consumer die over a message, and what is half done then?"""

from typing import TYPE_CHECKING

from playground.engine.faults.crash import crash_node
from playground.engine.faults.pause import pause_node
from playground.engine.ledger import GroupLedger
from playground.engine.nodes.held import Held
from playground.engine.programs.compile import ACK_POINTS
from playground.engine.records import Torn
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer


def stops_at(world: World, consumer: "Consumer", points: tuple[str, ...]) -> bool:
    """Whether it dies or is paused before the step with these points."""
    held = consumer.current
    assert held is not None
    if consumer.is_suppressed:
        points = tuple(point for point in points if point in ACK_POINTS)
    if consumer.armed:
        name = world.ledger.name_of(held.message)
        point = consumer.takes_armed(points, name)
        if point:
            crash_node(world, consumer, point=point)
            return True
        if _pauses_at(world, consumer, points, name):
            return True
    parameters = consumer.parameters
    if consumer.may_die and parameters.crash_at in points and world.chance.strikes(
        parameters.crash_chance, consumer.storm, "crash", consumer.drawn_name(world, held.message),
        held.number,
    ):  # fmt: skip
        crash_node(world, consumer, point=parameters.crash_at)
        return True
    return False


def _pauses_at(world: World, consumer: "Consumer", points: tuple[str, ...], name: str) -> bool:
    """Whether an armed pause stops it here; it goes on with this same step, asked again."""
    pause = consumer.takes_armed_pause(points, name)
    if pause is None:
        return False
    pause_node(world, consumer, pause.for_us)
    return True


def halfway_us(consumer: "Consumer") -> int:
    """When half of the work is done: from here on a non-atomic effect is torn by a crash."""
    return consumer.work_from_us + (consumer.work_until_us - consumer.work_from_us) // 2


def may_die_halfway(consumer: "Consumer") -> bool:
    """Whether somebody has to look when half of the work is done."""
    return any(each.point == "mid-effect" for each in consumer.armed) or (
        consumer.parameters.crash_chance > 0.0 and consumer.parameters.crash_at == "mid-effect"
    )


def tear(world: World, consumer: "Consumer", book: GroupLedger, held: Held) -> None:
    """It has died over this message: if half of the work was done, half an effect stays."""
    if consumer.work_from_us < 0 or held.program.is_atomic or held.program.effect == "set":
        return
    done_us = world.now_us - consumer.work_from_us
    if consumer.work_left_us >= 0:
        done_us = consumer.work_until_us - consumer.work_from_us - consumer.work_left_us
    if 2 * done_us >= consumer.work_until_us - consumer.work_from_us:
        book.torn += 1
        world.emit(Torn, consumer.id, held.message)
