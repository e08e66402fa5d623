"""A SEND or an ACK at a queue with one reader: ``answers.on_send`` and ``on_ack`` in that case."""

from heapq import heappush

from playground.engine.agenda import ARRIVE, LEASE, put_in_line
from playground.engine.chance import PAGE
from playground.engine.express.plain import clear_lane, is_plain, take_long_way
from playground.engine.ledger import FIRED, IN_FLIGHT, MANY
from playground.engine.message import NO_LOAD, Load, Route
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.node import Node
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import FINAL, LEASED, Slot, Subscription
from playground.engine.parameters import MAX_QUEUE_ENTRIES
from playground.engine.rows import ACKED, APPENDED, Row
from playground.engine.world import Way, World

_new = object.__new__


def _only_reader(world: World, queue: Queue) -> tuple[Subscription, Consumer] | None:
    """The one consumer of the one group, if its ACKs need no answer."""
    if len(queue.subscriptions) != 1:
        return None
    (subscription,) = queue.subscriptions.values()
    if len(subscription.members) != 1:
        return None
    consumer = world.nodes[subscription.members[0]]
    assert isinstance(consumer, Consumer)
    program = consumer.program
    if program.is_auto_ack or program.is_transaction or program.awaits_reply:
        return None
    return subscription, consumer


def send_way(world: World, queue: Node, route: Route) -> Way | None:
    """Appended, CONFIRM, and at once DELIVER with its lease."""
    if not isinstance(queue, Queue) or not is_plain(queue):
        return take_long_way
    up, lease_us, found = (
        world.links.get(route.link), queue.parameters.lease_us, _only_reader(world, queue),
    )  # fmt: skip
    if up is None or lease_us is None or found is None:
        return take_long_way
    subscription, consumer = found
    down, program, prefetch = consumer.link, consumer.program, consumer.parameters.prefetch
    confirms, delivers = clear_lane(up, "CONFIRM"), clear_lane(down, "DELIVER")
    line = world.lines.get((queue.id, LEASE))
    if confirms is None or delivers is None or line is None:
        return None
    assert down is not None
    name, group, unacked = consumer.id, subscription.group, subscription.unacked
    incarnation, slots = subscription.connected[name], subscription.slots
    ready = subscription.ready.setdefault("", [])
    owner, tag, log, branches = queue.id, world.tags[queue.id], queue.log, queue.branches
    block, agenda, packets, delivered = world.block, world.agenda, world.packets, world.delivered
    ledger = world.ledger
    upstream, status, keys = ledger.upstream, ledger.status, ledger.key
    producers, numbers = ledger.producer, ledger.number
    book = ledger.groups[group]
    held, state, ended_by = book.held, book.state, book.ended_by
    confirmed, confirm_pages = confirms.ordinals, confirms.pages
    confirm_code, confirm_route = confirms.code, confirms.route
    counts, pages, code, deliver_route = (
        delivers.ordinals, delivers.pages, delivers.code, delivers.route,
    )  # fmt: skip

    def take(row: Row, load: Load) -> bool:
        _, cause, _, _, message, number, _ = row
        if (
            ready
            or branches
            or ended_by
            or unacked[name] >= prefetch
            or len(log) >= MAX_QUEUE_ENTRIES
            or not 0 < state[message] <= MANY
            or status[message] == FIRED
        ):
            return False
        delivered["SEND"] += 1
        now_us = world.now_us
        queue.next_offset = (offset := queue.next_offset) + 1
        queue.appended += 1
        log[offset] = entry = _new(Entry)
        entry.offset = offset
        entry.message = message
        entry.appended_us = now_us
        entry.pending = 1
        entry.is_owed = True
        seq, order = world.next_seq, world.next_order
        block.append((APPENDED, seq, now_us, cause, tag, message, offset))
        cause = seq
        seq += 1
        producer, nth = producers[message], numbers[message]
        page, at = producer << 32 | nth // PAGE, nth % PAGE

        try:
            latency_us = -1 if confirmed[message] else confirm_pages[page][at]
        except (KeyError, IndexError):
            latency_us = -1
        if latency_us < 0:
            world.next_seq, world.cause = seq, cause
            world.send(up, "CONFIRM", message, number)
            seq, order = world.next_seq, world.next_order
        else:
            confirmed[message] = 1
            confirms.sent += 1
            ends_us = now_us + latency_us
            row = (confirm_code, seq, now_us, cause, message, number, ends_us)
            block.append(row)
            packets[seq] = (row, confirm_route, 1.0, NO_LOAD)
            heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
            seq += 1
            order += 1

        slots[offset] = slot = _new(Slot)
        slot.offset = offset
        slot.message = message
        slot.key = (producer, keys[message])
        slot.born_us = slot.leased_us = now_us
        slot.state = LEASED
        slot.count = 1
        queue.next_token = (token := queue.next_token) + 1
        slot.token = token
        slot.consumer = subscription.last_served = name
        slot.incarnation = incarnation
        slot.expiry_us = expiry_us = now_us + lease_us
        slot.acked_us = 0
        unacked[name] += 1
        load = (incarnation, offset, token, program, now_us)
        try:
            latency_us = -1 if counts[message] else pages[page][at]
        except (KeyError, IndexError):
            latency_us = -1
        if latency_us < 0:
            held[message] += 1
            world.next_seq, world.next_order, world.cause = seq, order, cause
            world.send(down, "DELIVER", message, 1, load)
            order = world.next_order
        else:
            counts[message] = 1
            delivers.sent += 1
            held[message] += 2  # the entry and the packet
            ends_us = now_us + latency_us
            row = (code, seq, now_us, cause, message, 1, ends_us)
            block.append(row)
            packets[seq] = (row, deliver_route, 1.0, load)
            heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
            world.next_seq = seq + 1
            order += 1

        # The lease, as schedule_in_line does it.
        due = (expiry_us, 2, order, LEASE, (cause, owner, offset, token, 0, group))
        world.next_order = order + 1
        if line and expiry_us >= line[-1][0]:
            line.append(due)
        else:
            put_in_line(world, due)
        # The copy that the SEND was ends; the entry keeps the message.
        upstream[message] -= 1
        return True

    return take


