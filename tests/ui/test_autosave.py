"""Is work that was never saved still there after a kill?"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from playground.scenario.load import load_file
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.autosave import Autosave, left_overs, lock_of, text_of
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT
from tests.ui.test_documents import SMALL

OTHER = SMALL.replace("Small", "Other").replace("orders", "letters")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, small: Path) -> Iterator[MainWindow]:
    """A window that remembers nothing yet."""
    application()
    bridge = Bridge(Session, load_file(small))
    made = make_window(bridge, Document(small), LIGHT)
    made.show()
    yield made
    made.hands.files.document.saved = made.bridge.scenario  # nobody is there to be asked
    made.close()
    made.deleteLater()


def remember(window: MainWindow, tmp_path: Path) -> Autosave:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window.choosing.remember(settings, tmp_path / "unsaved")
    assert window.choosing.autosave is not None
    return window.choosing.autosave


def edit(window: MainWindow) -> None:
    window.hands.build.add_part("queue")


def left_behind(folder: Path, tmp_path: Path, text: str = OTHER, name: str = "left") -> Path:
    """What a window that was killed has left."""
    folder.mkdir(exist_ok=True)
    source = tmp_path / "other.yaml"
    source.write_text(text, "utf-8")
    file = folder / f"{name}.unsaved"
    file.write_text(text_of(load_file(source), Document(source)), "utf-8")
    return file


def said(window: MainWindow) -> list[str]:
    return [card.title for card in window.choosing.cards]


# --- keeping ----------------------------------------------------------------------------------


def test_an_edit_is_kept_and_a_save_ends_that(
    window: MainWindow, tmp_path: Path, folder: Path
) -> None:
    autosave = remember(window, tmp_path)
    autosave.keep()
    assert not folder.exists(), "what is saved needs no keeping"
    edit(window)
    autosave.keep()
    found = json.loads(autosave.file.read_text("utf-8"))
    assert "queue" in found["text"]
    assert found["path"] == str(tmp_path / "small.yaml")
    window.hands.save()
    autosave.keep()
    assert list(folder.iterdir()) == []


def test_an_edit_that_was_taken_back_is_not_kept(window: MainWindow, tmp_path: Path) -> None:
    autosave = remember(window, tmp_path)
    edit(window)
    autosave.keep()
    window.hands.undo()
    autosave.keep()
    assert not autosave.file.exists()


def test_what_has_not_changed_is_not_written_again(window: MainWindow, tmp_path: Path) -> None:
    autosave = remember(window, tmp_path)
    edit(window)
    autosave.keep()
    os.utime(autosave.file, (1, 1))
    autosave.keep()
    assert autosave.file.stat().st_mtime == 1
    edit(window)
    autosave.keep()
    assert autosave.file.stat().st_mtime > 1


def test_a_window_that_closes_in_order_leaves_nothing(
    window: MainWindow, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Discard.value)
    autosave = remember(window, tmp_path)
    edit(window)
    autosave.keep()
    assert window.close()
    assert list(folder.iterdir()) == []
    window.bridge.frame_ready.connect(window.show_frame)  # it is closed once more at the end


def test_a_folder_that_cannot_be_written_is_said_once(
    window: MainWindow, tmp_path: Path, folder: Path
) -> None:
    autosave = remember(window, tmp_path)
    folder.write_text("a file stands in the way", "utf-8")
    edit(window)
    autosave.keep()
    autosave.keep()
    assert said(window) == ["Unsaved edits are not being kept"]
    assert str(folder) in window.choosing.cards[0].lines[0]


def test_a_living_window_is_not_robbed(window: MainWindow, tmp_path: Path, folder: Path) -> None:
    autosave = remember(window, tmp_path)
    edit(window)
    autosave.keep()
    assert left_overs(folder) == []


# --- what was left behind ---------------------------------------------------------------------


def test_left_work_is_offered_and_brought_back_unsaved(
    window: MainWindow, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    file = left_behind(folder, tmp_path)
    autosave = remember(window, tmp_path)
    assert said(window) == ["Unsaved work was left behind"]
    assert window.bridge.scenario.name == "Small", "nothing is swapped unasked"
    qtbot.keyClick(window.choosing.cards[0], Qt.Key.Key_Return)
    assert window.bridge.scenario == load_file(tmp_path / "other.yaml")
    assert window.hands.files.is_modified
    assert window.isWindowModified()
    assert window.hands.files.document.path == tmp_path / "other.yaml"
    assert not file.exists()
    assert autosave.file.exists(), "it is in the new window's keeping before the old file goes"
    window.hands.save()
    assert not window.hands.files.is_modified


def test_brought_back_and_undone_is_still_unsaved(
    window: MainWindow, tmp_path: Path, folder: Path
) -> None:
    left_behind(folder, tmp_path)
    remember(window, tmp_path)
    window.choosing.cards[0].buttons[0].click()
    edit(window)
    window.hands.undo()
    assert window.hands.files.is_modified


def test_it_is_offered_once(window: MainWindow, tmp_path: Path, folder: Path) -> None:
    file = left_behind(folder, tmp_path)
    remember(window, tmp_path)
    window.choosing.cards[0].buttons[1].click()
    assert not file.exists()
    assert left_overs(folder) == []
    assert window.bridge.scenario.name == "Small"


def test_escape_leaves_it_for_the_next_start(
    window: MainWindow, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    file = left_behind(folder, tmp_path)
    remember(window, tmp_path)
    qtbot.keyClick(window.choosing.cards[0], Qt.Key.Key_Escape)
    assert said(window) == []
    (again,) = left_overs(folder)
    assert again.file == file
    again.leave()


def test_the_offer_is_not_answered_by_the_key_that_runs(
    window: MainWindow, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    left_behind(folder, tmp_path)
    remember(window, tmp_path)
    qtbot.keyClick(window.choosing.cards[0], Qt.Key.Key_Space)
    assert said(window) == ["Unsaved work was left behind"]
    assert window.bridge.scenario.name == "Small"


def test_of_several_the_newest_is_offered_and_the_others_are_kept(
    window: MainWindow, tmp_path: Path, folder: Path
) -> None:
    old = left_behind(folder, tmp_path, SMALL.replace("Small", "Old"), "old")
    os.utime(old, (1_000, 1_000))
    left_behind(folder, tmp_path, SMALL.replace("Small", "Young"), "young")
    remember(window, tmp_path)
    (card,) = window.choosing.cards
    assert card.lines[0].startswith("Young: 2 nodes")
    assert card.lines[1] == "1 more will be offered at the next start."
    card.buttons[1].click()
    assert [left.file for left in left_overs(folder)] == [old]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"text": "format: 1"}', "\x00" * 50])
def test_what_cannot_be_read_is_set_aside_and_said(
    window: MainWindow, tmp_path: Path, folder: Path, text: str
) -> None:
    folder.mkdir()
    (folder / "torn.unsaved").write_text(text, "utf-8")
    remember(window, tmp_path)
    assert said(window) == ["Unsaved work was left behind that cannot be read"]
    assert (folder / "torn.unreadable").read_text("utf-8") == text
    assert left_overs(folder) == []


def test_a_file_that_has_changed_meanwhile_is_not_replaced_unasked(
    window: MainWindow, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(box: QMessageBox) -> int:
        asked.append(box.text())
        return QMessageBox.StandardButton.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", no)
    left_behind(folder, tmp_path)
    (tmp_path / "other.yaml").write_text(OTHER + "# newer\n", "utf-8")
    remember(window, tmp_path)
    window.choosing.cards[0].buttons[0].click()
    window.hands.save()
    assert asked == ["Replace other.yaml?"]
    assert (tmp_path / "other.yaml").read_text("utf-8").endswith("# newer\n")


def test_a_lock_is_held_by_one_only(tmp_path: Path) -> None:
    first, second = lock_of(tmp_path / "a"), lock_of(tmp_path / "a")
    assert first.tryLock(0)
    assert not second.tryLock(0)
    first.unlock()
    assert second.tryLock(0)
    second.unlock()
