"""A message is submitted and sent at once: what ``arrivals.on_arrival`` comes to in that case."""

from heapq import heappush

from playground.engine.agenda import ARRIVE, CONFIRM_TIMEOUT, P_SUBMIT, PRODUCE, put_in_line
from playground.engine.chance import PAGE
from playground.engine.express.plain import clear_lane, is_plain, take_long_way
from playground.engine.ledger import CONFIRMED, IN_FLIGHT, UNCONFIRMED
from playground.engine.message import Load, Route
from playground.engine.nodes.arrivals import draw_gap_us, schedule_next
from playground.engine.nodes.intent import Intent
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.rows import CONFIRMED as CONFIRMED_ROW
from playground.engine.rows import PRODUCED, Row
from playground.engine.world import Way, World

_new = object.__new__


def confirm_way(world: World, producer: Node, route: Route) -> Way | None:
    """Confirmed, for the first time, of a message that its queue or a reader still has."""
    if not isinstance(producer, Producer) or producer.link is None:
        return take_long_way
    ledger, unconfirmed, buffer = world.ledger, producer.unconfirmed, producer.buffer
    upstream, status = ledger.upstream, ledger.status
    books = ledger.groups_of.get(producer.link.target, [])
    tag, block, delivered = world.tags[producer.id], world.block, world.delivered

    def take(row: Row, load: Load) -> bool:
        _, cause, _, _, message, _, _ = row
        if message not in unconfirmed or buffer:
            return False
        if unconfirmed[message].counts:
            left = upstream[message] - 1
            if left == 0:
                for book in books:
                    if not book.held[message] and book.state[message] == IN_FLIGHT:
                        return False  # it may be lost by this
            upstream[message] = left
        delivered["CONFIRM"] += 1
        del unconfirmed[message]
        producer.confirmed += 1
        status[message] = CONFIRMED
        world.next_seq = (seq := world.next_seq) + 1
        block.append((CONFIRMED_ROW, seq, world.now_us, cause, tag, message))
        return True

    return take


def publish_way(world: World, producer: Producer) -> Way | None:
    """Produced, SEND, its timeout, and the next arrival."""
    link, parameters, ledger = producer.link, producer.parameters, world.ledger
    if link is None or world.is_settling or not is_plain(producer):
        return take_long_way
    lane, line = clear_lane(link, "SEND"), world.lines.get((producer.id, CONFIRM_TIMEOUT))
    if lane is None or line is None or link.target not in ledger.queues:
        return None
    owner, tag, schedule = producer.id, world.tags[producer.id], producer.schedule_id
    index, before = producer.index, producer.numbers_before
    incarnation, unconfirmed, buffer = producer.incarnation, producer.unconfirmed, producer.buffer
    window, key_count, amount = parameters.window, parameters.keys, parameters.amount
    timeout_us, rate_per_s = parameters.retry.timeout_us, parameters.rate_per_s
    is_regular = parameters.arrivals == "regular"
    queue, books = ledger.queues.index(link.target), ledger.groups_of.get(link.target, [])
    producers, numbers, keys, queues = ledger.producer, ledger.number, ledger.key, ledger.queue
    amounts, since, status = ledger.amount, ledger.submitted_us, ledger.status
    upstream = ledger.upstream
    ordinals, pages, code, route = lane.ordinals, lane.pages, lane.code, lane.route
    block, agenda, packets = world.block, world.agenda, world.packets
    load: Load = (incarnation, 0, 0, None, 0)

    def publish(_: int, schedule_id: int) -> bool:
        if schedule_id != schedule or buffer or len(unconfirmed) >= window:
            return False
        now_us = world.now_us
        producer.produced = number = producer.produced + 1
        number += before
        # What Ledger.submit comes to.
        message = ledger.count
        if message >= ledger.capacity:
            ledger.grow()
        ledger.count = message + 1
        producers[message] = index
        numbers[message] = number
        keys[message] = (number - 1) % key_count
        amounts[message] = amount
        since[message] = now_us
        status[message] = UNCONFIRMED
        queues[message] = queue
        for book in books:
            book.state[message] = IN_FLIGHT
            book.produced += 1
            book.in_flight += 1
        cause = world.next_seq
        seq = cause + 1
        block.append((PRODUCED, cause, now_us, 0, tag, message))
        unconfirmed[message] = intent = _new(Intent)
        intent.message = message
        intent.attempt = intent.timer = 1
        intent.session = intent.sequence = 0
        intent.waits_for = "confirm"
        intent.since_us = now_us
        intent.until_us = until_us = now_us + timeout_us
        intent.counts = True
        producer.attempts += 1
        try:
            latency_us = pages[index << 32 | number // PAGE][number % PAGE]
            if ordinals[message]:
                latency_us = -1
        except (KeyError, IndexError):
            latency_us = -1
        if latency_us < 0:
            upstream[message] += 1
            world.next_seq, world.cause = seq, cause
            world.send(link, "SEND", message, 1, load)
            order = world.next_order
        else:
            ordinals[message] = 1
            lane.sent += 1
            upstream[message] += 2  # the producer's memory and the packet
            world.next_seq = seq + 1
            order = world.next_order
            ends_us = now_us + latency_us
            row = (code, seq, now_us, cause, message, 1, ends_us)
            block.append(row)
            packets[seq] = (row, route, 1.0, load)
            heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
            order += 1
        # The timeout, as schedule_in_line does it.
        due = (until_us, 2, order, CONFIRM_TIMEOUT, (cause, owner, incarnation, message, 1, ""))
        order += 1
        if line and until_us >= line[-1][0]:
            line.append(due)
        else:
            put_in_line(world, due)
        if is_regular:
            world.next_order, world.cause = order, cause
            schedule_next(world, producer, now_us)
            return True
        producer.arrival = arrival = producer.arrival + 1
        if producer.gaps_start == (schedule, arrival // PAGE):
            gap_us = producer.gaps[arrival % PAGE]
        else:
            gap_us = draw_gap_us(world, producer, arrival)
        at_us = now_us + round(gap_us / rate_per_s / 1000)
        world.next_order = order + 1
        heappush(agenda, (at_us, P_SUBMIT, order, PRODUCE, (cause, owner, schedule, 0, 0, "")))
        return True

    return publish
