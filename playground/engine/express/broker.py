"""A SEND or an ACK at a queue with one reader: ``Queue._on_send`` and ``_on_ack`` in that case."""

from heapq import heappush

from playground.engine.chance import PAGE
from playground.engine.express.plain import judge
from playground.engine.ledger import DEAD, FIRED, IN_FLIGHT
from playground.engine.message import NO_LOAD, Flight
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.queue import Entry, Queue
from playground.engine.nodes.subscription import FINAL, LEASED, Slot
from playground.engine.parameters import MAX_QUEUE_ENTRIES
from playground.engine.rows import ACKED, APPENDED
from playground.engine.world import ARRIVE, LEASE, LIMITS_FROM, World

_new = object.__new__


def take_send(world: World, queue: Queue, flight: Flight) -> bool:
    """Appended, CONFIRM, and at once DELIVER with its lease."""
    parameters, subscriptions, log = queue.parameters, queue.subscriptions, queue.log
    _, _, _, _, message, number, _ = flight.row
    lease_us = parameters.lease_us
    up = world.links.get(flight.route.link)
    if (
        up is None
        or queue.armed
        or not (queue.is_plain if queue.judged is parameters else judge(queue))
        or queue.branches
        or lease_us is None
        or len(subscriptions) != 1
        or len(log) >= MAX_QUEUE_ENTRIES
        or len(world.agenda) >= LIMITS_FROM - 3
    ):
        return False
    for subscription in subscriptions.values():
        members = subscription.members
    if len(members) != 1 or subscription.ready.get(""):
        return False
    name, group, unacked = members[0], subscription.group, subscription.unacked
    ledger, consumer = world.ledger, world.nodes[name]
    assert type(consumer) is Consumer
    book, down, program = ledger.groups[group], consumer.link, consumer.program
    if (
        down is None
        or program.is_auto_ack
        or program.is_transaction
        or unacked[name] >= consumer.parameters.prefetch
        or book.state[message] == 0
        or book.ended_by
        or ledger.status[message] == FIRED
    ):
        return False
    now_us, block, agenda, flights = world.now_us, world.block, world.agenda, world.flights
    queue.next_offset = (offset := queue.next_offset) + 1
    queue.appended += 1
    log[offset] = entry = _new(Entry)
    entry.offset = offset
    entry.message = message
    entry.appended_us = now_us
    entry.pending = 1
    entry.is_owed = True
    seq, order = world.next_seq, world.next_order
    block.append((APPENDED, seq, now_us, world.cause, world.tags[queue.id], message, offset))
    world.cause = cause = seq
    seq += 1
    held = book.held
    held[message] += 1
    if book.state[message] == DEAD:
        ledger.back_from_the_dead(book, message)
    producer, nth = ledger.producer[message], ledger.number[message]
    key, at = producer << 32 | nth // PAGE, nth % PAGE

    try:
        lane = up.lanes["CONFIRM"]
        latency_us = -1 if lane.ordinals[message] else lane.pages[key][at]
    except (KeyError, IndexError):
        latency_us = -1
    if latency_us < 0 or up.armed or up.cut_request or up.cut_reply:
        world.next_seq = seq
        world.send(up, "CONFIRM", message, number)
        seq, order = world.next_seq, world.next_order
    else:
        lane.ordinals[message] = 1
        lane.sent += 1
        ends_us = now_us + latency_us
        row = (lane.code, seq, now_us, cause, message, number, ends_us)
        block.append(row)
        flights[seq] = leaving = _new(Flight)
        leaving.row = row
        leaving.route = lane.route
        leaving.travel = 1.0
        leaving.load = NO_LOAD
        heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
        seq += 1
        order += 1

    subscription.slots[offset] = slot = _new(Slot)
    slot.offset = offset
    slot.message = message
    slot.key = (producer, ledger.key[message])
    slot.born_us = slot.leased_us = now_us
    slot.state = LEASED
    slot.count = 1
    queue.next_token = (token := queue.next_token) + 1
    slot.token = token
    slot.consumer = subscription.last_served = name
    slot.incarnation = incarnation = subscription.connected[name]
    slot.expiry_us = expiry_us = now_us + lease_us
    slot.acked_us = 0
    unacked[name] += 1
    load = (incarnation, offset, token, program, now_us)
    try:
        lane = down.lanes["DELIVER"]
        latency_us = -1 if lane.ordinals[message] else lane.pages[key][at]
    except (KeyError, IndexError):
        latency_us = -1
    if latency_us < 0 or down.armed or down.cut_request or down.cut_reply:
        world.next_seq, world.next_order = seq, order
        world.send(down, "DELIVER", message, 1, load)
        order = world.next_order
    else:
        lane.ordinals[message] = 1
        lane.sent += 1
        held[message] += 1
        ends_us = now_us + latency_us
        row = (lane.code, seq, now_us, cause, message, 1, ends_us)
        block.append(row)
        flights[seq] = leaving = _new(Flight)
        leaving.row = row
        leaving.route = lane.route
        leaving.travel = 1.0
        leaving.load = load
        heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
        world.next_seq = seq + 1
        order += 1

    # The lease, as World.schedule_in_line does it.
    due = (expiry_us, 2, order, LEASE, (cause, queue.id, offset, token, 0, group))
    world.next_order = order + 1
    line = world.lines.get((queue.id, LEASE))
    if line and expiry_us >= line[-1][0]:
        line.append(due)
    else:
        world.put_in_line(due)
    # The copy that the SEND was ends; the entry keeps the message.
    ledger.upstream[message] -= 1
    return True


def take_ack(world: World, queue: Queue, flight: Flight) -> bool:
    """Acked: the lease stands, and nothing has to be answered."""
    parameters, route = queue.parameters, flight.route
    group = route.group
    subscription = queue.subscriptions.get(group)
    _, offset, token, program, _ = flight.load
    if (
        subscription is None
        or program is None
        or program.awaits_reply
        or queue.armed
        or not (queue.is_plain if queue.judged is parameters else judge(queue))
        or queue.branches
        or route.link not in world.links
    ):
        return False
    slot = subscription.slots.get(offset)
    if slot is None or slot.state != LEASED or slot.token != token:
        return False
    message, book, log = slot.message, world.ledger.groups[group], queue.log
    held = book.held[message]
    if held == 1 and book.state[message] == IN_FLIGHT:
        return False  # this ends the last copy of something that was not applied
    subscription.note_acked(slot)
    if subscription.connected.get(slot.consumer) == slot.incarnation:
        subscription.unacked[slot.consumer] -= 1
    slot.state = FINAL
    del subscription.slots[offset]
    world.next_seq = (seq := world.next_seq) + 1
    tag = subscription.acked_tag
    if tag < 0:
        tag = subscription.acked_tag = world.tags[queue.id, group, "ack"]
    world.block.append((ACKED, seq, world.now_us, world.cause, tag, message))
    world.cause = seq
    queue.acked += 1
    book.held[message] = held - 1
    entry = log.get(offset)
    if entry is not None:
        entry.pending -= 1
        if entry.pending <= 0:
            del log[offset]
    if subscription.ready.get(""):
        dispatch(world, queue, subscription)
    return True
