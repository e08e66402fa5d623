"""Where does a person say how the window is to look and move?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.ui.panels.labels import plain
from playground.ui.preferences import (
    MOTION_CHOICES,
    SIZE_CHOICES,
    THEME_CHOICES,
    Preferences,
)

THEME_WORDS = {
    "system": "As the system",
    "light": "Light",
    "dark": "Dark",
    "projector": "Projector",
}
MOTION_WORDS = {
    "system": "As the system",
    "full": "Everything moves",
    "reduced": "Reduced: only packets and timers move",
}
ON_RESTART = "The size takes effect when the program is started again."


class SettingsDialog(QDialog):
    """Theme, size, motion, cue cards; a choice takes effect at once unless it says otherwise."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preferences = preferences
        now = preferences.choices
        self.theme = _choice("Theme", [(key, THEME_WORDS[key]) for key in THEME_CHOICES], now.theme)
        self.size_of_all = _choice(
            "Size of everything",
            [(percent, f"{percent}\u00a0%") for percent in SIZE_CHOICES],
            now.size_percent,
        )
        self.motion = _choice(
            "Motion", [(key, MOTION_WORDS[key]) for key in MOTION_CHOICES], now.motion
        )
        self.cues = QCheckBox("Show cue cards at the desk, and wait at them")
        self.cues.setChecked(now.has_cues)
        self.note = plain("", "label", wraps=True)
        self._at_start = now.size_percent
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        choose = self._preferences.choose
        self.theme.activated.connect(lambda: choose(theme=self.theme.currentData()))
        self.motion.activated.connect(lambda: choose(motion=self.motion.currentData()))
        self.size_of_all.activated.connect(self._on_size)
        self.cues.toggled.connect(lambda is_on: choose(has_cues=is_on))

    def _on_size(self) -> None:
        size = self.size_of_all.currentData()
        self._preferences.choose(size_percent=size)
        self.note.setText(ON_RESTART if size != self._at_start else "")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for field in (self.theme, self.size_of_all, self.motion):
            label = plain(field.accessibleName(), "label")
            label.setMinimumHeight(field.sizeHint().height())
            label.setBuddy(field)
            form.addRow(label, field)
        form.addRow(plain("", "label"), self.cues)
        box.addLayout(form)
        self.note.setMinimumHeight(18)
        box.addWidget(self.note)
        done = QPushButton("Close")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        box.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(440)


def _choice(name: str, options: Sequence[tuple[object, str]], current: object) -> QComboBox:
    field = QComboBox()
    field.setAccessibleName(name)
    for key, words in options:
        field.addItem(words, key)
    field.setCurrentIndex([key for key, _ in options].index(current))
    return field
