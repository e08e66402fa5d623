"""How does an icon get the theme's colour?

``assets/icons/<name>.svg`` is drawn with ``currentColor``; it is tinted, rendered once a size and
colour, and kept.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from playground.paths import assets_dir

MISSING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="1.6">'
    '<rect x="5" y="5" width="14" height="14" rx="4"/></svg>'
)


def tinted_svg(name: str, colour: str) -> str:
    """The text of an icon in a colour."""
    path = assets_dir() / "icons" / f"{name}.svg"
    text = path.read_text(encoding="utf-8") if path.is_file() else MISSING
    return text.replace("currentColor", colour)


@lru_cache(maxsize=256)
def renderer(name: str, colour: str) -> QSvgRenderer:
    """A renderer that draws the icon at any size."""
    return QSvgRenderer(QByteArray(tinted_svg(name, colour).encode()))


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """The icon in a colour, ``size_px`` logical pixels wide, sharp at the device's ratio."""
    side = max(1, round(size_px * ratio))
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def draw(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Paint an icon as a vector, sharp at any zoom."""
    painter.save()
    renderer(name, colour).render(painter, box)
    painter.restore()


@lru_cache(maxsize=512)
def icon(name: str, colour: str, size_px: int = 20, disabled: str = "") -> QIcon:
    """The icon for a button or a menu, sharp up to 300 %; ``disabled`` is its colour when off."""
    result = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        result.addPixmap(pixmap(name, colour, size_px, ratio))
        if disabled:
            result.addPixmap(pixmap(name, disabled, size_px, ratio), QIcon.Mode.Disabled)
    return result