def ack_way(world: World, queue: Node, route: Route) -> Way | None:
    """Acked: the lease stands, and nothing has to be answered."""
    if not isinstance(queue, Queue) or not is_plain(queue):
        return take_long_way
    subscription, consumer = queue.subscriptions.get(route.group), world.nodes.get(route.source)
    if (
        subscription is None
        or not isinstance(consumer, Consumer)
        or consumer.program.awaits_reply
        or route.link not in world.links
    ):
        return take_long_way
    tag = world.tags.get((queue.id, route.group, "ack"))
    if tag is None:
        return None
    name, known = consumer.id, consumer.program
    incarnation, unacked = subscription.connected.get(name, -1), subscription.unacked
    slots, tokens = subscription.slots, subscription.acked_tokens
    ready = subscription.ready.setdefault("", [])
    log, branches = queue.log, queue.branches
    book = world.ledger.groups[route.group]
    held, state = book.held, book.state
    block, delivered = world.block, world.delivered

    def take(row: Row, load: Load) -> bool:
        _, offset, token, program, _ = load
        slot = slots.get(offset)
        if (
            slot is None
            or slot.token != token
            or slot.state != LEASED
            or program is not known
            or branches
        ):
            return False
        message = slot.message
        left = held[message] - 1
        if left == 0 and state[message] == IN_FLIGHT:
            return False  # this ends the last copy of something that was not applied
        try:
            tokens[offset] = token
        except IndexError:
            subscription.note_acked(slot)
        delivered["ACK"] += 1
        if slot.incarnation == incarnation and slot.consumer == name:
            unacked[name] -= 1
        slot.state = FINAL
        del slots[offset]
        world.next_seq = (seq := world.next_seq) + 1
        block.append((ACKED, seq, world.now_us, row[1], tag, message))
        queue.acked += 1
        held[message] = left
        entry = log.get(offset)
        if entry is not None:
            if entry.pending > 1:
                entry.pending -= 1
            else:
                entry.pending = 0
                del log[offset]
        if ready:
            world.cause = seq
            dispatch(world, queue, subscription)
        return True

    return take
