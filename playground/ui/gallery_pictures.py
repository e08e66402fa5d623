"""How do the pictures in the gallery of presets come about?

``python -m playground.ui.gallery_pictures`` draws each preset's canvas at a moment that tells its
story, light and dark, into ``assets/gallery``. What is up to date is left alone; ``--all`` draws
every one. Without a screen, too.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from playground.paths import preset_files
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.session.session import Session
from playground.ui.application import make_canvas
from playground.ui.preset_pictures import NOTE, digest, folder, noted, picture_file
from playground.ui.snapshot import begin
from playground.ui.theme import DARK, LIGHT, Theme

SIZE_PX = (720, 360)
"""Of the canvas, in logical pixels: at this size cards show their parts and names are legible."""
SCALE = 4 / 3
QUALITY = 80
SETTLING_ROUNDS = 3
DEFAULT_MOMENT_MS = 9_000
MOMENTS_MS: dict[str, int] = {
    "02": 8_000,
    "03": 3_700,
    "08": 3_000,
    "12": 6_500,
    "13": 5_400,
    "14": 8_000,
    "20": 5_100,
    "21": 3_600,
}
"""When a preset shows its point best, where that is not the default; by its number."""


def moment_us(stem: str) -> int:
    """The virtual time of a preset's picture."""
    return MOMENTS_MS.get(stem.partition("-")[0], DEFAULT_MOMENT_MS) * 1_000


def draw(scenario: Scenario, at_us: int, theme: Theme) -> QPixmap:
    """The canvas alone, with nothing hovered, selected or focused."""
    session = Session(scenario, None)
    session.pause()
    session.run_to(at_us)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    canvas = make_canvas(theme)
    canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    canvas.resize(*SIZE_PX)
    canvas.set_layout(dict(scenario.layout))
    canvas.show()
    app.processEvents()
    canvas.show_frame(session.frame())
    canvas.fit()
    for _ in range(SETTLING_ROUNDS):
        app.processEvents()
    glass = canvas.overlays
    for over in (glass.line, glass.button, glass.column, *(tool for _, tool in glass.tools)):
        over.hide()
    canvas.canvas.focus(None)  # a window without keys of its own leads them to its first thing
    picture = QPixmap(round(SIZE_PX[0] * SCALE), round(SIZE_PX[1] * SCALE))
    picture.setDevicePixelRatio(SCALE)
    QWidget.render(canvas, picture, QPoint(0, 0))
    canvas.close()
    canvas.deleteLater()
    return picture


def draw_all(inside: Path, is_forced: bool = False) -> list[str]:
    """Bring the pictures up to date; returns the stems of those drawn. Raises OSError."""
    inside.mkdir(parents=True, exist_ok=True)
    before, now, drawn = noted(inside), {}, []
    for path in preset_files():
        scenario = load_file(path)
        at_us = moment_us(path.stem)
        now[path.stem] = digest(scenario, at_us)
        files = [(each, picture_file(path.stem, each.is_dark, inside)) for each in (LIGHT, DARK)]
        is_there = all(file.is_file() for _, file in files)
        if is_there and now[path.stem] == before.get(path.stem) and not is_forced:
            continue
        for theme, file in files:
            if not draw(scenario, at_us, theme).save(str(file), quality=QUALITY):
                raise OSError(f"{file} cannot be written")
        drawn.append(path.stem)
    kept = {picture_file(stem, is_dark, inside).name for stem in now for is_dark in (True, False)}
    for file in inside.glob("*.webp"):
        if file.name not in kept:
            file.unlink()  # its preset has gone
    (inside / NOTE).write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    return drawn


def main(arguments: list[str]) -> int:
    """Draw, and say what was drawn; the value is the exit code."""
    if arguments not in ([], ["--all"]):
        print(f"{arguments[0]!r} is not understood. --all draws every picture.", file=sys.stderr)  # noqa: T201
        return 2
    begin(SCALE)
    try:
        drawn = draw_all(folder(), is_forced=bool(arguments))
    except OSError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    print("\n".join(drawn) or "Every picture is up to date.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
