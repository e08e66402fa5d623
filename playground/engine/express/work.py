"""A DELIVER and the end of work at a consumer that acks afterwards, in the case without a fault."""

from array import array
from collections.abc import Callable
from heapq import heappush

from playground.engine.agenda import ARRIVE, WORK
from playground.engine.chance import PAGE
from playground.engine.express.plain import clear_lane, is_plain, take_long_way
from playground.engine.ledger import IN_FLIGHT, ONCE
from playground.engine.message import Load, Route
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.handler import work_us
from playground.engine.nodes.held import Held
from playground.engine.nodes.node import Node
from playground.engine.nodes.steps import go_on
from playground.engine.records import Suppressed
from playground.engine.rows import APPLIED, BEGUN, CODES, DELIVERED, DELIVERED_AND_BEGUN, Row
from playground.engine.world import Way, World

_new = object.__new__

_SUPPRESSED = CODES[Suppressed]

Begin = Callable[[Held, int], bool]
"""With what is taken up and the record of that. False where it has ended at once."""


def deliver_way(world: World, consumer: Node, route: Route) -> Way | None:
    """Delivered; begun as well where it was idle: then it checks its memory and works."""
    if not isinstance(consumer, Consumer) or not is_plain(consumer):
        return take_long_way
    book = world.ledger.groups[consumer.group]
    deliveries, incarnation, program = book.delivered, consumer.incarnation, consumer.program
    tag, block, buffer = world.tags[consumer.id], world.block, consumer.buffer
    delivered, begin = world.delivered, _beginning(world, consumer)

    def take(row: Row, load: Load) -> bool:
        _, cause, _, _, message, times, _ = row
        if load[3] is not program or load[0] != incarnation:
            return False
        delivered["DELIVER"] += 1
        deliveries[message] = number = deliveries[message] + 1
        book.deliveries += 1
        if number > 1:
            book.duplicate_deliveries += 1
        held = _new(Held)
        held.message = message
        held.number = number
        held.times = times
        held.load = load
        held.program = program
        seq = world.next_seq
        if buffer or consumer.current is not None:
            world.next_seq = seq + 1
            block.append((DELIVERED, seq, world.now_us, cause, tag, message, number))
            buffer.append(held)
            return True
        world.next_seq = seq + 2
        block.append((DELIVERED_AND_BEGUN, seq, world.now_us, cause, tag, message, number))
        begin(held, seq + 1)
        return True

    return take


