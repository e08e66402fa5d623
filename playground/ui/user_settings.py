"""Where do the user's choices live between two starts?

In one file in the user's folder for settings. Only the composition of the real window opens it.
"""

import os
from pathlib import Path

from PySide6.QtCore import QSettings

from playground.ui.preferences import read

FILE = "settings.ini"
SCALE_VARIABLE = "QT_SCALE_FACTOR"


def user_settings(folder: Path) -> QSettings:
    """The settings in the user's folder for them; without a file yet they are empty."""
    return QSettings(str(folder / FILE), QSettings.Format.IniFormat)


def enlarge(settings: QSettings) -> None:
    """The chosen size of everything; only before the application there is.

    Who has set Qt's own variable knows better.
    """
    percent = read(settings).size_percent
    if percent != 100:
        os.environ.setdefault(SCALE_VARIABLE, f"{percent / 100:g}")
