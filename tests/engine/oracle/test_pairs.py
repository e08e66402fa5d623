"""What can two faults do together? Pairs with a name, and any two of what happens every day."""

import pytest

from playground.engine.ledger import GAVE_UP

from .anomalies import spelled
from .placements import EVERYDAY, FAULTS, any_of
from .scene import BROKERS, MODES, Transport, new_scene
from .search import ends, outcomes

SYNC = BROKERS["2c sync"]

PAIRS = [
    ("ALO sequence", "drop CONFIRM", "pdexp", "dE"),  # the retry comes after the window: it is new
    ("T-EO ack-after", "drop CONFIRM", "pdexp", "dE"),
    ("EO inbox", "drop CONFIRM", "pdexp", "d"),  # the inbox still suppresses it
    ("EO inbox", "drop ACK", "ddupexp", "dE"),  # the id is forgotten before the last redelivery
    ("ALO inbox", "drop ACK", "ddupexp", "dE"),
    ("EO inbox", "pause>lease", "ddupexp", "dE"),
    ("ALO inbox", "pause>lease", "ddupexp", "dE"),
    ("ALO none", "giveup", "drop SEND", "L"),
    ("ALO none", "giveup", "drop CONFIRM", "."),
]


@pytest.mark.parametrize(
    ("mode", "first", "second", "letters"),
    [pytest.param(*pair, id=f"{pair[0]} | {pair[1]}, {pair[2]}") for pair in PAIRS],
)
def test_what_a_pair_of_faults_can_do(mode: str, first: str, second: str, letters: str) -> None:
    scene = new_scene(MODES[mode], SYNC)
    assert spelled(outcomes(scene, FAULTS[first], FAULTS[second])) == letters


def test_a_send_lost_after_which_the_producer_gives_up_is_a_reported_loss() -> None:
    faults = [FAULTS["giveup"], FAULTS["drop SEND"]]
    worlds = [
        w for w in ends(new_scene(MODES["ALO none"], SYNC), faults) if w.ledger.groups["g"].lost
    ]
    assert worlds
    assert all(world.ledger.status[0] == GAVE_UP for world in worlds)


def test_a_confirm_lost_after_which_the_producer_gives_up_is_a_phantom_failure() -> None:
    faults = [FAULTS["giveup"], FAULTS["drop CONFIRM"]]
    worlds = [
        world
        for world in ends(new_scene(MODES["ALO none"], SYNC), faults)
        if world.ledger.status[0] == GAVE_UP
    ]
    assert worlds
    assert all(world.ledger.groups["g"].applied_once == 1 for world in worlds)


PROMISES = [
    ("ALO none", "datagram", EVERYDAY, "dET"),  # never lost
    ("ALO inbox", "datagram", EVERYDAY, "d"),
    ("EO inbox", "datagram", (*EVERYDAY, "pcrash"), "d"),
    ("AMO auto-ack", "stream", (*EVERYDAY, "pcrash"), "LT"),  # never applied twice
    ("AMO commit-first", "stream", (*EVERYDAY, "pcrash"), "LdT"),
]
EVERY_PROMISE = pytest.mark.parametrize(
    ("mode", "transport", "faults", "letters"),
    [pytest.param(*promise, id=promise[0]) for promise in PROMISES],
)


def several(
    count: int, mode: str, transport: Transport, faults: tuple[str, ...], every: int
) -> frozenset[str]:
    """What ``count`` of these faults can do; of their placements one in ``every`` is tried."""
    scene = new_scene(MODES[mode], SYNC, transport=transport)
    return outcomes(scene, *[any_of(*faults)] * count, every=every)


@EVERY_PROMISE
def test_two_everyday_faults_break_no_promise(
    mode: str, transport: Transport, faults: tuple[str, ...], letters: str
) -> None:
    assert several(2, mode, transport, faults, every=37) <= set(letters)


@pytest.mark.long
@EVERY_PROMISE
def test_two_everyday_faults_can_do_that_and_no_more(
    mode: str, transport: Transport, faults: tuple[str, ...], letters: str
) -> None:
    assert spelled(several(2, mode, transport, faults, every=2)) == letters


@pytest.mark.parametrize("every", [101, pytest.param(13, marks=pytest.mark.long)])
def test_three_everyday_faults_never_apply_twice_what_an_inbox_guards(every: int) -> None:
    assert several(3, "EO inbox", "datagram", (*EVERYDAY, "pcrash"), every) <= {"d"}
