"""How does a packet leave to which more happens than that it arrives?

It is lost, doubled, delayed, held up by a cut or by the packet before it, or the first of its kind.
The plain case is dealt with in ``World.send``, which comes here with all others.
"""

from heapq import heapify, heappush
from typing import TYPE_CHECKING

from playground.engine.agenda import ARRIVE
from playground.engine.chance import MOST_PAGES, Drawn, KeyedOdds
from playground.engine.links import Lane, LinkState
from playground.engine.message import PERSONAL, REQUESTS, Flight, Load, Route
from playground.engine.records import FaultStruck
from playground.engine.rows import ARRIVES, CUT, FATES_EACH, LOST, SENT, Row

if TYPE_CHECKING:
    from playground.engine.world import World


def send_with_events(
    world: "World", link: LinkState, lane: Lane, message: int, number: int, load: Load, ordinal: int
) -> None:
    """A packet leaves of which not everything stands on a page, or to which more happens."""
    ledger, route, odds = world.ledger, lane.route, lane.odds
    nth = ledger.number[message]
    stem = "" if lane.is_by_number else ledger.producers[ledger.producer[message]]
    if type(odds) is KeyedOdds:
        fate = odds.draw_of(stem, nth, ordinal)
    else:
        fate = odds.draw(f"{stem}#{nth}", ordinal)
    if link.armed:
        fate = _armed_fate(world, link, route, message, fate)
    is_lost, latency_us, travel, copy_us = fate
    lane.sent += 1
    is_copy = False
    while True:
        ends_us = world.now_us + latency_us
        word = LOST if is_lost else ARRIVES
        if lane.is_stream or link.cut_request or link.cut_reply:
            ends_us, word, travel = _held_up(world, link, route, ends_us, word, travel)
        if route.packet == "SEND":
            ledger.upstream[message] += 1
        elif route.packet == "DELIVER":
            book = ledger.groups.get(route.group)
            if book is not None:
                ledger.held_again(book, message)
        row = write_sending(world, route, message, number, ends_us, word + is_copy)
        world.packets[row[1]] = (row, route, travel, load)
        world.next_order = (order := world.next_order) + 1
        heappush(world.agenda, (ends_us, 0, order, ARRIVE, row[1]))
        if copy_us < 0:
            break
        # A network copy has a latency of its own and is never lost.
        lane.wire[3] += 1
        link.note_copy()
        is_lost, latency_us, travel, copy_us, is_copy = False, copy_us, 1.0, -1, True
    world.check_limits()


def write_sending(
    world: "World", route: Route, message: int, number: int, ends_us: int, fate: int
) -> Row:
    """The record of a packet that leaves; its flight leans on it."""
    world.next_seq = (seq := world.next_seq) + 1
    tag = world.tags[route.source, route.target, route.packet]
    code = SENT + FATES_EACH * tag + fate
    row = (code, seq, world.now_us, world.cause, message, number, ends_us)
    world.block.append(row)
    return row


def turn_page(world: "World", lane: Lane, key: int) -> list[int]:
    """The latencies of the messages that come next on this lane."""
    odds, pages = lane.odds, lane.pages
    assert isinstance(odds, KeyedOdds)
    stem = "" if lane.is_by_number else world.ledger.producers[key >> 32]
    if len(pages) >= MOST_PAGES:
        pages.clear()
    page = pages[key] = odds.page(stem, key & 0xFFFF_FFFF)
    return page


def schedule_arrival(world: "World", flight: Flight) -> None:
    """A packet that was touched while it travels ends at another time, and only then."""
    world.agenda[:] = [due for due in world.agenda if due[3] != ARRIVE or due[4] != flight.id]
    heapify(world.agenda)
    world.next_order = (order := world.next_order) + 1
    heappush(world.agenda, (flight.ends_us, 0, order, ARRIVE, flight.id))


def open_lane(world: "World", link: LinkState, packet: str) -> Lane:
    """The first packet of this kind on this link since its weather was set."""
    is_reply = packet not in REQUESTS
    source, target = link.key
    if is_reply:
        source, target = target, source
    key = (link.group or link.source, packet)
    odds = world.chance.odds(link.parameters, link.storm, is_reply, packet)
    is_stream = link.parameters.transport == "stream"
    lane = link.lanes[packet] = Lane(
        Route(link.key, is_reply, packet, link.group, source, target,
              packet in PERSONAL),
        odds,
        type(odds) is KeyedOdds and not is_stream,
        {},
        SENT + FATES_EACH * world.tags[source, target, packet] + ARRIVES,
        world.ordinals.setdefault(key, []),
        world.counts.setdefault(packet, [0, 0, 0, 0, 0]),
        0,
        is_stream,
        link.parameters.storm is not None,
    )  # fmt: skip
    return lane


def _held_up(
    world: "World", link: LinkState, route: Route, ends_us: int, word: int, travel: float
) -> tuple[int, int, float]:
    """A cut ends it in the middle; on a stream it stays behind what left before it."""
    if link.cut_reply if route.is_reply else link.cut_request:
        # It dies at the gap, even if the link heals while it travels.
        return world.now_us + (ends_us - world.now_us) // 2, CUT, 0.5
    if link.parameters.transport == "stream":
        if route.is_reply:
            ends_us = link.last_reply_us = max(ends_us, link.last_reply_us)
        else:
            ends_us = link.last_request_us = max(ends_us, link.last_request_us)
    return ends_us, word, travel


def _armed_fate(world: "World", link: LinkState, route: Route, message: int, fate: Drawn) -> Drawn:
    if link.watcher is not None:
        link.watcher.leaves(world, link, route.packet, route.is_reply, message, fate[1])
    name = world.ledger.name_of(message)
    fault = link.takes_armed(route.packet, route.is_reply, name)
    if fault is None:
        return fate
    place = f"{link.source}>{link.target}"
    world.emit(FaultStruck, place, f"{fault.fault} {route.packet}", message)
    is_lost, latency_us, travel, copy_us = fate
    if fault.fault == "drop":
        return True, latency_us // 2, 0.5, -1
    if fault.fault == "delay":
        return is_lost, latency_us + fault.by_us, travel, copy_us
    # A lost one would have died under way: doubled, it goes all the way.
    latency_us = round(latency_us / travel)
    return False, latency_us, 1.0, latency_us
