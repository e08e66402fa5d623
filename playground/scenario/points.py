"""Where can a node be made to crash, and which of these points does a consumer's program reach?"""

from typing import get_args

from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    NodeParameters,
    ParticipantParameters,
    Point,
    ProducerParameters,
    QueueParameters,
)
from playground.engine.programs.compile import (
    COORDINATOR_POINTS,
    PRODUCER_POINTS,
    QUEUE_POINTS,
    compile_program,
)
from playground.engine.programs.compile import DATABASE_POINTS as DATABASE_POINTS

CONSUMER_POINTS: tuple[str, ...] = get_args(Point)


def points_of_kind(cls: type[NodeParameters | ParticipantParameters]) -> tuple[str, ...]:
    """Every point that a node of this kind may have."""
    if cls is ProducerParameters:
        return PRODUCER_POINTS
    if cls is CoordinatorParameters:
        return COORDINATOR_POINTS
    if cls is ParticipantParameters:
        return DATABASE_POINTS
    return QUEUE_POINTS if cls is QueueParameters else CONSUMER_POINTS


def points_of_program(consumer: ConsumerParameters) -> frozenset[str]:
    """The points that this consumer's program reaches."""
    return compile_program(
        consumer.effective_how, consumer.effective_idempotency, consumer.effective_effect
    ).points
