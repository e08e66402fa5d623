"""What is answered to a window that asks, when nobody is there?"""

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QDrag
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from playground.catalogue import find
from playground.ui.main_window import MainWindow


def answer_dialogs(monkeypatch: pytest.MonkeyPatch, seed: int, folder: Path) -> None:
    """Nobody waits for a person: every modal question is answered, and nothing closes the window.

    The one seam of the monkey; the questions are Qt's own classes, whoever asks them.
    """
    chance = random.Random(seed)
    answers = QMessageBox.StandardButton
    names = ["", *(str(path) for path in files_in(folder)), str(folder / "nowhere" / "x.yaml")]

    def a_name(*_: object, **__: object) -> tuple[str, str]:
        return chance.choice(names), ""

    def a_place(*_: object, **__: object) -> tuple[str, str]:
        return chance.choice(["", str(folder / "saved.yaml"), names[-1]]), ""

    def an_answer(box: QMessageBox) -> int:
        offered = [b for b in answers if box.standardButtons() & b]
        return chance.choice([b for b in offered if b.value] or [answers.Ok])

    monkeypatch.setattr(QFileDialog, "getOpenFileName", a_name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", a_place)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder))
    monkeypatch.setattr(QMessageBox, "exec", an_answer)
    monkeypatch.setattr(
        QInputDialog, "getInt", lambda *_, **__: (chance.randrange(100), chance.random() < 0.5)
    )
    monkeypatch.setattr(QDialog, "exec", lambda *_: chance.randint(0, 1))
    monkeypatch.setattr(QDrag, "exec", lambda *_: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.setattr(MainWindow, "close", lambda _: False)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Two good files and three bad ones."""
    preset = find("04-three-side-by-side").read_text("utf-8")
    texts = {
        "good.yaml": preset,
        "small.yaml": "format: 1\nname: Small\nnodes:\n  shop: {kind: producer, rate: 500 /s}\n",
        "kind.yaml": preset.replace("kind: queue", "kind: cue"),
        "torn.yaml": preset[: len(preset) // 2] + "\n  {",
        "deep.yaml": "[" * 5_000,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return tuple(folder / name for name in texts)
