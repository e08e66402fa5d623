"""Does an edited document still say in its file what it meant?"""

import pytest

from playground.engine.commands import AddNode, RemoveNode
from playground.engine.parameters import ProducerParameters
from playground.scenario.edit import edited
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.piece import duplicated
from playground.scenario.save import to_text

WITH_A_SCRIPT = """\
format: 1
name: Scripted
nodes:
  shop: {kind: producer, rate: 5 /s}
  orders: {kind: queue}
  billing: {kind: consumer}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
script:
  - {at: 1 s, do: arm-crash, node: billing, point: before-ack, message: 20}
  - {at: 2 s, do: crash, node: billing}
"""


def messages(scenario: Scenario) -> list[str | None]:
    return [getattr(entry.command, "message", None) for entry in scenario.script]


@pytest.fixture
def document() -> Scenario:
    return load_text(WITH_A_SCRIPT)


def test_with_a_second_producer_a_bare_number_still_means_the_firsts_message(
    document: Scenario,
) -> None:
    after = edited(document, AddNode("stall", ProducerParameters(rate_per_s=5.0)))
    assert messages(after) == ["shop#20", None]
    assert load_text(to_text(after)) == after


def test_so_it_does_when_the_producer_is_doubled(document: Scenario) -> None:
    after, called = duplicated(document, ["shop"], {}, (0.0, 0.0))
    assert called == {"shop": "shop-2"}
    assert messages(after) == ["shop#20", None]
    assert load_text(to_text(after)) == after


@pytest.mark.parametrize("stays", [False, True])
def test_what_speaks_of_a_removed_producers_message_goes_with_it(
    document: Scenario, stays: bool
) -> None:
    if stays:
        document = edited(document, AddNode("stall", ProducerParameters(rate_per_s=5.0)))
    after = edited(document, RemoveNode("shop"))
    assert messages(after) == [None]
    assert load_text(to_text(after)) == after
