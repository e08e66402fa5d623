"""Is nothing lost when one opens, saves, drops or leaves, with the real session behind it?"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from playground.paths import preset_files
from playground.scenario.load import load_file, load_text
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.file_names import file_name_for
from playground.ui.main_window import MainWindow
from playground.ui.panels.drop_sheet import NO_FILE, ONE_ONLY
from playground.ui.panels.file_desk import FileDesk
from playground.ui.panels.recent_menu import entry_text, recent_menu
from playground.ui.recent import MOST, RecentFiles
from playground.ui.theme import LIGHT

SMALL = """\
format: 1
name: Small
nodes:
  shop: {kind: producer, rate: 1 /s}
  orders: {kind: queue}
links:
  - {from: shop, to: orders}
"""
BAD = SMALL.replace("kind: queue", "kind: cue").replace("rate:", "rat:")
Button = QMessageBox.StandardButton


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, "utf-8")
    return path


@pytest.fixture
def real(qtbot: QtBot, small: Path) -> Iterator[MainWindow]:
    """The window with its true canvas, over a true session that has run for two seconds."""
    application()
    session = Session(load_file(small), None)
    session.pause()
    session.run_to(2_000_000)
    runs = iter([session])
    bridge = Bridge(lambda s, seed: next(runs, None) or Session(s, seed), session.scenario)
    made = make_window(bridge, Document(small), LIGHT)
    made.show()
    yield made
    made.hands.editor.stack.setClean()  # nobody is there to be asked whether to save
    made.close()
    made.deleteLater()


@pytest.fixture
def desk(real: MainWindow) -> FileDesk:
    return real.hands.files


class Answers:
    """Stands in for the person who is asked; notes the questions."""

    def __init__(self) -> None:
        self.answer = Button.Cancel
        self.asked: list[str] = []

    def exec(self, box: QMessageBox) -> int:
        self.asked.append(box.text())
        return self.answer.value


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Answers:
    answers = Answers()
    monkeypatch.setattr(QMessageBox, "exec", answers.exec)
    # A method of another object does not get the box by itself.
    monkeypatch.setattr(QMessageBox, "exec", lambda box: answers.exec(box))
    return answers


def edit(window: MainWindow) -> None:
    window.hands.build.add_part("queue")


def said(window: MainWindow) -> list[str]:
    return [card.title for card in window.choosing.cards]


# --- bad files --------------------------------------------------------------------------------


def test_a_bad_file_changes_nothing_of_the_open_document(
    real: MainWindow, bad: Path, small: Path, person: Answers
) -> None:
    edit(real)
    before = real.bridge.scenario, real.bridge.last, real.hands.files.document
    index = real.hands.editor.stack.index()
    assert not real.hands.open_file(bad)
    after = real.bridge.scenario, real.bridge.last, real.hands.files.document
    assert all(a is b for a, b in zip(before, after, strict=True))
    assert real.bridge.last.now_us == 2_000_000
    assert real.hands.editor.stack.index() == index
    assert person.asked == [], "a file that cannot be opened costs nobody an answer"
    real.hands.undo()
    assert real.bridge.scenario == load_file(small)


def test_every_problem_of_a_bad_file_is_listed_with_its_place(real: MainWindow, bad: Path) -> None:
    real.hands.open_file(bad)
    (card,) = real.choosing.cards
    assert [line.split(" ")[0] for line in card.lines[:-1]] == ["bad.yaml:4:26:", "bad.yaml:5:18:"]
    assert "Did you mean 'rate'?" in card.lines[0]
    assert card.lines[-1] == "The open scenario is unchanged."


def test_the_list_is_gone_with_escape_and_with_another_document(
    real: MainWindow, bad: Path, small: Path, qtbot: QtBot
) -> None:
    real.hands.open_file(bad)
    qtbot.keyClick(real.choosing.cards[0], Qt.Key.Key_Escape)
    assert said(real) == []
    real.hands.open_file(bad)
    real.hands.open_file(small)
    assert said(real) == []


def test_a_folder_a_binary_file_and_nothing_at_all_are_refused_in_words(
    real: MainWindow, tmp_path: Path
) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(bytes(range(256)))
    before = real.bridge.scenario
    for path in (tmp_path, binary, tmp_path / "nowhere.yaml"):
        assert not real.hands.open_file(path)
    assert real.bridge.scenario is before
    assert len(said(real)) == 3


# --- unsaved work -----------------------------------------------------------------------------


def leave_by_opening(window: MainWindow, small: Path) -> bool:
    return window.hands.open_file(small)


def leave_by_preset(window: MainWindow, small: Path) -> bool:
    before = window.bridge.scenario
    window.hands.open_preset(window.presets[0])
    return window.bridge.scenario is not before


def leave_by_new(window: MainWindow, small: Path) -> bool:
    before = window.bridge.scenario
    window.actions_by_id["new"].trigger()
    return window.bridge.scenario is not before


def leave_by_dropping(window: MainWindow, small: Path) -> bool:
    before = window.bridge.scenario
    drop(window, [QUrl.fromLocalFile(str(small))])
    return window.bridge.scenario is not before


def leave_by_closing(window: MainWindow, small: Path) -> bool:
    event = QCloseEvent()
    window.closeEvent(event)
    left = event.isAccepted()
    if left:  # it is closed once more at the end of the test
        window.bridge.frame_ready.connect(window.show_frame)
    return left


WAYS = [leave_by_opening, leave_by_preset, leave_by_new, leave_by_dropping, leave_by_closing]


@pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)
def test_cancel_stays_and_keeps_every_edit(
    real: MainWindow, small: Path, person: Answers, leave: object
) -> None:
    edit(real)
    before = real.bridge.scenario
    assert not leave(real, small)  # type: ignore[operator]
    assert person.asked == ["Save Small first?"]
    assert real.bridge.scenario is before
    assert real.hands.files.is_modified


@pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)
def test_save_writes_the_edits_and_then_leaves(
    real: MainWindow, small: Path, person: Answers, leave: object
) -> None:
    edit(real)
    edited, person.answer = real.bridge.scenario, Button.Save
    assert leave(real, small)  # type: ignore[operator]
    assert load_file(small).nodes == edited.nodes


@pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)
def test_dont_save_leaves_the_file_as_it_was(
    real: MainWindow, small: Path, person: Answers, leave: object
) -> None:
    edit(real)
    person.answer = Button.Discard
    assert leave(real, small)  # type: ignore[operator]
    assert small.read_text("utf-8") == SMALL


def test_nobody_is_asked_where_nothing_would_be_lost(
    real: MainWindow, small: Path, person: Answers
) -> None:
    edit(real)
    assert real.hands.files.is_modified
    real.hands.undo()
    assert not real.hands.files.is_modified
    real.hands.redo()
    real.hands.editor.do("take it out", load_file(small))  # an edit, back to what was loaded
    assert not real.hands.files.is_modified
    assert real.hands.open_file(small)
    assert person.asked == []


def test_saved_is_clean_and_one_step_back_is_not(real: MainWindow) -> None:
    edit(real)
    real.hands.save()
    assert not real.hands.files.is_modified
    assert not real.isWindowModified()
    real.hands.undo()
    assert real.hands.files.is_modified
    real.hands.redo()
    assert not real.hands.files.is_modified


def test_the_question_has_its_keys(real: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[object, ...]] = []

    def look(box: QMessageBox) -> int:
        texts = [box.button(each).text() for each in (Button.Save, Button.Discard, Button.Cancel)]
        seen.append((texts, box.defaultButton().text(), box.informativeText()))
        assert box.escapeButton() is box.button(Button.Cancel)
        return Button.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", look)
    edit(real)
    edit(real)
    real.hands.files.may_leave()
    assert seen == [
        (["&Save", "&Don't save", "Cancel"], "&Save", "2 edits are in no file yet."),
    ]


# --- saving -----------------------------------------------------------------------------------


def test_a_preset_is_never_written_over(
    real: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    preset = preset_files()[0]
    text = preset.read_bytes()
    real.hands.open_preset(real.presets[0])
    edit(real)
    assert not real.hands.files.save_to(preset)
    assert not real.hands.files.save_to(preset.parent / "of-my-own.yaml")
    assert preset.read_bytes() == text
    assert said(real) == [f"{preset.name} was not saved", "of-my-own.yaml was not saved"]
    asked: list[str] = []
    place = str(tmp_path / "mine.yaml")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *words: (asked.append(words[2]), (place, ""))[1]
    )
    real.hands.save()  # a preset has no file of its own: this asks for one
    assert Path(asked[0]).name == "at-most-once-logging.yaml"
    assert load_file(place).nodes == real.bridge.scenario.nodes
    assert real.hands.files.document.path == Path(place)


def test_a_preset_that_is_opened_as_a_file_is_still_a_preset(real: MainWindow) -> None:
    assert real.hands.open_file(preset_files()[1])
    document = real.hands.files.document
    assert (document.path, document.preset) == (None, preset_files()[1].stem)
    assert real.hands.files.recent.paths == ()


def test_a_full_disk_leaves_the_old_file_whole(
    real: MainWindow, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    edit(real)
    monkeypatch.setattr(os, "fsync", full)
    real.hands.save()
    assert small.read_text("utf-8") == SMALL
    assert list(small.parent.iterdir()) == [small], "nothing half is left behind"
    (card,) = real.choosing.cards
    assert "No space left on device" in card.lines[0]
    assert real.hands.files.is_modified


def test_a_write_protected_file_is_not_replaced(real: MainWindow, small: Path) -> None:
    edit(real)
    small.chmod(0o444)
    real.hands.save()
    assert small.read_text("utf-8") == SMALL
    assert "write-protected" in real.choosing.cards[0].lines[0]


def test_a_file_changed_by_another_program_is_replaced_only_when_told_so(
    real: MainWindow, small: Path, person: Answers
) -> None:
    edit(real)
    small.write_text(SMALL + "# mine\n", "utf-8")
    real.hands.save()
    assert person.asked == ["Replace small.yaml?"]
    assert small.read_text("utf-8").endswith("# mine\n")
    person.answer = Button.Save
    real.hands.save()
    assert load_file(small).nodes == real.bridge.scenario.nodes


def test_a_name_without_an_ending_gets_one_and_replaces_nothing_unasked(
    real: MainWindow, small: Path, person: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = str(small.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, ""))
    edit(real)
    real.hands.ask_save_as()
    assert person.asked == ["Replace small.yaml?"]
    assert small.read_text("utf-8") == SMALL


def test_names_of_every_alphabet_survive_the_file(real: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "größe.yaml"
    scenario = replace(real.bridge.scenario, name="Größe 大きさ", story="Ünï\ncode")
    real.hands.editor.do("say it otherwise", scenario)
    assert real.hands.files.save_to(path)
    assert load_text(path.read_text("utf-8")) == scenario


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Three side by side", "three-side-by-side.yaml"),
        ("../../etc/passwd", "etc-passwd.yaml"),
        ("???", "scenario.yaml"),
        ("x" * 200, "x" * 60 + ".yaml"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name_for(title) == name


# --- files that are dropped -------------------------------------------------------------------


def drop(window: MainWindow, urls: list[QUrl]) -> str:
    """Drag over the canvas and let go; returns what the veil said."""
    mime = QMimeData()
    mime.setUrls(urls)
    glass = window.canvas.viewport()
    copy, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    at = QPoint(50, 50)
    enter = QDragEnterEvent(at, copy, mime, button, keys.NoModifier)
    QApplication.sendEvent(glass, enter)
    assert enter.isAccepted()
    assert window.choosing.sheet.isVisible()
    words = window.choosing.sheet.words
    event = QDropEvent(at.toPointF(), copy, mime, button, keys.NoModifier)
    QApplication.sendEvent(window, event)
    assert event.isAccepted()
    assert not window.choosing.sheet.isVisible()
    QApplication.processEvents()
    return words


def test_a_dropped_file_is_opened(real: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(SMALL.replace("Small", "Other"), "utf-8")
    assert drop(real, [QUrl.fromLocalFile(str(path))]) == "Drop to open other.yaml"
    assert real.bridge.scenario.name == "Other"
    assert real.hands.files.recent.paths == (path,)


def test_a_bad_file_that_is_dropped_changes_nothing(real: MainWindow, bad: Path) -> None:
    before = real.bridge.scenario
    drop(real, [QUrl.fromLocalFile(str(bad))])
    assert real.bridge.scenario is before
    assert said(real) == ["bad.yaml was not opened"]


@pytest.mark.parametrize(
    ("urls", "words"),
    [
        ([QUrl("file:///a.yaml"), QUrl("file:///b.yaml")], ONE_ONLY),
        ([QUrl("https://example.org/a.yaml")], NO_FILE),
    ],
)
def test_what_cannot_be_dropped_is_said(real: MainWindow, urls: list[QUrl], words: str) -> None:
    before = real.bridge.scenario
    assert drop(real, urls) == words
    assert real.bridge.scenario is before
    assert real.choosing.cards[0].lines[0] == words


def test_the_veil_goes_when_the_file_is_carried_away(real: MainWindow) -> None:
    real.choosing.sheet.show_words("Drop to open small.yaml")
    QApplication.sendEvent(real, QDragLeaveEvent())
    assert not real.choosing.sheet.isVisible()


# --- files that were open lately --------------------------------------------------------------


def test_recent_files_outlive_the_window(tmp_path: Path, qapp: QApplication) -> None:
    place = str(tmp_path / "settings.ini")
    first = RecentFiles(QSettings(place, QSettings.Format.IniFormat))
    first.note(Path("/talks/a, b.yaml"))  # one name, with what separates names in such a file
    again = RecentFiles(QSettings(place, QSettings.Format.IniFormat))
    assert again.paths == (Path("/talks/a, b.yaml"),)


def test_the_newest_comes_first_once_and_the_oldest_goes(qapp: QApplication) -> None:
    recent = RecentFiles()
    for number in (*range(MOST + 3), 5):
        recent.note(Path(f"/{number}.yaml"))
    assert [int(path.stem) for path in recent.paths] == [5, 12, 11, 10, 9, 8, 7, 6, 4, 3]


def test_settings_that_make_no_sense_are_as_good_as_none(
    tmp_path: Path, qapp: QApplication
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for text in ("{", "7", '[1, null, ""]'):
        settings.setValue("files/recent", text)
        assert RecentFiles(settings).paths == ()


def test_a_recent_file_that_is_gone_leaves_the_list_with_a_word(
    real: MainWindow, desk: FileDesk, small: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.yaml"
    desk.recent.note(gone)
    desk.recent.note(small)
    menu = recent_menu(desk, real)
    before = real.bridge.scenario
    menu.actions()[1].trigger()
    assert said(real) == ["gone.yaml is not there"]
    assert real.bridge.scenario is before
    assert desk.recent.paths == (small,)
    menu.actions()[0].trigger()
    assert real.bridge.scenario is not before


def test_the_menu_says_where_a_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert entry_text(0, Path("/home/ada/talks/R&D.yaml")) == "&1  R&&D.yaml   ~/talks"
