"""What on a consumer's path breaks the promise that it makes, and which settings do nothing?

A caveat is no error: such scenes are what one comes to see. It names the precondition that fails,
so that badge, checklist and ``check`` say the same. P1 and P2 are settings without effect.
"""

from collections.abc import Iterator

from playground.engine.commands import ArmCrash, ArmPause, SetNode
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.changes import changed_by
from playground.scenario.commits import commits
from playground.scenario.database_uses import idle_databases
from playground.scenario.delivery_path import Caveat, delivery_path, is_recognised
from playground.scenario.losses import losses
from playground.scenario.model import Scenario
from playground.scenario.points import points_of_program
from playground.scenario.problem import Path, one_of, quoted
from playground.scenario.repeats import forgets, repeats
from playground.scenario.topology import producers_of


def path_warnings(scenario: Scenario, consumer_id: str) -> tuple[Caveat, ...]:
    """What breaks this consumer's promise, in the order in which a message meets it."""
    path = delivery_path(scenario, consumer_id)
    if path is None:
        return ()
    broken = repeats(path) if path.consumer.guarantee == "at-most-once" else losses(path)
    return (*broken, *forgets(path), *commits(path))


def warnings(scenario: Scenario) -> tuple[Caveat, ...]:
    """Every caveat of a scenario once, and the settings that have no effect."""
    found: list[Caveat] = []
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, ConsumerParameters):
            found += path_warnings(scenario, node)
    found += _useless_identity(scenario)
    found += _points_never_reached(scenario)
    found += idle_databases(scenario)
    return tuple(dict.fromkeys(found))


def _useless_identity(scenario: Scenario) -> Iterator[Caveat]:
    for queue_node, queue in scenario.nodes.items():
        if not isinstance(queue, QueueParameters) or queue.deduplicate == "none":
            continue
        for node in producers_of(scenario, queue_node):
            producer = scenario.nodes[node]
            assert isinstance(producer, ProducerParameters)
            if not is_recognised(producer, queue):
                yield Caveat(
                    "P1",
                    ("nodes", node, "identity"),
                    f"{quoted(queue_node)} deduplicates by {queue.deduplicate}, which "
                    f"{quoted(node)} does not send. Set identity: {queue.deduplicate}.",
                )


def _points_never_reached(scenario: Scenario) -> Iterator[Caveat]:
    nodes = dict(scenario.nodes)
    for node, parameters in nodes.items():
        if isinstance(parameters, ConsumerParameters) and parameters.crash_chance > 0:
            yield from _never_reached(("nodes", node, "crash_at"), parameters, parameters.crash_at)
    in_time = sorted(enumerate(scenario.script), key=lambda each: (each[1].at_us, each[0]))
    for index, entry in in_time:
        command = entry.command
        if isinstance(command, SetNode):
            current = nodes.get(command.node)
            if current is None:
                continue
            changed = changed_by(current, dict(command.changes))
            assert not isinstance(changed, LinkParameters)
            nodes[command.node] = changed
        elif isinstance(command, ArmCrash | ArmPause):
            armed = nodes.get(command.node)
            if isinstance(armed, ConsumerParameters):
                verb = "crashes" if isinstance(command, ArmCrash) else "pauses"
                yield from _never_reached(("script", index, "point"), armed, command.point, verb)


def _never_reached(
    path: Path, consumer: ConsumerParameters, point: str, verb: str = "crashes"
) -> Iterator[Caveat]:
    reached = points_of_program(consumer)
    if point not in reached:
        yield Caveat(
            "P2",
            path,
            f"This program has no point '{point}', so it never {verb} there. "
            f"It has {one_of(sorted(reached), 'and')}.",
        )
