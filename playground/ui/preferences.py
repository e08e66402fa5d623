"""How does a person like the window: theme, size, motion, cue cards?

The choices outlive the window where they are given settings to live in; without them they live in
memory, and nothing of the user's is touched. What makes no sense there counts as not chosen.
"""

from dataclasses import asdict, dataclass, replace

from PySide6.QtCore import QObject, QSettings, Signal

SYSTEM = "system"
THEME_CHOICES = (SYSTEM, "light", "dark", "projector")
SIZE_CHOICES = (100, 125, 150, 175, 200, 250, 300)
MOTION_CHOICES = (SYSTEM, "full", "reduced")
PREFIX = "look/"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen."""

    theme: str = SYSTEM
    size_percent: int = 100  # of everything, from the next start on
    motion: str = SYSTEM
    has_cues: bool = True  # at the desk; on the stage they are always shown


class Preferences(QObject):
    """The choices, and word of every change."""

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.choices = Choices() if settings is None else read(settings)

    def use(self, settings: QSettings) -> None:
        """Live in these settings from now on."""
        self._settings = settings
        self.choices = read(settings)
        self.changed.emit()

    def choose(self, **changes: object) -> None:
        """Other choices, by their names in ``Choices``."""
        after = replace(self.choices, **changes)  # type: ignore[arg-type]
        if after == self.choices:
            return
        self.choices = after
        if self._settings is not None:
            for key, value in asdict(after).items():
                # As text: a settings file does not keep what is a number and what a truth value.
                self._settings.setValue(PREFIX + key, str(value))
        self.changed.emit()


def read(settings: QSettings) -> Choices:
    """What stands in the settings."""
    theme = str(settings.value(f"{PREFIX}theme", SYSTEM))
    motion = str(settings.value(f"{PREFIX}motion", SYSTEM))
    size = str(settings.value(f"{PREFIX}size_percent", "100"))
    return Choices(
        theme if theme in THEME_CHOICES else SYSTEM,
        int(size) if size in map(str, SIZE_CHOICES) else 100,
        motion if motion in MOTION_CHOICES else SYSTEM,
        str(settings.value(f"{PREFIX}has_cues", "True")) != "False",
    )
