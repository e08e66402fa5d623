"""How does the whole application put on a theme?"""

from PySide6.QtWidgets import QApplication

from playground.ui.fonts import font
from playground.ui.palette import palette, stylesheet
from playground.ui.panels.labels import label_rules
from playground.ui.theme import Theme


def dress(theme: Theme) -> None:
    """Colours, type and style sheet of every widget there is."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet("")  # going straight from sheet to sheet takes Qt three times as long
    app.setPalette(palette(theme))
    app.setFont(font(theme, "body"))
    app.setStyleSheet(f"{stylesheet(theme)}\n{label_rules(theme)}")
