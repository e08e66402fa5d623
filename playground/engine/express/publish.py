"""A message is submitted and sent at once: what ``Producer.on_arrival`` comes to in that case."""

from heapq import heappush

from playground.engine.chance import PAGE
from playground.engine.express.plain import judge
from playground.engine.ledger import CONFIRMED, IN_FLIGHT, UNCONFIRMED
from playground.engine.message import Flight
from playground.engine.nodes.producer import Intent, Producer
from playground.engine.rows import CONFIRMED as CONFIRMED_ROW
from playground.engine.rows import PRODUCED
from playground.engine.world import ARRIVE, CONFIRM_TIMEOUT, LIMITS_FROM, P_SUBMIT, PRODUCE, World

_new = object.__new__


def take_confirm(world: World, producer: Producer, flight: Flight) -> bool:
    """Confirmed, for the first time, of a message that its queue or a reader still has."""
    message, ledger, unconfirmed = flight.row[4], world.ledger, producer.unconfirmed
    link = producer.link
    if message not in unconfirmed or producer.buffer or link is None:
        return False
    intent = unconfirmed[message]
    if intent.counts:
        left = ledger.upstream[message] - 1
        if left == 0:
            for book in ledger.groups_of.get(link.target, ()):
                if not book.held[message] and book.state[message] == IN_FLIGHT:
                    return False  # it may be lost by this
        ledger.upstream[message] = left
    del unconfirmed[message]
    producer.confirmed += 1
    ledger.status[message] = CONFIRMED
    world.next_seq = (seq := world.next_seq) + 1
    tag = world.tags[producer.id]
    world.block.append((CONFIRMED_ROW, seq, world.now_us, world.cause, tag, message))
    world.cause = seq
    return True


def publish(world: World, producer: Producer, schedule_id: int) -> bool:
    """Produced, SEND, its timeout, and the next arrival. The producer is up."""
    if type(producer) is not Producer:
        return False  # another node of an old name
    parameters, link, unconfirmed = producer.parameters, producer.link, producer.unconfirmed
    agenda = world.agenda
    if (
        link is None
        or producer.armed
        or not (producer.is_plain if producer.judged is parameters else judge(producer))
        or schedule_id != producer.schedule_id
        or producer.is_paused
        or producer.buffer
        or len(unconfirmed) >= parameters.window
        or world.is_settling
        or len(agenda) >= LIMITS_FROM - 2
    ):
        return False
    ledger, now_us, owner = world.ledger, world.now_us, producer.id
    producer.produced = number = producer.produced + 1
    number += producer.numbers_before
    index = producer.index
    message = ledger.submit(
        index, number, (number - 1) % parameters.keys, parameters.amount, link.target, now_us,
        UNCONFIRMED,
    )  # fmt: skip
    seq = world.next_seq
    world.block.append((PRODUCED, seq, now_us, 0, world.tags[owner], message))
    world.cause = seq
    upstream = ledger.upstream
    upstream[message] += 1
    unconfirmed[message] = intent = _new(Intent)
    intent.message = message
    intent.attempt = intent.timer = 1
    intent.session = intent.sequence = 0
    intent.waits_for = "confirm"
    intent.since_us = now_us
    intent.until_us = until_us = now_us + parameters.retry.timeout_us
    intent.counts = True
    producer.attempts += 1
    load = (producer.incarnation, 0, 0, None, 0)
    try:
        lane = link.lanes["SEND"]
        latency_us = lane.pages[index << 32 | number // PAGE][number % PAGE]
        if lane.ordinals[message]:
            latency_us = -1
    except (KeyError, IndexError):
        latency_us = -1
    if latency_us < 0 or link.armed or link.cut_request or link.cut_reply:
        world.next_seq = seq + 1
        world.send(link, "SEND", message, 1, load)
    else:
        lane.ordinals[message] = 1
        lane.sent += 1
        upstream[message] += 1
        seq += 1
        world.next_seq = seq + 1
        world.next_order = (order := world.next_order) + 1
        ends_us = now_us + latency_us
        row = (lane.code, seq, now_us, seq - 1, message, 1, ends_us)
        world.block.append(row)
        world.flights[seq] = flight = _new(Flight)
        flight.row = row
        flight.route = lane.route
        flight.travel = 1.0
        flight.load = load
        heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
    # The timeout, as World.schedule_in_line does it.
    world.next_order = (order := world.next_order) + 1
    what = (world.cause, owner, producer.incarnation, message, 1, "")
    due = (until_us, 2, order, CONFIRM_TIMEOUT, what)
    line = world.lines.get((owner, CONFIRM_TIMEOUT))
    if line and until_us >= line[-1][0]:
        line.append(due)
    else:
        world.put_in_line(due)
    if parameters.arrivals == "regular":
        producer.schedule_next(world, now_us)
        return True
    producer.arrival = arrival = producer.arrival + 1
    if producer.gaps_start == (schedule_id, arrival // PAGE):
        gap_us = producer.gaps[arrival % PAGE]
    else:
        gap_us = producer.draw_gap_us(world, arrival)
    at_us = now_us + round(gap_us / parameters.rate_per_s / 1000)
    world.next_order = (order := world.next_order) + 1
    what = (world.cause, owner, schedule_id, 0, 0, "")
    heappush(agenda, (at_us, P_SUBMIT, order, PRODUCE, what))
    return True
