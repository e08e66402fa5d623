"""Can a certificate be read, run again, and does it say what it does not cover?"""

import json
from dataclasses import replace

import pytest

from playground.checker.bounds import CATALOGUE, Bounds
from playground.checker.certificate import (
    CertificateError,
    as_json,
    bounds_of,
    certificate,
    differences,
    method_of,
    not_covered,
)
from playground.checker.certificate_text import certificate_text
from playground.checker.prove import fingerprint, prove
from playground.scenario.load import load_text

from .scenes import chain, exactly_once

BOUNDS = Bounds(messages=1, faults=1)


def test_the_object_has_the_shape_of_the_contract() -> None:
    found = json.loads(json.dumps(as_json(prove(exactly_once(), BOUNDS))))
    claim = found["groups"]["billing"]["duplicate_effect"]
    assert claim["verdict"] == "certified"
    assert claim["faults"] == 1
    assert claim["schedules"] == sum(level["schedules"] for level in claim["levels"]) > 10
    assert claim["minimal"] == []
    assert claim["witnesses"]["redelivery"] > 0


def test_a_counterexample_lists_its_sets_with_their_traces() -> None:
    found = as_json(prove(chain(), BOUNDS))["groups"]["billing"]["duplicate_effect"]
    assert (found["verdict"], found["faults"]) == ("counterexample", 1)
    assert all(len(each["faults"]) == 1 for each in found["minimal"])
    assert all(len(each["trace_sha256"]) == 64 for each in found["minimal"])


def test_a_certificate_stands_alone_and_comes_out_the_same_again() -> None:
    scenario = chain()
    found = json.loads(json.dumps(certificate(prove(scenario, BOUNDS), scenario)))
    again = load_text(found["scenario_text"], runnable=True)
    assert fingerprint(again) == found["scenario_sha256"]
    assert method_of(found) == "these timings"
    second = certificate(prove(again, bounds_of(found)), again)
    assert differences(found, second) == ()


def test_a_touched_certificate_does_not_come_out_the_same() -> None:
    scenario = chain()
    second = certificate(prove(scenario, BOUNDS), scenario)
    found = json.loads(json.dumps(second))
    found["groups"]["billing"]["duplicate_effect"]["verdict"] = "certified"
    found["groups"]["billing"]["loss"]["schedules"] += 1
    del found["groups"]["billing"]["stuck"]
    assert differences(found, second) == (
        f"billing, loss: schedules was {found['groups']['billing']['loss']['schedules']}, "
        f"is {second['groups']['billing']['loss']['schedules']}",
        "billing, duplicate_effect: verdict was certified, is counterexample",
        "billing, stuck: verdict was None, is certified",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"messages": 0},
        {"messages": "2"},
        {"messages": True},
        {"faults": 99},
        {"catalogue": ["drop", "meteor"]},
        {"catalogue": "drop"},
        {"properties": None},
    ],
)
def test_bounds_that_nobody_could_have_written_are_refused(change: dict[str, object]) -> None:
    found = as_json(prove(exactly_once(), Bounds(messages=1, faults=0)))
    with pytest.raises(CertificateError):
        bounds_of({"bounds": {**found["bounds"], **change}})


def test_a_certificate_without_a_method_is_refused() -> None:
    with pytest.raises(CertificateError):
        method_of({"method": "good will"})


def test_the_text_says_what_was_done_and_what_was_not() -> None:
    text = certificate_text(prove(exactly_once(), BOUNDS))
    assert "✓ billing: no effect happens twice: certified within these bounds" in text
    assert "schedules with at most 1 fault (1 + " in text
    assert "Not covered:" in text
    assert "faults that were not chosen: duplicate, broker-crash" in text
    assert "mistakes in your real producers, queues and consumers" in text


def test_the_text_names_the_faults_that_break_a_promise() -> None:
    text = certificate_text(prove(chain(), BOUNDS))
    assert "✗ billing: no effect happens twice: counterexample with 1 fault" in text
    assert "drop ACK of shop#1 from billing to orders" in text
    assert "→ shop#1 takes effect twice" in text


def test_a_broken_scene_needs_no_fault_in_its_text() -> None:
    text = certificate_text(prove(chain(queue={"lease_us": 10_000}), BOUNDS))
    assert "Without any fault: shop#1 takes effect twice." in text


def test_nothing_is_left_out_where_everything_was_chosen() -> None:
    proof = prove(exactly_once(), Bounds(messages=1, faults=0))
    assert any("not chosen" in each for each in not_covered(proof))
    everything = replace(
        proof, bounds=Bounds(catalogue=CATALOGUE)
    )  # fmt: skip
    assert not any("not chosen" in each for each in not_covered(everything))
