"""Does the gallery show every preset truly, at once, and without a mouse?"""

import gc
from collections.abc import Iterator
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.paths import preset_files
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.gallery_pictures import moment_us
from playground.ui.main_window import MainWindow
from playground.ui.panels.gallery import Gallery
from playground.ui.panels.gallery_entry import UNREADABLE
from playground.ui.panels.presets import Preset, presets_from
from playground.ui.preset_pictures import COMMAND, digest, folder, noted, picture_file
from playground.ui.theme import DARK, LIGHT, PROJECTOR, Theme
from tests.ui.fakes import FakeCanvas, FakeRun

FILES = preset_files()
STALL_S = 0.1
MOST_BYTES = 1_500_000
ROOT_OF_NO_PICTURE = "99-without-a-picture"


def window_with(presets: tuple[Preset, ...], theme: Theme = LIGHT) -> MainWindow:
    application()
    run = FakeRun()
    made = MainWindow(Bridge(run.opened, run.scenario), FakeCanvas, presets, theme, Document())
    made.show()
    return made


def end(made: MainWindow) -> None:
    made.hands.editor.stack.setClean()
    made.close()
    made.deleteLater()


@pytest.fixture
def full(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that knows every preset that is shipped."""
    made = window_with(presets_from(FILES))
    yield made
    end(made)


@pytest.fixture
def gallery(full: MainWindow) -> Gallery:
    full.actions_by_id["presets"].trigger()
    settle()
    return full.choosing.gallery


def settle() -> None:
    """Let it read what it reads in idle moments."""
    for _ in range(3 * len(FILES)):
        QApplication.processEvents()


def titles(gallery: Gallery) -> list[str]:
    shelf = gallery.shelf
    return [str(shelf.data(shelf.index(row))) for row in range(shelf.rowCount())]


def keys() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


# --- the pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_preset_has_pictures_that_show_what_it_does_now(path: Path) -> None:
    advice = f"type: {COMMAND}"
    for is_dark in (False, True):
        assert picture_file(path.stem, is_dark).is_file(), advice
    now = digest(load_file(path), moment_us(path.stem))
    assert noted().get(path.stem) == now, f"{path.name} has changed since its picture; {advice}"


def test_no_picture_is_left_of_a_preset_that_is_gone() -> None:
    kept = {picture_file(path.stem, dark).name for path in FILES for dark in (True, False)}
    assert {file.name for file in folder().glob("*.webp")} == kept, f"type: {COMMAND}"


def test_the_pictures_are_small_and_of_one_size(qapp: QApplication) -> None:
    files = list(folder().iterdir())
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    sizes = {QImage(str(file)).size().toTuple() for file in files if file.suffix == ".webp"}
    assert sizes == {(960, 480)}


def test_words_may_change_without_a_new_picture_and_deeds_may_not() -> None:
    def scene(**more: object) -> Scenario:
        return Scenario(name="One", nodes=load_file(FILES[0]).nodes, **more)  # type: ignore[arg-type]

    plain = digest(scene(), 1)
    assert digest(scene(story="Another.", learn="More."), 1) == plain
    assert digest(scene(seed=2), 1) != plain
    assert digest(scene(), 2) != plain


# --- opening ----------------------------------------------------------------------------------


def test_it_opens_without_a_stall(full: MainWindow) -> None:
    full.resize(1600, 900)
    gc.collect()
    gc.disable()  # the garbage of other tests is not the gallery's
    try:
        opened, longest = time_to_open(full)
    finally:
        gc.enable()
    assert max(opened, longest) < STALL_S
    shelf = full.choosing.gallery.shelf
    entries = [shelf.entry(row) for row in range(shelf.rowCount())]
    assert all(entry is not None and entry.is_read for entry in entries)


def time_to_open(full: MainWindow) -> tuple[float, float]:
    """Processor time of the action, and of the longest turn of the event loop after it."""
    began = thread_time()
    full.actions_by_id["presets"].trigger()
    opened = thread_time() - began
    longest = 0.0
    for _ in range(3 * len(FILES)):
        began = thread_time()
        QApplication.processEvents()
        longest = max(longest, thread_time() - began)
    return opened, longest


def test_every_way_in_leads_to_it(full: MainWindow) -> None:
    full.panes.rail.search.click()
    assert full.choosing.is_gallery_open
    full.actions_by_id["presets"].trigger()
    assert not full.choosing.is_gallery_open
    full.canvas.open_preset_requested.emit()
    assert full.choosing.is_gallery_open
    full.actions_by_id["leave"].trigger()
    full.panes.dock.pictures.click()
    assert full.choosing.is_gallery_open


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR], ids=lambda theme: theme.name)
def test_cards_fill_the_width_and_hide_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = window_with(presets_from(FILES), theme)
    made.hands.show_presets()
    view, page = made.choosing.gallery.view, made.choosing.gallery.page
    for size in ((760, 560), (1024, 768), (1600, 900), (2560, 1440)):
        made.resize(*size)
        settle()
        cell, room = view.gridSize(), view.viewport().width()
        columns = room // cell.width()
        assert columns >= 1
        assert room - columns * cell.width() < max(32, columns + 16), "no empty stripe"
        first = [view.visualRect(view.model().index(row, 0)).left() for row in range(columns)]
        assert first == [cell.width() * column for column in range(columns)]
        assert not view.horizontalScrollBar().isVisible()
        assert page.geometry().right() <= made.width()
    end(made)


# --- keys -------------------------------------------------------------------------------------


def test_arrows_walk_and_enter_opens(full: MainWindow, gallery: Gallery, qtbot: QtBot) -> None:
    assert keys() is gallery.view
    qtbot.keyClick(keys(), Qt.Key.Key_Right)
    qtbot.keyClick(keys(), Qt.Key.Key_Right)
    assert gallery.current is not None
    assert gallery.current.preset.stem == FILES[2].stem
    qtbot.keyClick(keys(), Qt.Key.Key_Return)
    assert full.bridge.scenario.name == load_file(FILES[2]).name
    assert not full.choosing.is_gallery_open
    assert keys() is full.canvas


def test_escape_empties_the_search_and_then_closes(
    full: MainWindow, gallery: Gallery, qtbot: QtBot
) -> None:
    before = full.bridge.scenario
    qtbot.keyClicks(keys(), "zombie")
    assert keys() is gallery.search
    assert titles(gallery) == ["Zombie and fence"]
    qtbot.keyClick(keys(), Qt.Key.Key_Escape)
    assert len(titles(gallery)) == len(FILES)
    assert full.choosing.is_gallery_open
    qtbot.keyClick(keys(), Qt.Key.Key_Escape)
    assert not full.choosing.is_gallery_open
    assert full.bridge.scenario is before


def test_letters_that_are_keys_of_the_window_only_search(
    full: MainWindow, gallery: Gallery, qtbot: QtBot
) -> None:
    run = full.bridge._run
    assert isinstance(run, FakeRun)
    full.select(("node", "billing"))
    for letter in "crnt":
        qtbot.keyClicks(keys(), letter)
    qtbot.keyClick(keys(), Qt.Key.Key_Delete)
    assert run.asked == []
    assert full.theme is LIGHT
    assert gallery.search.text() == "crnt"


def test_from_the_field_down_leads_to_the_cards_and_enter_opens(
    full: MainWindow, gallery: Gallery, qtbot: QtBot
) -> None:
    qtbot.keyClicks(keys(), "payment")
    qtbot.keyClick(keys(), Qt.Key.Key_Return)
    assert full.bridge.scenario.name == "Payment charged twice"
    full.hands.show_presets()
    qtbot.keyClicks(keys(), "payment")
    qtbot.keyClick(keys(), Qt.Key.Key_Down)
    assert keys() is gallery.view


def test_tab_goes_round_inside(gallery: Gallery, qtbot: QtBot) -> None:
    visited = []
    for _ in range(6):
        visited.append(keys())
        qtbot.keyClick(keys(), Qt.Key.Key_Tab)
    assert keys() is gallery.view
    assert len(set(map(id, visited))) == 6
    assert all(gallery.isAncestorOf(each) for each in visited)


def test_a_preset_that_may_not_be_left_keeps_the_gallery_open(
    full: MainWindow, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full.hands.files, "may_leave", lambda: False)
    gallery.choose_current()
    assert full.choosing.is_gallery_open


# --- finding ----------------------------------------------------------------------------------


def test_the_best_answer_comes_first(gallery: Gallery) -> None:
    for words, first in (
        ("lost ack", "The lost ack"),
        ("12", "The slow consumer"),
        ("e-mail outside", "The e-mail outside"),
        ("EXACTLY cost", "Exactly-once: its cost"),
        ("fence", "Zombie and fence"),
    ):
        gallery.search.setText(words)
        assert titles(gallery)[0] == first
        assert gallery.page.says.splitlines()[0] == first


def test_a_word_that_nobody_says_finds_nothing_and_says_so(gallery: Gallery) -> None:
    gallery.search.setText("zebra")
    assert titles(gallery) == []
    assert gallery.page.says == "No preset has these words."
    assert not gallery.page.button.isEnabled()
    gallery.choose_current()  # nothing there to open


def test_a_sign_finds_its_guarantee(gallery: Gallery) -> None:
    gallery.search.setText("0..1")
    shelf = gallery.shelf
    found = [shelf.entry(row) for row in range(shelf.rowCount())]
    assert found
    assert all(entry is not None and "at-most-once" in entry.guarantees for entry in found)


# --- what is said -----------------------------------------------------------------------------


def test_the_page_teaches(gallery: Gallery) -> None:
    scenario = load_file(FILES[0])
    for text in (scenario.story, scenario.learn, scenario.watch, scenario.try_):
        assert " ".join(text.split()) in gallery.page.says


def test_a_reader_of_screens_hears_number_title_guarantee_and_story(gallery: Gallery) -> None:
    index = gallery.shelf.index(0)
    text = gallery.shelf.data(index, Qt.ItemDataRole.AccessibleTextRole)
    story = gallery.shelf.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert text == "1 At-most-once logging, at-most-once"
    assert story == " ".join(load_file(FILES[0]).story.split())
    controls = [*gallery.findChildren(QAbstractButton), gallery.view, gallery.search, gallery]
    assert [each for each in controls if not each.accessibleName() and not _text(each)] == []


def _text(control: QWidget) -> str:
    # The button that empties the field is Qt's own, and is named by Qt.
    is_qts = (
        control.parent() is not None and control.parent().metaObject().className() == "QLineEdit"
    )
    return "Qt" if is_qts else control.text() if isinstance(control, QAbstractButton) else ""


def test_a_preset_with_a_mistake_is_shown_and_says_why_when_it_is_chosen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "98-broken.yaml"
    path.write_text("format: 1\nname: Broken\nnodes: 7\n", "utf-8")
    made = window_with(presets_from([path]))
    made.hands.show_presets()
    settle()
    gallery = made.choosing.gallery
    assert gallery.page.says.splitlines() == ["Broken", UNREADABLE]
    gallery.choose_current()
    assert [card.title for card in made.choosing.cards] == ["98-broken.yaml was not opened"]
    assert made.choosing.is_gallery_open
    end(made)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
def test_a_preset_without_a_picture_shows_its_scene_in_strokes(
    qtbot: QtBot, tmp_path: Path, theme: Theme
) -> None:
    path = tmp_path / f"{ROOT_OF_NO_PICTURE}.yaml"
    path.write_bytes(FILES[3].read_bytes())
    made = window_with(presets_from([path]), theme)
    made.hands.show_presets()
    settle()
    view = made.choosing.gallery.view
    box = view.visualRect(view.model().index(0, 0))
    image = QImage(QSize(box.width(), box.width() // 2), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.viewport().render(painter, QPoint(0, 0), box.adjusted(0, 0, 0, -box.height() // 2))
    painter.end()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    wanted = {theme.guarantee(each).fill.lower() for each in theme.guarantees}
    assert wanted <= colours
    end(made)
