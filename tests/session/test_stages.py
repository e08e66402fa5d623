"""Does the stage bar show the program in its order, with its gates?"""

import pytest

from playground.engine.parameters import Effect, How, Idempotency
from playground.engine.programs.compile import compile_program
from playground.session.stages import stages_of

CELLS: list[tuple[How, Idempotency, Effect, str]] = [
    ("auto-ack", "none", "add", "ack · receive · effect"),
    ("ack-first", "none", "add", "receive · ack · effect"),
    ("commit-first", "none", "add", "receive · ack · ack ok · effect"),
    ("ack-after", "none", "add", "receive · effect · ack"),
    ("ack-after", "natural", "set", "receive · effect · ack"),
    ("ack-after", "memory", "add", "receive · dedup · effect · mark · ack"),
    ("ack-after", "effect-first", "add", "receive · dedup · effect · mark · ack"),
    ("ack-after", "claim-first", "add", "receive · mark · effect · ack"),
    ("inbox", "inbox", "add", "receive · dedup · effect · mark · ack"),
    ("double-ack", "none", "add", "receive · effect · ack · ack ok"),
    ("transaction", "none", "add", "receive · effect · begin · write · commit · ok"),
    ("two-phase", "none", "add", "receive · effect · commit · ok"),
]


@pytest.mark.parametrize(("how", "idempotency", "effect", "cells"), CELLS)
def test_the_cells_are_the_program(
    how: How, idempotency: Idempotency, effect: Effect, cells: str
) -> None:
    stages = stages_of(compile_program(how, idempotency, effect))
    assert " · ".join(stages.cells) == cells
    assert len(stages.gates) == len(stages.cells) - 1


def test_a_transaction_has_one_frame_and_no_gate_inside() -> None:
    stages = stages_of(compile_program("inbox", "inbox", "add"))
    assert stages.atomic == (1, 3)
    assert stages.gates == ("received", "", "", "before-ack")


def test_a_call_is_outside_the_transaction() -> None:
    stages = stages_of(compile_program("inbox", "inbox", "call"))
    assert stages.atomic is None
    assert stages.gates == ("received", "before-effect", "before-mark", "before-ack")
