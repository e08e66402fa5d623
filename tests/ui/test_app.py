"""Does the whole program open, close and draw, with nothing left and nothing said?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCENARIO = """\
format: 1
name: Small
nodes:
  shop: {kind: producer, rate: 20 /s}
  orders: {kind: queue}
  billing: {kind: consumer, work: 10 ms}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
"""

OPEN_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
import playground.app as app

alive = app.live

async def live(window, bridge, present=False):
    seen = []
    def count(frame):
        seen.append(frame.now_us)
        if len(seen) == 20:
            window.close()
    bridge.frame_ready.connect(count)
    code = await alive(window, bridge, present)
    assert seen[-1] > seen[0], seen
    return code

app.live = live
sys.exit(app.open_window(sys.argv[1], speed=10, present=len(sys.argv) > 2))
"""


def python(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**kept, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SCENARIO, "utf-8")
    return path


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What stands on stderr, but for what Qt says of every window without a screen."""
    return [line for line in done.stderr.splitlines() if "This plugin does not" not in line]


@pytest.mark.parametrize("more", [(), ("present",)], ids=["window", "presentation"])
def test_the_window_opens_runs_and_closes_with_code_0(small: Path, more: tuple[str, ...]) -> None:
    done = python("-c", OPEN_AND_CLOSE, str(small), *more, QT_QPA_PLATFORM="offscreen")
    assert (said(done), done.returncode) == ([], 0)


def test_without_a_display_one_sentence_says_what_to_do() -> None:
    program = "import sys, playground.app; sys.exit(playground.app.open_window())"
    done = python("-c", program, QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "run SCENARIO" in done.stderr
    assert "snapshot SCENARIO" in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    program = "import sys, playground.app as a; sys.exit(a.open_window(sys.argv[1]))"
    missing = str(tmp_path / "missing.yaml")
    done = python("-c", program, missing, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_a_snapshot_is_as_large_as_it_was_asked_to_be(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "picture.png"
    program = (
        "import sys, playground.app as a; from playground.scenario.load import load_file; "
        "sys.exit(a.take_snapshot(load_file(sys.argv[1]), 3_000_000, sys.argv[2], "
        "(1024, 768), 'dark', 2.0))"
    )
    done = python("-c", program, str(small), str(out), QT_QPA_PLATFORM="offscreen")
    assert (said(done), done.returncode) == ([], 0)
    header = out.read_bytes()[16:24]
    size = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")
    assert size == (2048, 1536)


def test_a_snapshot_that_cannot_be_written_says_so(small: Path, tmp_path: Path) -> None:
    program = (
        "import sys, playground.app as a; from playground.scenario.load import load_file; "
        "sys.exit(a.take_snapshot(load_file(sys.argv[1]), 0, sys.argv[2]))"
    )
    out = str(tmp_path / "nowhere" / "picture.png")
    done = python("-c", program, str(small), out, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert out in done.stderr
