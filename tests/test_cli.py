"""Does the command keep its contract: exit codes, what goes to stdout, and what to stderr?"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from playground.cli import main
from playground.paths import preset_files
from playground.scenario.load import load_file

ROOT = Path(__file__).resolve().parent.parent
PRESET = "04-three-side-by-side"

CALM = """\
format: 1
name: Calm
seed: 7
run_for: 10 s
nodes:
  shop: {kind: producer, rate: 5 /s}
  orders: {kind: queue}
  billing: {kind: consumer, prefetch: 4}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
"""
RAINY = CALM.replace("to: billing}", "to: billing, loss: 20 %}")
POISONED = CALM.replace("prefetch: 4", "prefetch: 4, poison: [3]").replace(
    "kind: queue", "kind: queue, redelivery_delay: 1 h"
)
WHIRLING = (
    CALM.replace("prefetch: 4", "work: 0, poison: [3]")
    .replace("to: orders}", "to: orders, latency: 0}")
    .replace("to: billing}", "to: billing, latency: 0}")
)

GROUP_KEYS = {
    "produced",
    "aborted",
    "side_effects",
    "duplicate_side_effects",
    "forced_writes",
    "blocked_us",
    "applied_once",
    "applied_many",
    "in_doubt",
    "dead_lettered",
    "in_flight",
    "lost",
    "lost_by_cause",
    "deliveries",
    "duplicate_deliveries",
    "effects",
    "duplicate_effects",
    "suppressed",
    "reexecuted",
    "out_of_order",
    "wait_us",
    "latency_us",
    "reported",
    "lost_confirmed",
    "lost_silent",
    "torn",
    "fenced",
    "stale_acks",
    "regress",
    "stale_final",
    "nacked",
    "money",
}
PRODUCER_KEYS = {
    "produced",
    "attempts",
    "confirmed",
    "unconfirmed",
    "gave_up",
    "phantom_failures",
    "buffered",
    "forgotten",
    "fired",
    "forced_writes",
}
QUEUE_KEYS = {
    "appended",
    "deduplicated",
    "rejected",
    "expired",
    "ready",
    "leased",
    "dead_lettered",
    "acked",
    "crash_lost",
    "held",
    "forced_writes",
}
WIRE_KEYS = {"sent", "delivered", "dropped", "duplicated", "in_flight", "discarded"}
BUCKETS = ("applied_once", "applied_many", "in_doubt", "dead_lettered", "in_flight", "lost")


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    file = tmp_path / "scene.yaml"
    file.write_text(CALM, encoding="utf-8")
    return file


def written(folder: Path, text: str) -> str:
    file = folder / "scene.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def report_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["run", *arguments, "--json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "playground", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# ---------------------------------------------------------------------- presets


def test_presets_lists_a_name_and_a_title_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    said = capsys.readouterr()
    wanted = [f"{file.stem}  {load_file(file).name}" for file in preset_files()]
    assert (said.out.splitlines(), said.err) == (wanted, "")


@pytest.mark.parametrize("name", [PRESET, "04", "4", f"presets/{PRESET}.yaml"])
def test_a_preset_is_found_by_its_name_its_number_and_its_file(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert report_of(capsys, name, "--until", "1s")["scenario"] == "Three side by side"


# ---------------------------------------------------------------------- run


def test_run_prints_the_scoreboard_on_stdout_and_nothing_else(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(scene)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "Calm · seed 7 · 10 s" in said.out
    assert "✓ adds up" in said.out


def test_run_json_has_exactly_the_keys_of_the_contract(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene.write_text(f"{CALM}expect: [{{group: billing, lost: none}}]\n", encoding="utf-8")
    assert main(["run", str(scene), "--json"]) == 0
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert said.err == ""
    assert (report["scenario"], report["seed"], report["now_us"]) == ("Calm", 7, 10_000_000)
    assert report.keys() == {
        "scenario", "seed", "now_us", "settled", "trace_sha256",
        "groups", "producers", "queues", "wire", "expect",
    }  # fmt: skip
    assert report["settled"] is False
    assert len(bytes.fromhex(report["trace_sha256"])) == 32
    group = report["groups"]["billing"]
    assert group.keys() == GROUP_KEYS
    assert group["money"].keys() == {"should", "is"}
    for times in (group["wait_us"], group["latency_us"]):
        assert times.keys() == {"mean", "p50", "p95", "p99"}
    assert report["producers"]["shop"].keys() == PRODUCER_KEYS
    assert report["queues"]["orders"].keys() == QUEUE_KEYS
    assert report["wire"].keys() == {"SEND", "CONFIRM", "DELIVER", "ACK"}
    assert all(row.keys() == WIRE_KEYS for row in report["wire"].values())
    assert report["expect"] == [{"group": "billing", "claim": "lost: none", "holds": True}]


def test_the_buckets_of_a_report_add_up_and_so_does_the_wire(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(capsys, written(tmp_path, RAINY))
    group = report["groups"]["billing"]
    assert sum(group[bucket] for bucket in BUCKETS) == group["produced"] > 0
    for row in report["wire"].values():
        ended = row["delivered"] + row["dropped"] + row["discarded"]
        assert row["sent"] + row["duplicated"] == ended + row["in_flight"]


def test_the_same_seed_gives_the_same_trace_and_another_seed_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, RAINY)
    hashes = [report_of(capsys, file, "--seed", seed)["trace_sha256"] for seed in ("8", "8", "9")]
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_trace_does_not_depend_on_the_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, RAINY)
    here = report_of(capsys, file)["trace_sha256"]
    there = [
        json.loads(command("run", file, "--json", PYTHONHASHSEED=seed).stdout)["trace_sha256"]
        for seed in ("1", "2")
    ]
    assert there == [here, here]


def test_until_decides_how_long_a_run_lasts(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(capsys, str(scene), "--until", "2.5 s")
    assert (report["now_us"], report["producers"]["shop"]["produced"]) == (2_500_000, 12)


def test_an_empty_run_is_a_run(scene: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = report_of(capsys, str(scene), "--until", "0")
    assert (report["now_us"], report["groups"]["billing"]["produced"]) == (0, 0)


def test_settle_drains_what_is_on_its_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, RAINY)
    assert report_of(capsys, file)["groups"]["billing"]["in_flight"] > 0
    settled = report_of(capsys, file, "--settle")
    assert settled["settled"] is True
    assert settled["now_us"] > 10_000_000
    assert settled["groups"]["billing"]["in_flight"] == 0


def test_a_world_that_never_comes_to_rest_is_inconclusive_and_says_what_is_stuck(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", written(tmp_path, POISONED), "--settle", "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["settled"] is False
    assert said.err == "It does not come to rest: 1 message of billing will never be finished.\n"


def test_a_limit_of_the_program_makes_a_run_inconclusive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", written(tmp_path, WHIRLING), "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["now_us"] == 600_000
    assert "a loop without delay" in said.err
    assert said.err.count("\n") == 1


def test_a_broken_claim_ends_with_one_and_names_the_claim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, f"{CALM}expect: [{{group: billing, lost: some}}]\n")
    assert main(["run", file]) == 1
    assert "✗ billing: lost: some is broken" in capsys.readouterr().out
    assert report_of(capsys, file)["expect"] == [
        {"group": "billing", "claim": "lost: some", "holds": False}
    ]


def test_the_trace_file_has_one_json_record_a_line(
    scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "trace.jsonl"
    assert main(["run", str(scene), "--trace", str(file)]) == 0
    capsys.readouterr()
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [record["seq"] for record in records] == list(range(1, len(records) + 1))
    times = [record["at_us"] for record in records]
    assert times == sorted(times)
    first = next(record for record in records if record["record"] == "Applied")
    assert (first["consumer"], first["name"], first["times"]) == ("billing", "shop#1", 1)


def test_writing_a_trace_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, RAINY)
    plain = report_of(capsys, file)
    assert report_of(capsys, file, "--trace", str(tmp_path / "trace.jsonl")) == plain


# ---------------------------------------------------------------------- check


def test_check_says_that_a_file_is_right(scene: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(scene)]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"{scene}: right\n", "")


def test_check_warns_of_a_broken_promise_and_ends_with_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, CALM.replace("rate: 5 /s", "rate: 5 /s, publish: fire-and-forget"))
    assert main(["check", file]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"{file}: right, with warnings:"
    assert "N1 nodes.shop.publish" in said.out
    assert said.err == ""


@pytest.mark.parametrize("word", ["check", "run"])
def test_a_wrong_file_is_told_by_line_and_column(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, CALM.replace("prefetch: 4", "prefetsch: 4"))
    assert main([word, file]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}:8:29: nodes.billing.prefetsch: ")
    assert "'prefetch'" in said.err
    assert said.err.count("\n") == 1


def test_check_looks_at_every_file_even_after_a_wrong_one(
    scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("format: 2\n", encoding="utf-8")
    assert main(["check", str(wrong), str(scene)]) == 2
    said = capsys.readouterr()
    assert said.out == f"{scene}: right\n"
    assert said.err.startswith(f"{wrong}:1:")


# ---------------------------------------------------------------------- bad input and usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", PRESET, "--frobnicate"],
        ["run"],
        ["run", PRESET, "--seed", "-1"],
        ["run", PRESET, "--seed", "many"],
        ["run", PRESET, "--until", "60"],
        ["run", PRESET, "--until", "soon"],
        ["run", PRESET, "--trace"],
        ["check"],
        ["presets", "all"],
        ["--frobnicate"],
        ["--speed", "0"],
        ["snapshot", PRESET],
        ["snapshot", PRESET, "--at", "1s", "--out", "x.png", "--size", "0x0"],
        ["snapshot", PRESET, "--at", "1s", "--out", "x.png", "--scale", "nan"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_two_and_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("delivery-playground")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("word", ["run", "check"])
def test_an_unknown_name_is_answered_with_the_nearest_one(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word, "04-three-side-by-sied"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Did you mean {PRESET}?" in said.err


@pytest.mark.parametrize("bad", ["", "nodes: [", "\0", "- 1\n- 2\n", "format: 1\n"])
def test_no_text_makes_a_traceback(
    bad: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, bad)
    assert main(["run", file]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{file}:1:") or said.err.startswith(f"{file}:2:")


def test_a_folder_is_not_a_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_node_without_a_link_cannot_be_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, CALM.replace("  - {from: orders, to: billing}\n", ""))
    assert main(["run", file]) == 2
    assert capsys.readouterr().err.startswith(f"{file}:8:")


def test_a_trace_that_cannot_be_written_is_told(
    scene: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nowhere" / "trace.jsonl"
    assert main(["run", str(scene), "--trace", str(file)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{file}: cannot be written: No such file or directory\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_is_told_without_a_traceback(
    scene: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(scene), "--trace", "/dev/full"]) == 2
    assert capsys.readouterr().err == "/dev/full: cannot be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_result_that_finds_no_room_is_no_broken_claim(scene: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "playground", "run", str(scene), "--json"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    wanted = "The result cannot be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (2, wanted)


# ---------------------------------------------------------------------- as a process


def test_the_process_ends_with_the_exit_code(tmp_path: Path) -> None:
    broken = written(tmp_path, f"{CALM}expect: [{{group: billing, lost: some}}]\n")
    assert command("run", broken).returncode == 1
    wrong = command("run", "nowhere.yaml")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr


def test_the_process_prints_one_object_even_where_colour_is_forced(scene: Path) -> None:
    done = command("run", str(scene), "--json", FORCE_COLOR="1", TERM="xterm-256color")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["scenario"] == "Calm"


def test_the_scoreboard_can_be_printed_where_there_is_no_unicode(scene: Path) -> None:
    done = command("run", str(scene), PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "playground", "schema"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


def test_nothing_headless_imports_qt(scene: Path) -> None:
    program = (
        "import sys\n"
        "from playground.cli import main\n"
        f"codes = [main(['presets']), main(['run', {str(scene)!r}, '--settle', '--json']),\n"
        f"         main(['run', {str(scene)!r}]), main(['check', {str(scene)!r}]),\n"
        "         main(['schema']), main(['run', 'nowhere'])]\n"
        "qt = ('PySide6', 'shiboken6', 'pyqtgraph', 'qasync')\n"
        "print(codes, [name for name in qt if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "[0, 0, 0, 0, 0, 2] []"


def test_without_a_display_the_window_names_what_works_instead() -> None:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "playground"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "'delivery-playground run SCENARIO'" in done.stderr
    assert "'delivery-playground snapshot SCENARIO" in done.stderr
