"""What does a message meet on its way to one consumer, and what is a caveat about it?"""

from typing import NamedTuple

from playground.engine.parameters import (
    ConsumerParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario
from playground.scenario.problem import Path, path_text
from playground.scenario.topology import consumer_parameters, producers_of, queue_of


class Caveat(NamedTuple):
    """A precondition that fails, the place of the setting, and a sentence with the remedy."""

    code: str
    path: Path
    sentence: str

    @property
    def place(self) -> str:
        """``nodes.shop.publish``."""
        return path_text(self.path)


class DeliveryPath(NamedTuple):
    """One consumer, its queue, and the producers that feed it."""

    scenario: Scenario
    node: str
    consumer: ConsumerParameters
    queue_node: str
    queue: QueueParameters
    producers: tuple[tuple[str, ProducerParameters], ...]

    def at(self, node: str, key: str) -> Path:
        """The place of a node's setting."""
        return ("nodes", node, key)


def delivery_path(scenario: Scenario, consumer_id: str) -> DeliveryPath | None:
    """The way to a consumer, or None while it has no queue."""
    consumer = consumer_parameters(scenario, consumer_id)
    queue_node = queue_of(scenario, consumer_id)
    if queue_node is None:
        return None
    queue = scenario.nodes[queue_node]
    assert isinstance(queue, QueueParameters)
    producers = []
    for node in producers_of(scenario, queue_node):
        producer = scenario.nodes[node]
        assert isinstance(producer, ProducerParameters)
        producers.append((node, producer))
    return DeliveryPath(scenario, consumer_id, consumer, queue_node, queue, tuple(producers))


def is_recognised(producer: ProducerParameters, queue: QueueParameters) -> bool:
    """Whether the queue can tell that a SEND is a repeated one."""
    return queue.deduplicate != "none" and queue.deduplicate == producer.identity
