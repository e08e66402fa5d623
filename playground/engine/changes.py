"""What does each wish do to a world, and when can it not be granted?

One small function a command. A wish that cannot be granted raises ``Rejection`` with the sentence
that the user reads; it becomes one ``CommandRejected`` record and changes nothing.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from playground.engine import commands as c
from playground.engine.faults.crash import crash_node, restart_node
from playground.engine.faults.cut import cut, heal
from playground.engine.faults.packets import (
    arm_packet_fault,
    delay_packet,
    drop_packet,
    duplicate_packet,
    strike_packet,
)
from playground.engine.faults.pause import pause_node, resume_node
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.handler import on_armed
from playground.engine.nodes.node import ArmedCrash, Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.removal import check_free, dead_letter, expire_entry
from playground.engine.programs.compile import (
    COORDINATOR_POINTS,
    DATABASE_POINTS,
    PRODUCER_POINTS,
    QUEUE_POINTS,
)
from playground.engine.records import (
    CommandRejected,
    DedupForgotten,
    Disarmed,
    FaultArmed,
    ParametersSet,
)
from playground.engine.rejection import Rejection, full_name_of, link_of, node_of, rows_of
from playground.engine.rename import rename_node
from playground.engine.retune import check_retune, retune
from playground.engine.settle import settle
from playground.engine.topology import add_link, add_node, remove_link, remove_node
from playground.engine.world import World


def apply_command(world: World, command: c.Command) -> None:
    """Grant it, or write down why not."""
    try:
        _GRANT[type(command)](world, command)
    except Rejection as rejection:
        world.emit(CommandRejected, type(command).__name__, str(rejection))


def _crash(world: World, wish: c.CrashNode) -> None:
    node = node_of(world, wish.node)
    if not node.is_up:
        raise Rejection(f"{node.id} is down already.")
    crash_node(world, node, wish.for_us, wish.what)


def _restart(world: World, wish: c.RestartNode) -> None:
    node = node_of(world, wish.node)
    if node.is_up:
        raise Rejection(f"{node.id} is up already.")
    restart_node(world, node)


def _pause(world: World, wish: c.PauseNode) -> None:
    node = node_of(world, wish.node)
    if not node.is_up:
        raise Rejection(f"{node.id} is down: only a running process can be paused.")
    if node.is_paused:
        raise Rejection(f"{node.id} is paused already.")
    pause_node(world, node, wish.for_us)


def _resume(world: World, wish: c.ResumeNode) -> None:
    node = node_of(world, wish.node)
    if not node.is_paused:
        raise Rejection(f"{node.id} is not paused.")
    resume_node(world, node)


def points_of(node: Node) -> tuple[str, ...]:
    """The points at which this node can be made to crash, as it is set now."""
    if isinstance(node, Producer):
        return PRODUCER_POINTS
    if isinstance(node, Queue):
        return QUEUE_POINTS
    if isinstance(node, Coordinator):
        return COORDINATOR_POINTS
    if isinstance(node, GroupDatabase):
        return DATABASE_POINTS
    assert isinstance(node, Consumer)
    return tuple(sorted(node.program.points))


def _arm_crash(world: World, wish: c.ArmCrash) -> None:
    _arm_at_point(world, wish, is_pause=False)


def _arm_pause(world: World, wish: c.ArmPause) -> None:
    if not isinstance(node_of(world, wish.node), Consumer):
        raise Rejection(f"{wish.node} is not a consumer: only a consumer pauses at a point.")
    _arm_at_point(world, wish, is_pause=True)


def _arm_at_point(world: World, wish: c.ArmCrash | c.ArmPause, is_pause: bool) -> None:
    node = node_of(world, wish.node)
    points = points_of(node)
    if wish.point not in points:
        raise Rejection(
            f"{node.id} never reaches {wish.point}; its points are {', '.join(points)}."
        )
    name = "" if wish.message is None else full_name_of(world, wish.message)
    for_us = wish.for_us if isinstance(wish, c.ArmPause) else None
    node.armed.append(ArmedCrash(wish.point, name, wish.nth, is_pause, for_us))
    text = f"{'pause' if is_pause else 'crash'} at {wish.point}" + (f" with {name}" if name else "")
    world.emit(FaultArmed, node.id, text if wish.nth == 1 else f"{text}, time {wish.nth} from now")
    if isinstance(node, Consumer):
        on_armed(world, node)


def _disarm(world: World, wish: c.Disarm) -> None:
    node = node_of(world, wish.node)
    node.armed.clear()
    if isinstance(node, Consumer):
        node.fails_next = False
    for key in world.links_of[node.id]:
        world.links[key].armed.clear()
    world.emit(Disarmed, node.id)


def _cut(world: World, wish: c.CutLink) -> None:
    link = link_of(world, wish.source, wish.target)
    cut(world, link, wish.direction, wish.for_us)


def _heal(world: World, wish: c.HealLink) -> None:
    link = link_of(world, wish.source, wish.target)
    if not link.is_cut:
        raise Rejection(f"The link from {link.source} to {link.target} is not cut.")
    heal(world, link)


def _queue(world: World, name: str) -> Queue:
    node = node_of(world, name)
    if not isinstance(node, Queue):
        raise Rejection(f"{name} is not a queue.")
    if not node.is_up:
        raise Rejection(f"{name} is down.")
    return node


def _expire(world: World, wish: c.ExpireEntry) -> None:
    queue = _queue(world, wish.queue)
    rows = rows_of(world, wish.message)
    found = [entry for entry in queue.log.values() if entry.message in rows]
    if not found:
        raise Rejection(f"{queue.id} does not hold {world.ledger.name_of(rows[0])}.")
    check_free(world, queue, found)
    for entry in found:
        expire_entry(world, queue, entry, "retention")
    queue.dispatch_all(world)


def _dead_letter(world: World, wish: c.DeadLetterEntry) -> None:
    queue = _queue(world, wish.queue)
    rows = rows_of(world, wish.message)
    found = [
        (subscription, slot)
        for subscription in queue.subscriptions.values()
        for slot in subscription.slots.values()
        if slot.message in rows
    ]
    if not found:
        raise Rejection(f"{queue.id} does not hold {world.ledger.name_of(rows[0])}.")
    check_free(world, queue, [queue.log[slot.offset] for _, slot in found])
    for subscription, slot in found:
        dead_letter(world, queue, subscription, slot)
    queue.dispatch_all(world)


def _forget_dedup(world: World, wish: c.ForgetDedup) -> None:
    node = node_of(world, wish.node)
    rows: list[int] | list[None] = [None]
    if wish.message is not None:
        rows = rows_of(world, wish.message)
    if not isinstance(node, Queue | Consumer):
        kind = "producer" if isinstance(node, Producer) else "coordinator"
        raise Rejection(f"{node.id} is a {kind}: it has no dedup memory.")
    for row in rows:
        if isinstance(node, Queue):
            node.dedup.forget(row)
        elif isinstance(node, Consumer):
            node.memory.forget(row)
            database = world.database(node.group)
            database.marks.forget(row)
            database.inbox.forget(row)
    world.emit(DedupForgotten, node.id, -1 if rows[0] is None else rows[0])


def _fail_next(world: World, wish: c.FailNext) -> None:
    node = node_of(world, wish.node)
    if not isinstance(node, Consumer):
        raise Rejection(f"{node.id} is not a consumer: only a handler can fail.")
    node.fails_next = True
    world.emit(FaultArmed, node.id, "the handler fails next")


def _burst(world: World, wish: c.Burst) -> None:
    node = node_of(world, wish.node)
    if not isinstance(node, Producer):
        raise Rejection(f"{node.id} is not a producer.")
    if not node.is_up or node.is_paused:
        raise Rejection(f"{node.id} is not running: it cannot publish.")
    if node.link is None:
        raise Rejection(f"{node.id} is not connected to a queue.")
    for _ in range(wish.count):
        if not node.submit(world):
            break


def _checked(parameters: Any, changes: tuple[tuple[str, object], ...]) -> Any:
    known = {field.name for field in fields(parameters)}
    for name, _ in changes:
        if name not in known:
            raise Rejection(
                f"There is no {name} to set here; there are {', '.join(sorted(known))}."
            )
    new = dict(changes)
    if "guarantee" in new and "how" not in new:
        # The place of the ack belongs to the guarantee.
        new["how"] = None
    return replace(parameters, **new)


def _text(changes: tuple[tuple[str, object], ...]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in changes)


def _set_node(world: World, wish: c.SetNode) -> None:
    node = node_of(world, wish.node)
    if isinstance(node, GroupDatabase):
        raise Rejection(f"Nothing can be set on {node.id}: it is not a node of the file.")
    parameters = _checked(node.parameters, wish.changes)
    check_retune(world, node, parameters)
    world.because(ParametersSet, node.id, _text(wish.changes))
    retune(world, node, parameters)


def _set_link(world: World, wish: c.SetLink) -> None:
    link = link_of(world, wish.source, wish.target)
    parameters = _checked(link.parameters, wish.changes)
    was_broken = link.breaks_connection
    link.set(parameters)
    world.because(ParametersSet, f"{link.source}>{link.target}", _text(wish.changes))
    if link.breaks_connection and not was_broken:
        cut(world, link, "both" if link.cut_request and link.cut_reply else "request", None)


_GRANT: dict[type, Callable[[World, Any], None]] = {
    c.CrashNode: _crash,
    c.RestartNode: _restart,
    c.PauseNode: _pause,
    c.ResumeNode: _resume,
    c.ArmCrash: _arm_crash,
    c.ArmPause: _arm_pause,
    c.Disarm: _disarm,
    c.ArmPacketFault: arm_packet_fault,
    c.DropPacket: drop_packet,
    c.DuplicatePacket: duplicate_packet,
    c.DelayPacket: delay_packet,
    c.StrikePacket: strike_packet,
    c.CutLink: _cut,
    c.HealLink: _heal,
    c.ExpireEntry: _expire,
    c.DeadLetterEntry: _dead_letter,
    c.ForgetDedup: _forget_dedup,
    c.FailNext: _fail_next,
    c.Burst: _burst,
    c.SetNode: _set_node,
    c.SetLink: _set_link,
    c.AddNode: add_node,
    c.RemoveNode: remove_node,
    c.RenameNode: rename_node,
    c.AddLink: add_link,
    c.RemoveLink: remove_link,
    c.Settle: settle,
}