def _beginning(world: World, consumer: Consumer) -> Begin:
    """The program up to the work; the rows are written."""
    program, parameters, ledger = consumer.program, consumer.parameters, world.ledger
    book, owner = ledger.groups[consumer.group], consumer.id
    begun, producers, numbers = book.begun, ledger.producer, ledger.number
    pages, window_us = consumer.work_pages, parameters.dedup_window_us
    agenda, block = world.agenda, world.block
    checks = program.ops[0] == "check"
    first_step = 1 if checks else 0
    held_of, state, link, wait = book.held, book.state, consumer.link, book.wait.add
    knows = consumer.store(world, program).has if checks else take_long_way

    def suppress(held: Held, cause: int) -> bool:
        message = held.message
        copies = held_of[message] - 1
        if link is None or copies == 0 or state[message] == IN_FLIGHT:
            # The long way, from its first step on; it goes on with what waits.
            consumer.step = 0
            world.cause = cause
            go_on(world, consumer)
            return True
        book.suppressed += 1
        consumer.is_suppressed = True
        consumer.last_suppressed = message
        consumer.suppressed_us = now_us = world.now_us
        consumer.step = program.after_effect
        world.next_seq = (seq := world.next_seq) + 1
        block.append((_SUPPRESSED, seq, now_us, cause, owner, message))
        world.cause = seq
        world.send(link, "ACK", message, 0, held.load)
        held_of[message] = copies
        consumer.current = None
        return False

    def begin(held: Held, cause: int) -> bool:
        message, now_us = held.message, world.now_us
        consumer.current = held
        consumer.is_suppressed = False
        consumer.failed = None
        consumer.last_suppressed = -1
        if not begun[message]:
            begun[message] = 1
            wait(now_us - held.load[4])
        # What has been delivered for the first time cannot have been applied.
        if checks and held.number > 1 and knows(message, now_us, window_us):
            return suppress(held, cause)
        consumer.step = first_step
        nth = numbers[message]
        page = pages.get(producers[message] << 32 | nth // PAGE)
        if page is None or held.number > 1:
            until_us = now_us + work_us(world, consumer, held)
        else:
            until_us = now_us + page[nth % PAGE]
        consumer.work_from_us = now_us
        consumer.work_until_us = until_us
        consumer.tick = tick = consumer.tick + 1
        world.next_order = (order := world.next_order) + 1
        heappush(agenda, (until_us, 1, order, WORK, (cause, owner, tick, 2, 0, "")))
        return True

    return begin


def work_way(world: World, consumer: Consumer) -> Way | None:
    """Applied for the first time, marked, ACK; then what waits next begins."""
    link, ledger, program = consumer.link, world.ledger, consumer.program
    if link is None or consumer.fails_next or not is_plain(consumer):
        return take_long_way
    lane = clear_lane(link, "ACK")
    if lane is None:
        return None
    tag, book, buffer = world.tags[consumer.id], ledger.groups[consumer.group], consumer.buffer
    effects, held_of, state, orders = book.effects, book.held, book.state, book.orders
    amounts, numbers, producers = ledger.amount, ledger.number, ledger.producer
    keys, since, begin = ledger.key, ledger.submitted_us, _beginning(world, consumer)
    store = consumer.store(world, program) if program.ops[0] == "check" else None
    marks = store.moments if store is not None else array("q")
    is_durable, latency = program.store != "memory", book.latency.add
    ordinals, pages, code, route = lane.ordinals, lane.pages, lane.code, lane.route
    block, agenda, packets = world.block, world.agenda, world.packets

    def end_work(cause: int, tick: int) -> bool:
        held = consumer.current
        if (
            held is None
            or tick != consumer.tick
            or consumer.work_from_us < 0
            or held.program is not program
        ):
            return False
        message = held.message
        copies = held_of[message] - 1
        if effects[message] or copies == 0 or state[message] != IN_FLIGHT:
            return False
        now_us = world.now_us
        consumer.work_from_us = -1
        # What Ledger.applied comes to for the first effect of a message.
        amount, nth, producer = amounts[message], numbers[message], producers[message]
        seen = orders.get((producer, keys[message]))
        if seen is None:
            ledger.note_order(book, message, True)
        else:
            if nth < seen.first_max:
                book.out_of_order += 1
            else:
                seen.first_max = nth
            if nth < seen.run_max:
                book.regress += 1
            else:
                seen.run_max = nth
            seen.last = nth
        effects[message] = 1
        book.effect_total += 1
        book.money_is += amount
        state[message] = ONCE
        book.in_flight -= 1
        book.applied_once += 1
        book.money_settled += amount
        latency(now_us - since[message])
        seq = world.next_seq
        block.append((APPLIED, seq, now_us, cause, tag, message, 1))
        cause = seq
        seq += 1
        if store is not None:
            try:
                marks[message] = now_us + 1
            except IndexError:
                store.add(message, now_us)
            if is_durable:
                book.marked += 1
        try:
            latency_us = (
                -1 if ordinals[message] else pages[producer << 32 | nth // PAGE][nth % PAGE]
            )
        except (KeyError, IndexError):
            latency_us = -1
        if latency_us < 0:
            world.next_seq, world.cause = seq, cause
            world.send(link, "ACK", message, 0, held.load)
            seq = world.next_seq
        else:
            ordinals[message] = 1
            lane.sent += 1
            world.next_order = (order := world.next_order) + 1
            ends_us = now_us + latency_us
            row = (code, seq, now_us, cause, message, 0, ends_us)
            block.append(row)
            packets[seq] = (row, route, 1.0, held.load)
            heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
            seq += 1
        held_of[message] = copies
        consumer.current = None
        world.next_seq = seq
        while buffer:
            held = buffer[0]
            if held.program is not program:
                world.cause = cause
                consumer.advance(world)
                return True
            buffer.popleft()
            seq = world.next_seq
            world.next_seq = seq + 1
            block.append((BEGUN, seq, now_us, cause, tag, held.message))
            if begin(held, seq):
                return True
            cause = world.cause
        return True

    return end_work
