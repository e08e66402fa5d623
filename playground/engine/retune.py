"""What happens when a running node gets other parameters, and when may it not have them?"""

from typing import Any

from playground.engine import commands as c
from playground.engine.forced import settle_account
from playground.engine.nodes.arrivals import start_arrivals
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.disk import on_flush
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.timers import schedule_retention
from playground.engine.parameters import ConsumerParameters, QueueParameters
from playground.engine.rejection import Rejection
from playground.engine.topology import add_link, remove_link
from playground.engine.wiring import check_served, wire
from playground.engine.world import World


def check_retune(world: World, node: Node, parameters: Any) -> None:
    """Raise ``Rejection`` where these parameters do not fit the other nodes."""
    if isinstance(parameters, QueueParameters):
        target, seen = parameters.dead_letter, [node.id]
        while target is not None:
            if target in seen:
                raise Rejection(f"Dead letters of {node.id} would come back to {target}.")
            queue = world.nodes.get(target)
            if not isinstance(queue, Queue):
                raise Rejection(f"{target} is not a queue that could take dead letters.")
            seen.append(target)
            target = queue.parameters.dead_letter
    elif isinstance(parameters, ConsumerParameters) and node.link is not None:
        group = parameters.group or node.id
        book = world.ledger.groups.get(group)
        if book is not None and book.queue != node.link.source:
            raise Rejection(f"The group {group} reads from {book.queue} already.")
        assert isinstance(node, Consumer)
        check_served(world, node, parameters)


def retune(world: World, node: Node, parameters: Any) -> None:
    """New parameters on a running node; they act on what begins afterwards."""
    settle_account(world, node, parameters)
    if isinstance(node, Producer):
        old = node.parameters
        node.parameters = parameters
        timing = ("rate_per_s", "arrivals", "burst", "limit")
        retimed = any(getattr(old, name) != getattr(parameters, name) for name in timing)
        if retimed and node.is_up:
            start_arrivals(world, node)
        if node.is_up and not node.is_paused:
            node.pump(world)
    elif isinstance(node, Queue):
        _retune_queue(world, node, parameters)
    elif isinstance(node, Coordinator):
        node.parameters = parameters
    else:
        assert isinstance(node, Consumer)
        _retune_consumer(world, node, parameters)


def _retune_queue(world: World, queue: Queue, parameters: QueueParameters) -> None:
    order_changed = queue.parameters.order != parameters.order
    retention_changed = queue.parameters.retention_us != parameters.retention_us
    queue.parameters = parameters
    if order_changed:
        for subscription in queue.subscriptions.values():
            subscription.rebuild(parameters.order)
    if queue.is_up:
        if retention_changed:
            schedule_retention(world, queue)
        if parameters.ack_durability == "sync":
            on_flush(world, queue)
        queue.dispatch_all(world)


def _retune_consumer(world: World, consumer: Consumer, parameters: ConsumerParameters) -> None:
    link, group = consumer.link, parameters.group or consumer.id
    if group == consumer.group:
        consumer.set(parameters)
        wire(world)
        queue = world.nodes.get(link.source) if link else None
        if isinstance(queue, Queue):
            queue.dispatch_all(world)
        return
    if link is not None:
        # A change of group is a new subscription: leave the old one, join the new one.
        weather, armed = link.parameters, link.armed
        remove_link(world, c.RemoveLink(link.source, link.target))
        consumer.group = group
        consumer.set(parameters)
        add_link(world, c.AddLink(link.source, link.target, weather))
        world.links[link.key].armed = armed
    else:
        consumer.group = group
        consumer.set(parameters)
