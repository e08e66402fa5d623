"""Does ``prove`` keep its contract: exit codes, one clean object, files that can be run again?"""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.cli import main
from playground.scenario.load import load_file

EXACTLY_ONCE = """\
format: 1
name: Exactly once
nodes:
  shop: {kind: producer, rate: 2 /s, identity: message-id, outbox: true}
  orders: {kind: queue, deduplicate: message-id}
  billing: {kind: consumer, guarantee: exactly-once}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
"""
AT_LEAST_ONCE = EXACTLY_ONCE.replace("guarantee: exactly-once", "prefetch: 2")
SMALL = ("--messages", "1", "--faults", "1", "--workers", "1")


@pytest.fixture
def sound(tmp_path: Path) -> str:
    """A file whose promises hold."""
    return written(tmp_path / "sound.yaml", EXACTLY_ONCE)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A file whose effect can happen twice."""
    return written(tmp_path / "broken.yaml", AT_LEAST_ONCE)


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def claims(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    captured = capsys.readouterr()
    assert captured.err == ""
    groups: dict[str, Any] = json.loads(captured.out)["groups"]
    return groups["billing"]


def test_all_certified_is_zero(sound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", sound, *SMALL, "--json"]) == 0
    found = claims(capsys)
    assert list(found) == ["loss", "duplicate_effect", "stuck"]
    assert {claim["verdict"] for claim in found.values()} == {"certified"}
    assert {claim["faults"] for claim in found.values()} == {1}


def test_a_counterexample_is_one(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", broken, *SMALL, "--json", "--catalogue", "drop,crash"]) == 1
    found = claims(capsys)
    assert found["loss"]["verdict"] == "certified"
    assert (found["duplicate_effect"]["verdict"], found["duplicate_effect"]["faults"]) == (
        "counterexample",
        1,
    )
    assert ["drop ACK of shop#1 from billing to orders"] in [
        each["faults"] for each in found["duplicate_effect"]["minimal"]
    ]


def test_vacuous_is_three(sound: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", sound, *SMALL, "--json", "--catalogue", "pause"]) == 3
    assert claims(capsys)["loss"]["verdict"] == "vacuous"


def test_any_timing_says_what_it_visited(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", broken, *SMALL, "--any-timing", "--json"]) == 1
    found = claims(capsys)
    assert found["loss"]["verdict"] == "certified"
    assert found["loss"]["states"] > 50
    assert found["duplicate_effect"]["minimal"][0]["steps"]


def test_an_asynchronous_network_is_asked_for_by_a_word(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "certificate.json")
    words = ("--messages", "1", "--faults", "0", "--property", "duplicate_effect", "--any-timing")
    assert main(["prove", broken, *words]) == 0
    assert main(["prove", broken, *words, "--asynchronous", "--out", out]) == 1
    assert "any timer may fire at any moment, which is no fault" in capsys.readouterr().out
    assert main(["prove", "--verify", out]) == 1
    assert capsys.readouterr().out.rstrip().endswith("The certificate came out the same again.")


def test_a_person_reads_words(broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", broken, *SMALL]) == 1
    captured = capsys.readouterr()
    assert "✓ billing: no accepted message is lost: certified within these bounds" in captured.out
    assert "✗ billing: no effect happens twice: counterexample with 1 fault" in captured.out
    assert "Not covered:" in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--faults", "99"), "the number of faults is a whole number from 0 to 6, not '99'"),
        (("--messages", "0"), "the number of messages is a whole number from 1 to 10, not '0'"),
        (("--catalogue", "drop,crahs"), "'crahs' is no fault; did you mean crash?"),
        (("--catalogue", ""), "name at least one fault"),
        (("--property", "lost"), "'lost' is no property; did you mean loss?"),
        (("--workers", "many"), "the number of workers is a whole number from 1 to 64"),
        (("--group", "biling"), "There is no group 'biling'; there are billing."),
        (("--out", "/nowhere/at/all.json"), "cannot be written"),
        (("--asynchronous",), "timers fire at any moment: add --any-timing to it."),
    ],
)
def test_a_mistake_is_two_and_one_sentence(
    sound: str, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", sound, *SMALL, *words]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize("words", [(), ("nowhere",)])
def test_without_a_scenario_there_is_nothing_to_prove(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", *words]) == 2
    assert capsys.readouterr().err


def test_an_unlinked_node_is_refused_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXACTLY_ONCE.replace("links:", "  mail: {kind: consumer}\nlinks:")
    assert main(["prove", written(tmp_path / "lonely.yaml", text)]) == 2
    assert "lonely.yaml:7" in capsys.readouterr().err


# ---------------------------------------------------------------------- files


def test_a_certificate_is_run_again(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "certificate.json")
    assert main(["prove", broken, *SMALL, "--out", out]) == 1
    assert main(["prove", "--verify", out, "--workers", "1"]) == 1
    captured = capsys.readouterr()
    assert captured.out.rstrip().endswith("The certificate came out the same again.")
    assert captured.err == ""


def test_a_certificate_at_any_timing_is_run_again_with_its_runs(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "certificate.json"
    words = (broken, *SMALL, "--any-timing", "--out", str(out), "--save", str(tmp_path / "found"))
    assert main(["prove", *words]) == 1
    claims = json.loads(out.read_text(encoding="utf-8"))["groups"]["billing"]
    (each,) = claims["duplicate_effect"]["minimal"]
    (path,) = (tmp_path / "found").iterdir()
    assert each["scenario"] == path.read_text(encoding="utf-8")
    assert main(["prove", "--verify", str(out)]) == 1
    assert capsys.readouterr().out.rstrip().endswith("The certificate came out the same again.")
    assert main(["run", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["trace_sha256"] == each["trace_sha256"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"certified"', '"vacuous"', "it does not come out the same again"),
        ("rate: 2 /s", "rate: 3 /s", "is not the one that was proved"),
        ('"these timings"', '"good will"', "by which method"),
        ('"messages": 1', '"messages": -1', "its bounds are missing"),
        ('"certificate": 1', '"licence": 1', "it is not a certificate of this program"),
        ("kind: queue", "kind: quue", "the scenario in it is wrong"),
        ("{", "", "this is no JSON file"),
    ],
)
def test_a_touched_certificate_is_refused(
    sound: str,
    tmp_path: Path,
    old: str,
    new: str,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "certificate.json"
    assert main(["prove", sound, *SMALL, "--out", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["prove", "--verify", str(path), "--workers", "1"]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""


def test_a_certificate_that_was_stopped_cannot_be_compared(
    sound: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "certificate.json"
    assert main(["prove", sound, *SMALL, "--out", str(path)]) == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    found["groups"]["billing"]["loss"]["reason"] = "The time allowed is over: nothing found so far"
    path.write_text(json.dumps(found), encoding="utf-8")
    assert main(["prove", "--verify", str(path)]) == 2
    assert "it was stopped before its end" in capsys.readouterr().err


@pytest.mark.parametrize("groups", [[], 7, {"billing": 3}, {"billing": {"loss": []}}])
def test_a_certificate_with_other_groups_is_refused(
    sound: str, groups: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "certificate.json"
    assert main(["prove", sound, *SMALL, "--out", str(path)]) == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**found, "groups": groups}), encoding="utf-8")
    assert main(["prove", "--verify", str(path)]) == 2
    assert "it does not come out the same again" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x00", "[" * 5000, '{"certificate": 1}'])
def test_what_is_no_certificate_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "--verify", written(tmp_path / "x.json", text)]) == 2
    assert capsys.readouterr().err.startswith(str(tmp_path / "x.json"))


def test_every_counterexample_is_written_as_a_scenario(broken: str, tmp_path: Path) -> None:
    folder = tmp_path / "found"
    assert main(["prove", broken, *SMALL, "--save", str(folder)]) == 1
    files = sorted(folder.iterdir())
    assert files[0].name == "billing-duplicate_effect-001.yaml"
    for path in files:
        scenario = load_file(path, runnable=True)
        assert scenario.name == "Counterexample: applied twice"
        assert len(scenario.script) == 1
        assert main(["run", str(path)]) == 0
