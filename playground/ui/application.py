"""How does the window come about: the application, its typeface, its theme, its canvas?"""

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.paths import preset_files
from playground.ui.bridge import Bridge
from playground.ui.canvas.view import CanvasView
from playground.ui.document import Document
from playground.ui.fonts import font, load_fonts
from playground.ui.main_window import MainWindow
from playground.ui.panels.presets import presets_from
from playground.ui.system_look import system_theme
from playground.ui.theme import LIGHT, THEMES, Theme

APP_NAME = "delivery-playground"
THEME_VARIABLE = "DELIVERY_PLAYGROUND_THEME"


def application() -> QApplication:
    """The one QApplication, with the shipped typeface."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        app = QApplication(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("Delivery Playground")
    app.setDesktopFileName(APP_NAME)
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    # Widgets that are made before the loop runs take the font of now, and are told of no other.
    app.setFont(font(LIGHT, "body"))
    return app


def make_window(bridge: Bridge, document: Document, theme: Theme) -> MainWindow:
    """The window with its canvas and the presets."""
    presets = presets_from(preset_files())
    return MainWindow(bridge, make_canvas, presets, theme, document)


def make_canvas(theme: Theme) -> CanvasView:
    """An empty canvas."""
    canvas = CanvasView()
    canvas.set_theme(theme)
    return canvas


def chosen_theme(app: QApplication, name: str | None, liked: Theme | None = None) -> Theme:
    """The named theme, or the one that is liked, or the system's."""
    wanted = name or os.environ.get(THEME_VARIABLE, "")
    for theme in THEMES:
        if theme.name == wanted:
            return theme
    return liked or system_theme(app)
