"""How is the real program run in a test, and something done to its window from within?

The composition root itself, in a process of its own: only ``live`` is wrapped, so that a coroutine
of the test runs beside the window. Whatever it prints is what the test reads.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NO_NEWS = ("This plugin does not", "Error calling Python override")
"""What Qt says of a window without a screen, and PySide before it hands on what was raised."""

PROGRAM = """
import asyncio, gc, sys, threading, traceback
import playground.app as app

alive = app.live

async def live(window, bridge, *more, **named):
    async def visited():
        try:
            await visit(window, bridge)
        except Exception:
            traceback.print_exc()
            window.closed.emit()
    beside = asyncio.ensure_future(visited())
    try:
        return await alive(window, bridge, *more, **named)
    finally:
        beside.cancel()

async def until(holds):
    for _ in range(1_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("what was waited for did not come")

async def settled():
    from PySide6.QtWidgets import QApplication
    for _ in range(3):
        await asyncio.sleep(0.01)
        QApplication.sendPostedEvents()

{visit}

app.live = live
sys.exit(app.open_window({arguments}))
"""


def environment(home: Path) -> dict[str, str]:
    """Without a screen, and with a home of its own."""
    kept = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    places = ("CONFIG", "DATA", "STATE", "CACHE")
    own = {f"XDG_{place}_HOME": str(home / place.lower()) for place in places}
    own |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    return {**kept, **own}


def start(visit: str, home: Path, arguments: str = "") -> subprocess.Popen[str]:
    """The program with its visitor: the text of ``async def visit(window, bridge)``."""
    program = PROGRAM.format(visit=visit, arguments=arguments)
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str], list[str]]:
    """Its exit code, and what it said on stdout and on stderr."""
    with process:
        try:
            out, said = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    lines = [line for line in said.splitlines() if not any(word in line for word in NO_NEWS)]
    return process.returncode, out.splitlines(), lines


def log_file(home: Path) -> Path:
    """Where the program writes its mistakes."""
    found = sorted(home.rglob("mistakes.log"))
    return found[0] if found else home / "mistakes.log"
