"""In which typeface is everything set?

Inter, shipped with the program; where it is missing, the system's sans serif. Digits are always
tabular, so that a running number does not shake.
"""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from playground.paths import assets_dir
from playground.ui.theme import Role, Theme

FAMILY = "Inter"
CAP_HEIGHT_EM = 0.727
BASELINE_EM = 0.364  # from the middle of the capitals down to the baseline


@lru_cache(maxsize=1)
def load_fonts() -> str:
    """Make the shipped typeface known and say its family; needs a QGuiApplication."""
    folder = assets_dir() / "fonts"
    for suffix in ("*.ttf", "*.otf"):
        for path in sorted(folder.glob(suffix)):
            QFontDatabase.addApplicationFont(str(path))
    if FAMILY in QFontDatabase.families():
        return FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@lru_cache(maxsize=512)
def sized_font(size_px: float, weight: int, *, is_tabular: bool = True) -> QFont:
    """The typeface at a size and a weight (400 to 700). Do not change what it returns."""
    result = QFont(load_fonts())
    result.setPixelSize(max(1, round(size_px)))
    result.setWeight(QFont.Weight(weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Said either way: what is left unsaid a painter takes from the font of its widget.
    result.setFeature(QFont.Tag("tnum"), int(is_tabular))
    return result


def font(theme: Theme, role: str) -> QFont:
    """The font of a kind of text, by its name in ``theme.ROLES``; a copy of its own."""
    size_px, weight = theme.role(role)
    return QFont(sized_font(size_px, weight))


@lru_cache(maxsize=512)
def _metrics_of(size_px: float, weight: int, is_tabular: bool) -> QFontMetricsF:
    return QFontMetricsF(sized_font(size_px, weight, is_tabular=is_tabular))


@lru_cache(maxsize=20_000)
def _advance_px(text: str, size_px: float, weight: int) -> float:
    return _metrics_of(size_px, weight, is_tabular(text)).horizontalAdvance(text)


def is_tabular(text: str) -> bool:
    """Whether a text counts: tabular figures also widen the hyphen, which tears names apart."""
    return "-" not in text


def untabular(kind: QFont) -> QFont:
    """A font for names with a hyphen in them, otherwise the same."""
    result = QFont(kind)
    result.setFeature(QFont.Tag("tnum"), 0)
    return result


def width_px(text: str, kind: Role) -> float:
    """How wide a text is in one kind of type."""
    return _advance_px(text, kind.size_px, kind.weight)
