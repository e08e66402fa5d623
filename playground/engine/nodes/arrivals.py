"""When does the application have something to say next? Regularly, in bursts, or at random."""

from heapq import heappush
from typing import TYPE_CHECKING

from playground.engine.agenda import P_SUBMIT, PRODUCE
from playground.engine.chance import PAGE, KeyedChance
from playground.engine.parameters import Spread
from playground.engine.units import LONGEST_US, US_PER_S
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.producer import Producer

_NEVER_S = 1000 * LONGEST_US / US_PER_S
_UNIT_GAP = Spread(mean_us=1000 * US_PER_S, distribution="exponential")


def start_arrivals(world: World, producer: "Producer") -> None:
    """The next message follows one fresh gap from now."""
    producer.schedule_id += 1
    producer.arrivals_from_us = world.now_us
    producer.arrival = 0
    schedule_next(world, producer, world.now_us)


def schedule_next(world: World, producer: "Producer", last_us: int) -> None:
    """The next message is due after a gap."""
    parameters = producer.parameters
    if world.is_settling or producer.link is None:
        return
    if parameters.limit is not None and producer.produced >= parameters.limit:
        return
    producer.arrival = arrival = producer.arrival + 1
    per_s = parameters.rate_per_s
    if arrival * parameters.burst / per_s > _NEVER_S:
        return  # so rare that it never comes
    if parameters.arrivals == "regular":
        at_us = producer.arrivals_from_us + round(arrival * US_PER_S / per_s)
    elif parameters.arrivals == "burst":
        gap = parameters.burst * US_PER_S / per_s
        at_us = producer.arrivals_from_us + round(arrival * gap)
    else:
        at_us = last_us + round(draw_gap_us(world, producer, arrival) / per_s / 1000)
    world.next_order = (order := world.next_order) + 1
    what = (world.cause, producer.id, producer.schedule_id, 0, 0, "")
    heappush(world.agenda, (at_us, P_SUBMIT, order, PRODUCE, what))


def draw_gap_us(world: World, producer: "Producer", arrival: int) -> int:
    """Drawn around a large mean and scaled, so that rounding does not bend a high rate."""
    block, index = divmod(arrival, PAGE)
    start = (producer.schedule_id, block)
    if producer.gaps_start != start:
        chance, storm = world.chance, f"{producer.id}|{producer.schedule_id}"
        if type(chance) is not KeyedChance:
            name = f"{producer.id}#{arrival}"
            return chance.duration_us(_UNIT_GAP, storm, "gap", name, 1)
        producer.gaps_start = start
        producer.gaps = chance.durations_us(_UNIT_GAP, storm, "gap", producer.id, block)
    return producer.gaps[index]


def on_arrival(world: World, producer: "Producer", schedule_id: int) -> None:
    """The moment for one message, or for a burst, has come."""
    if schedule_id != producer.schedule_id or not producer.is_up:
        return
    at_us = world.now_us
    world.cause = 0
    if not producer.is_paused and not world.is_settling:
        count = producer.parameters.burst if producer.parameters.arrivals == "burst" else 1
        for _ in range(count):
            if not producer.submit(world):
                break
    if producer.is_up and producer.schedule_id == schedule_id:
        schedule_next(world, producer, at_us)
