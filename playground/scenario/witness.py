"""How does one broken precondition lose a message? The smallest scene that shows it.

It is cut out of the open scenario: the same parameters on one path, the chances out, a few messages
and a script that strikes where the precondition would have helped. A witness is tried before it is
handed out, so it always shows what it says.
"""

from dataclasses import replace
from typing import NamedTuple

from playground.engine.ledger import CAUSES, DEAD, LOST
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.engine.units import US_PER_S
from playground.scenario.build import simulate
from playground.scenario.checklist import losses_of
from playground.scenario.delivery_path import DeliveryPath, delivery_path
from playground.scenario.forms import LONGEST_NAME
from playground.scenario.model import Link, Scenario, ScriptEntry
from playground.scenario.topology import consumer_parameters, group_of, link_between
from playground.scenario.witness_scripts import SCRIPTS, Cast, Plot

MOST_RATE_PER_S = 2.0
LONGEST_RUN_US = 60 * US_PER_S
STEP_US = 50_000
MOST_RECORDS = 200_000
FORGOTTEN_US = 10 * US_PER_S
"""A message that is not applied by then, with nothing left to break, waits for ever."""


class Witness(NamedTuple):
    """A scene that opens like any other, and what happens in it."""

    scenario: Scenario
    watch: str  # what to look at, one or two sentences
    ending: str  # lost, dead (in a dead-letter queue that nobody reads) or stuck (for ever)
    message: str  # its name, shop#1
    at_us: int  # when that is decided


def witness(scenario: Scenario, consumer_id: str, code: str) -> Witness | None:
    """A scene in which this precondition fails visibly; None where it holds or cannot be shown."""
    path = delivery_path(scenario, consumer_id)
    if path is None or not path.producers or code not in SCRIPTS:
        return None
    for caveat in losses_of(path, code):
        cast = _cast(path, str(caveat.path[1]), keeps_failures=code == "N8")
        plot = SCRIPTS[code](cast)
        if plot is None:
            continue
        scene = _scene(scenario, cast, plot, code)
        seen = _tried(scene, cast.group, plot)
        if seen is not None:
            watch = f"{plot.watch} {plot.if_stuck}" if seen[0] == "stuck" else plot.watch
            return Witness(replace(scene, story=watch, watch=watch), watch, *seen)
    return None


def _cast(path: DeliveryPath, culprit: str, *, keeps_failures: bool) -> Cast:
    """The path from one producer to one consumer: those at fault, else the nearest."""
    producers = dict(path.producers)
    producer = culprit if culprit in producers else path.producers[0][0]
    is_worker = isinstance(path.scenario.nodes.get(culprit), ConsumerParameters)
    consumer = culprit if is_worker else path.node
    worker = consumer_parameters(path.scenario, consumer)
    nodes: dict[str, NodeParameters] = {
        producer: _calm_producer(producers[producer]),
        path.queue_node: path.queue,
    }
    if path.queue.dead_letter is not None:
        target = path.scenario.nodes[path.queue.dead_letter]
        assert isinstance(target, QueueParameters)
        nodes[path.queue.dead_letter] = replace(target, dead_letter=None)
    nodes[consumer] = worker if keeps_failures else _calm_consumer(worker)
    ends = ((producer, path.queue_node), (path.queue_node, consumer))
    found = (link_between(path.scenario, *each) for each in ends)
    links = tuple(_calm_link(link.parameters) for link in found if link is not None)
    group = group_of(consumer, worker)
    return Cast(producer, path.queue_node, consumer, group, nodes, links)


def _calm_producer(producer: ProducerParameters) -> ProducerParameters:
    return replace(
        producer,
        arrivals="regular",
        rate_per_s=min(producer.rate_per_s, MOST_RATE_PER_S),
        limit=2,
    )


def _calm_consumer(consumer: ConsumerParameters) -> ConsumerParameters:
    return replace(
        consumer,
        crash_chance=0.0,
        failure_chance=0.0,
        poison=(),
        work=Spread(mean_us=consumer.work.mean_us),
    )


def _calm_link(link: LinkParameters) -> LinkParameters:
    latency = Spread(mean_us=link.latency.mean_us)
    return replace(link, latency=latency, loss=Loss(), duplicate=0.0, reorder=0.0)


def _scene(scenario: Scenario, cast: Cast, plot: Plot, code: str) -> Scenario:
    nodes = {**cast.nodes, **plot.nodes}
    ends = ((cast.producer, cast.queue), (cast.queue, cast.consumer))
    return Scenario(
        name=f"{code}: {plot.title}"[:LONGEST_NAME],
        seed=scenario.seed,
        run_for_us=LONGEST_RUN_US,
        nodes=nodes,
        links=tuple(
            Link(source=source, target=target, parameters=parameters)
            for (source, target), parameters in zip(ends, cast.links, strict=True)
        ),
        script=tuple(ScriptEntry(at_us=at_us, command=wish) for at_us, wish in plot.script),
        layout={node: place for node, place in scenario.layout.items() if node in nodes},
    )


def _tried(scene: Scenario, group: str, plot: Plot) -> tuple[str, str, int] | None:
    """Run it: how it ends for which message and when, or None where nothing goes wrong."""
    simulator = simulate(scene)
    world = simulator.world
    for step in range(1, LONGEST_RUN_US // STEP_US + 1):
        simulator.run_until(step * STEP_US)
        book = world.ledger.groups[group]
        if book.lost:
            message = book.state.find(LOST)
            is_meant = CAUSES[book.cause[message]] in plot.causes
            return ("lost", world.ledger.name_of(message), world.now_us) if is_meant else None
        if book.dead_lettered:
            return "dead", world.ledger.name_of(book.state.find(DEAD)), world.now_us
        if world.next_seq > MOST_RECORDS:
            break
    if plot.if_stuck and book.in_flight and not book.effect_total and book.deliveries > 1:
        return "stuck", world.ledger.name_of(0), FORGOTTEN_US
    return None
