"""Is every fault told in words that a person would use, and the table in those of a textbook?"""

import pytest

from playground.checker.bounds import CATALOGUE, FAULT_WORDS, PROPERTIES, Claim
from playground.checker.properties import BREAKS
from playground.checker.verdict import EXIT_CODES, FaultSet, Verdict
from playground.engine.commands import ArmCrash, ArmPacketFault, ArmPause, Command, CutLink
from playground.engine.parameters import ProducerParameters
from playground.scenario.model import Scenario
from playground.scenario.points import (
    CONSUMER_POINTS,
    COORDINATOR_POINTS,
    PRODUCER_POINTS,
    QUEUE_POINTS,
)
from playground.ui.panels.prove.fault_words import (
    BROKEN,
    POINTS,
    Names,
    broken_line,
    fault_line,
    names_in,
    sentence,
)
from playground.ui.panels.prove.words import CHIPS, FAULTS, PACKETS, PROCESSES, PROMISES
from playground.ui.showing import pace

ONE, MANY = Names(has_one_producer=True), Names(has_one_producer=False)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ArmPacketFault("drop", "billing", "orders", "ACK", "shop#1"),
            "the ACK of message 1 from billing to orders is lost",
        ),
        (
            ArmPacketFault("duplicate", "orders", "billing", "DELIVER", "shop#2", nth=2),
            "the second DELIVER of message 2 from orders to billing arrives twice",
        ),
        (
            ArmPacketFault("delay", "shop", "orders", "SEND", "shop#1", 2_250_000, 7),
            "the 7th SEND of message 1 from shop to orders arrives 2.25 s late",
        ),
        (
            ArmCrash("billing", "after-effect", "shop#1"),
            "billing crashes after the effect of message 1",
        ),
        (
            ArmCrash("orders", "appended", None, 3),
            "orders crashes when it has appended a message, the third time",
        ),
        (
            ArmPause("billing", "mid-effect", "shop#2", 1, 4_000_000),
            "billing stops for 4 s in the middle of the effect of message 2",
        ),
        (CutLink("orders", "billing", "both", 1_000_000), "cut orders → billing for 1 s"),
    ],
)
def test_a_fault_is_told_in_words(command: Command, said: str) -> None:
    assert fault_line(command, ONE) == said


def test_messages_have_their_producers_name_where_there_are_several() -> None:
    assert ONE.of_all(("shop#1", "shop#2", "shop#3")) == "message 1, message 2 and message 3"
    assert MANY.of("shop#1") == "message 1 of shop"
    one = {"shop": ProducerParameters(rate_per_s=1)}
    assert names_in(Scenario(name="one", nodes=one)) == ONE
    two = one | {"web": ProducerParameters(rate_per_s=1)}
    assert names_in(Scenario(name="two", nodes=two)) == MANY


def test_one_message_is_broken_and_several_are() -> None:
    verdict = Verdict(claim=Claim("billing", "loss"), word="counterexample")
    one = FaultSet(faults=(), messages=("shop#1",))
    two = FaultSet(faults=(), messages=("shop#1", "shop#2"))
    assert broken_line(verdict, one, ONE) == "message 1 is lost although it was accepted"
    assert broken_line(verdict, two, ONE) == (
        "message 1 and message 2 are lost although they were accepted"
    )


def test_a_set_is_one_sentence() -> None:
    assert sentence(("the ACK is lost", "billing crashes")) == (
        "The ACK is lost; then billing crashes"
    )
    assert sentence(("sync crashes before it sends",)) == "sync crashes before it sends"
    assert sentence(()) == "No fault at all"


def test_every_kind_point_promise_and_verdict_has_its_words() -> None:
    assert set(FAULTS) == set(PACKETS) | set(PROCESSES) == set(CATALOGUE) <= set(FAULT_WORDS)
    assert set(PROMISES) == set(BROKEN) == set(PROPERTIES)
    assert {key: one for key, (one, _) in BROKEN.items()} == BREAKS
    assert set(CHIPS) == set(EXIT_CODES)
    points = {*CONSUMER_POINTS, *PRODUCER_POINTS, *QUEUE_POINTS, *COORDINATOR_POINTS}
    assert points - set(POINTS) == set()


def test_a_counterexample_is_slow_and_never_faster_than_twice_the_true_speed() -> None:
    assert pace(600_000) == 0.1
    assert pace(4_000_000) == 0.2
    assert pace(14_000_000) == 1.0
    assert pace(3_600_000_000) == 2.0
