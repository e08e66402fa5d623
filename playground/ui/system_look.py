"""What does the system say about colours and motion?"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle

from playground.ui.theme import DARK, LIGHT, THEMES, Theme


def theme_named(app: QApplication, name: str) -> Theme:
    """The theme of that name; for any other word the system's."""
    return next((theme for theme in THEMES if theme.name == name), system_theme(app))


def system_theme(app: QApplication) -> Theme:
    """Dark where the system is dark."""
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if is_dark else LIGHT


def wants_calm(app: QApplication) -> bool:
    """Whether the system asks for less motion, as far as this version of Qt can tell.

    Newer ones are told by the system itself; before that Windows turns its own effects off, and a
    style may say that nothing is to be animated. Elsewhere nobody says anything.
    """
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    asked = accessibility() if accessibility is not None else None
    preference = getattr(asked, "motionPreference", None)
    if preference is not None:
        return "Reduce" in str(preference())
    if not app.style().styleHint(QStyle.StyleHint.SH_Widget_Animate):
        return True
    return sys.platform == "win32" and not app.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
