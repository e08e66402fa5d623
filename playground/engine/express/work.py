"""A DELIVER and the end of work at a consumer that acks afterwards, in the case without a fault."""

from heapq import heappush

from playground.engine.chance import PAGE
from playground.engine.express.plain import judge
from playground.engine.ledger import IN_FLIGHT, ONCE, GroupLedger
from playground.engine.message import Flight
from playground.engine.nodes.consumer import Consumer, Held
from playground.engine.rows import APPLIED, BEGUN, DELIVERED, DELIVERED_AND_BEGUN
from playground.engine.world import ARRIVE, LIMITS_FROM, WORK, World

_new = object.__new__


def take_deliver(world: World, consumer: Consumer, flight: Flight) -> bool:
    """Delivered; begun as well where it was idle: then it checks its memory and works."""
    _, _, _, _, message, times, _ = flight.row
    load, parameters = flight.load, consumer.parameters
    if (
        load[3] is not consumer.program
        or consumer.armed
        or not (consumer.is_plain if consumer.judged is parameters else judge(consumer))
    ):
        return False
    book = world.ledger.groups[consumer.group]
    number = book.delivered[message] + 1
    book.delivered[message] = number
    book.deliveries += 1
    if number > 1:
        book.duplicate_deliveries += 1
    held = _new(Held)
    held.message = message
    held.number = number
    held.times = times
    held.load = load
    held.program = load[3]
    seq, now_us, tag = world.next_seq, world.now_us, world.tags[consumer.id]
    if consumer.current is not None or consumer.buffer:
        world.block.append((DELIVERED, seq, now_us, world.cause, tag, message, number))
        world.next_seq, world.cause = seq + 1, seq
        consumer.buffer.append(held)
        return True
    world.block.append((DELIVERED_AND_BEGUN, seq, now_us, world.cause, tag, message, number))
    world.next_seq, world.cause = seq + 2, seq + 1
    _begin(world, consumer, held, book)
    return True


def _begin(world: World, consumer: Consumer, held: Held, book: GroupLedger) -> None:
    """The program up to the work; the rows are written."""
    message = held.message
    consumer.current = held
    consumer.is_suppressed = False
    consumer.failed = None
    consumer.last_suppressed = -1
    if not book.begun[message]:
        book.begun[message] = 1
        book.wait.add(world.now_us - held.load[4])
    program, parameters, now_us = held.program, consumer.parameters, world.now_us
    consumer.step = 0
    if program.ops[0] == "check":
        store = consumer.memory if program.store == "memory" else consumer.store(world, program)
        if store.has(message, now_us, parameters.dedup_window_us):
            # Suppressed: the long way, from its first step on.
            consumer.go_on(world)
            return
        consumer.step = 1
    ledger = world.ledger
    nth = ledger.number[message]
    page = consumer.work_pages.get(ledger.producer[message] << 32 | nth // PAGE)
    if page is None or held.number > 1:
        until_us = now_us + consumer.work_us(world, held)
    else:
        until_us = now_us + page[nth % PAGE]
    consumer.work_from_us = now_us
    consumer.work_until_us = until_us
    consumer.tick = tick = consumer.tick + 1
    world.next_order = (order := world.next_order) + 1
    what = (world.cause, consumer.id, tick, 2, 0, "")
    heappush(world.agenda, (until_us, 1, order, WORK, what))


def end_work(world: World, consumer: Consumer, tick: int) -> bool:
    """Applied for the first time, marked, ACK; then what waits next begins. It is up."""
    if type(consumer) is not Consumer:
        return False  # another node of an old name
    held, parameters, ledger = consumer.current, consumer.parameters, world.ledger
    if (
        held is None
        or tick != consumer.tick
        or consumer.work_from_us < 0
        or held.program is not consumer.program
        or consumer.armed
        or not (consumer.is_plain if consumer.judged is parameters else judge(consumer))
        or consumer.fails_next
        or len(world.agenda) >= LIMITS_FROM - 2
    ):
        return False
    book, message, link = ledger.groups[consumer.group], held.message, consumer.link
    if (
        book.effects[message]
        or link is None
        or book.held[message] == 1
        or book.state[message] != IN_FLIGHT
    ):
        return False
    now_us, block, agenda = world.now_us, world.block, world.agenda
    consumer.work_from_us = -1
    # What Ledger.applied comes to for the first effect of a message.
    amount, nth = ledger.amount[message], ledger.number[message]
    producer = ledger.producer[message]
    seen = book.orders.get((producer, ledger.key[message]))
    if seen is None or nth < seen.first_max or nth < seen.run_max:
        ledger.note_order(book, message, True)
    else:
        seen.first_max = seen.run_max = seen.last = nth
    book.effects[message] = 1
    book.effect_total += 1
    book.money_is += amount
    book.state[message] = ONCE
    book.in_flight -= 1
    book.applied_once += 1
    book.money_settled += amount
    book.latency.add(now_us - ledger.submitted_us[message])
    cause = seq = world.next_seq
    block.append((APPLIED, seq, now_us, world.cause, world.tags[consumer.id], message, 1))
    world.cause = seq
    program = held.program
    if program.ops[0] == "check":
        store = consumer.memory if program.store == "memory" else consumer.store(world, program)
        store.add(message, now_us)
        if program.store != "memory":
            book.marked += 1
    try:
        lane = link.lanes["ACK"]
        page = lane.pages[producer << 32 | nth // PAGE]
        latency_us = -1 if lane.ordinals[message] else page[nth % PAGE]
    except (KeyError, IndexError):
        latency_us = -1
    if latency_us < 0 or link.armed or link.cut_request or link.cut_reply:
        world.next_seq = seq + 1
        world.send(link, "ACK", message, 0, held.load)
    else:
        lane.ordinals[message] = 1
        lane.sent += 1
        seq += 1
        world.next_seq = seq + 1
        world.next_order = (order := world.next_order) + 1
        ends_us = now_us + latency_us
        row = (lane.code, seq, now_us, cause, message, 0, ends_us)
        block.append(row)
        world.flights[seq] = leaving = _new(Flight)
        leaving.row = row
        leaving.route = lane.route
        leaving.travel = 1.0
        leaving.load = held.load
        heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
    book.held[message] -= 1
    buffer = consumer.buffer
    if not buffer:
        consumer.current = None
        return True
    held = buffer.popleft()
    if held.program is not consumer.program:
        consumer.current = None
        buffer.appendleft(held)
        consumer.advance(world)
        return True
    world.next_seq = (seq := world.next_seq) + 1
    block.append((BEGUN, seq, now_us, world.cause, world.tags[consumer.id], held.message))
    world.cause = seq
    _begin(world, consumer, held, book)
    return True
