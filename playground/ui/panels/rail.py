"""What is left of the left dock in a small window?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.panels.buttons import IconButton
from playground.ui.panels.part_well import PARTS
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

RAIL_PX = 48


class Rail(Surface):
    """Four icons: find a preset, add a part."""

    presets_asked = Signal()
    part_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "right", parent)
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_PX)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 14, 8, 8)
        box.setSpacing(12)
        self.search = IconButton(theme, "search", None, self)
        self.search.setToolTip("Presets (Ctrl+P)")
        self.search.setAccessibleName("Presets")
        self.search.clicked.connect(self.presets_asked)
        box.addWidget(self.search)
        self.parts: list[IconButton] = []
        for kind, _text in PARTS:
            button = IconButton(theme, kind, None, self)
            button.setObjectName(kind)
            button.setToolTip(f"Add a {kind}")
            button.setAccessibleName(f"Add a {kind}")
            button.clicked.connect(self._on_part)
            box.addWidget(button)
            self.parts.append(button)
        box.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for button in (self.search, *self.parts):
            button.set_theme(theme)

    def _on_part(self) -> None:
        self.part_wanted.emit(self.sender().objectName())
