"""What changes when there is one consumer less, another disk, another rule for late acks?"""

import pytest

from .anomalies import spelled
from .placements import FAULTS
from .scene import BROKERS, MODES, PACES, new_scene
from .search import outcomes

CONFIRMING = [mode for mode in MODES if not mode.startswith("AMO")]
SECOND_DELIVERIES = (
    "drop CONFIRM",
    "drop ACK",
    "dup SEND",
    "ptimeout",
    "pause>lease",
    "bcrash",
    "partition",
)


@pytest.mark.parametrize("fault", SECOND_DELIVERIES)
@pytest.mark.parametrize("mode", ["ALO memory", "ALO effect-first"])
def test_a_weak_memory_looks_perfect_while_there_is_one_consumer(mode: str, fault: str) -> None:
    scene = new_scene(MODES[mode], BROKERS["2c sync"], consumers=("anna",))
    assert spelled(outcomes(scene, FAULTS[fault])) == "d"


@pytest.mark.parametrize("mode", ["ALO memory", "ALO effect-first"])
def test_until_that_consumer_crashes_after_the_effect(mode: str) -> None:
    scene = new_scene(MODES[mode], BROKERS["2c sync"], consumers=("anna",))
    assert spelled(outcomes(scene, FAULTS["ccrash"])) == "dET"


@pytest.mark.parametrize("mode", CONFIRMING)
def test_a_broker_without_a_disk_forgets_what_it_has_confirmed(mode: str) -> None:
    # Nothing comes back, so nothing is delivered again; what was confirmed is lost all the same.
    for pace in PACES:
        scene = new_scene(MODES[mode], BROKERS["2c memory"], pace)
        assert spelled(outcomes(scene, FAULTS["bcrash"])) == "LC"


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode.startswith("AMO")])
def test_a_broker_without_a_disk_loses_what_was_only_fired(mode: str) -> None:
    for pace in PACES:
        scene = new_scene(MODES[mode], BROKERS["2c memory"], pace)
        assert spelled(outcomes(scene, FAULTS["bcrash"])) == "L"


@pytest.mark.parametrize(("fault", "letters"), [("pause>lease", "dE"), ("partition", "LdE")])
def test_commit_first_needs_a_broker_that_refuses_stale_acks(fault: str, letters: str) -> None:
    scene = new_scene(MODES["AMO commit-first"], BROKERS["2c sync"], stale_ack="accept")
    assert spelled(outcomes(scene, FAULTS[fault])) == letters


@pytest.mark.parametrize("fault", ["drop CONFIRM", "dup SEND", "ptimeout"])
def test_in_a_fifo_queue_a_second_entry_waits_for_the_first(fault: str) -> None:
    # Competing consumers would race between check and mark, and apply it twice.
    scene = new_scene(MODES["ALO effect-first"], BROKERS["2c sync"], order="fifo")
    assert spelled(outcomes(scene, FAULTS[fault])) == "d"


@pytest.mark.parametrize(
    ("mode", "letters"),
    [
        ("ALO none", "L"),
        ("ALO outbox", "dE"),
        ("ALO sequence+outbox", "dE"),  # a new process is a new session
        ("T-EO ack-after", "."),
    ],
)
def test_an_outbox_survives_its_producer_and_a_message_id_its_session(
    mode: str, letters: str
) -> None:
    scene = new_scene(MODES[mode], BROKERS["2c sync"])
    assert spelled(outcomes(scene, FAULTS["pcrash"])) == letters


@pytest.mark.parametrize(
    "fault", ["drop SEND", "drop DELIVER", "drop ACK", "dup DELIVER", "reorder"]
)
@pytest.mark.parametrize("mode", MODES)
def test_on_streams_no_packet_comes_to_grief_alone(mode: str, fault: str) -> None:
    scene = new_scene(MODES[mode], BROKERS["2c sync"], transport="stream")
    assert spelled(outcomes(scene, FAULTS[fault])) == "."
