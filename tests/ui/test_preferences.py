"""Is the window as it is liked, and is it so again the next time?"""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from playground.ui.canvas.view import CanvasView
from playground.ui.main_window import MainWindow
from playground.ui.panels.settings_dialog import ON_RESTART, SettingsDialog
from playground.ui.preferences import Choices, Preferences, read
from playground.ui.theme import DARK, LIGHT
from playground.ui.user_settings import SCALE_VARIABLE, enlarge, user_settings
from tests.ui.real import real_window


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """A file of its own."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def test_choices_outlive_the_window(settings: QSettings) -> None:
    chosen = Choices("dark", 150, "reduced", False)
    Preferences(settings).choose(theme="dark", size_percent=150, motion="reduced", has_cues=False)
    settings.sync()
    again = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    assert read(again) == chosen


def test_nonsense_in_the_file_is_as_good_as_nothing(settings: QSettings) -> None:
    for key, value in (("theme", "pink"), ("size_percent", "7 %"), ("motion", ""), ("has_cues", 3)):
        settings.setValue(f"look/{key}", value)
    assert read(settings) == Choices()


def test_without_settings_nothing_is_written(tmp_path: Path) -> None:
    Preferences().choose(theme="dark")
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_told_once_and_no_change_is_not(settings: QSettings) -> None:
    told: list[int] = []
    preferences = Preferences(settings)
    preferences.changed.connect(lambda: told.append(1))
    for _ in range(2):
        preferences.choose(theme="dark")
    assert told == [1]


def test_the_users_choices_are_one_file_in_the_folder_for_them(tmp_path: Path) -> None:
    settings = user_settings(tmp_path / "delivery-playground")
    Preferences(settings).choose(theme="dark")
    settings.sync()
    assert read(user_settings(tmp_path / "delivery-playground")).theme == "dark"
    assert [path.name for path in tmp_path.rglob("*.ini")] == ["settings.ini"]


@pytest.mark.parametrize(("percent", "factor"), [(100, None), (150, "1.5"), (200, "2")])
def test_the_size_is_handed_to_qt_before_it_starts(
    settings: QSettings, monkeypatch: pytest.MonkeyPatch, percent: int, factor: str | None
) -> None:
    environment: dict[str, str] = {}
    monkeypatch.setattr("os.environ", environment)
    Preferences(settings).choose(size_percent=percent)
    enlarge(settings)
    assert environment.get(SCALE_VARIABLE) == factor


# ---------------------------------------------------------------------- in the window


@pytest.fixture
def dialog(window: MainWindow) -> SettingsDialog:
    window.actions_by_id["settings"].trigger()
    found = window.findChild(SettingsDialog)
    assert found is not None
    return found


def pick(field: object, words: str) -> None:
    index = field.findText(words)  # type: ignore[attr-defined]
    assert index >= 0
    field.setCurrentIndex(index)  # type: ignore[attr-defined]
    field.activated.emit(index)  # type: ignore[attr-defined]


def test_a_theme_is_worn_at_once(window: MainWindow, dialog: SettingsDialog) -> None:
    pick(dialog.theme, "Dark")
    assert window.theme is DARK
    pick(dialog.theme, "Light")
    assert window.theme is LIGHT
    dialog.accept()


def test_the_size_says_that_it_takes_a_restart(window: MainWindow, dialog: SettingsDialog) -> None:
    pick(dialog.size_of_all, "200\u00a0%")
    assert dialog.note.text() == ON_RESTART
    pick(dialog.size_of_all, "100\u00a0%")
    assert dialog.note.text() == ""
    dialog.accept()


def test_every_field_has_a_name_for_those_who_hear_it(dialog: SettingsDialog) -> None:
    names = [f.accessibleName() for f in (dialog.theme, dialog.size_of_all, dialog.motion)]
    assert all(names)
    assert dialog.cues.text()
    dialog.accept()


def test_the_key_for_light_and_dark_is_remembered(window: MainWindow) -> None:
    window.actions_by_id["theme"].trigger()
    assert window.companions.preferences.choices.theme == "dark"
    window.actions_by_id["theme"].trigger()
    assert (window.theme, window.companions.preferences.choices.theme) == (LIGHT, "light")


def test_a_theme_chosen_on_the_stage_is_worn_at_the_desk(window: MainWindow) -> None:
    window.presenter.toggle()
    window.companions.preferences.choose(theme="dark")
    assert window.is_presenting
    window.presenter.toggle()
    assert window.theme is DARK


def test_the_projector_as_a_theme_is_the_stage(window: MainWindow) -> None:
    window.companions.preferences.choose(theme="projector")
    assert window.is_presenting
    window.presenter.toggle()
    assert window.theme is LIGHT


def test_reduced_motion_reaches_everything_that_moves() -> None:
    with real_window() as window:
        canvas = window.canvas
        assert isinstance(canvas, CanvasView)
        for motion, is_calm in (("reduced", True), ("full", False)):
            window.companions.preferences.choose(motion=motion)
            assert canvas.reduces_motion is is_calm
            scene = canvas.canvas
            moving = (scene.fade, scene.flashes, scene.plates, scene.rising, canvas.hovering.fade)
            assert {each.is_calm for each in moving} == {is_calm}
