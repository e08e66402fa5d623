"""Does the window look the same with twice the pixels, only sharper?"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 800)
TILE_PX = 32  # of the plain picture
MOST_OFF = 6.0  # of 255, of a tile's mean: each line as thick as it was, each word in its place
FINE_SHARE = 0.04  # of the squares of four pixels among the cards: a picture made larger has none


def pixels(path: Path) -> NDArray[np.float64]:
    """Height × width of grey, 0 to 255."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(np.float64)


def tiles(picture: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """The mean of each square of so many pixels a side."""
    height, width = (n // side for n in picture.shape)
    cut = picture[: height * side, : width * side]
    return cut.reshape(height, side, width, side).mean(axis=(1, 3))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[NDArray[np.float64], ...]:
    """The same moment at one and at two pixels to a logical one."""
    folder = tmp_path_factory.mktemp("pictures")
    words = ["snapshot", "04-three-side-by-side", "--at", "9s", "--size", "{}x{}".format(*SIZE)]
    found = []
    for scale in ("1", "2"):
        out = folder / f"{scale}.png"
        subprocess.run(
            [sys.executable, "-m", "playground", *words, "--scale", scale, "--out", str(out)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
            timeout=60,
        )
        found.append(pixels(out))
    return tuple(found)


def test_everything_is_in_its_place_and_as_thick(pair: tuple[NDArray[np.float64], ...]) -> None:
    plain, fine = pair
    assert fine.shape == tuple(2 * n for n in plain.shape)
    off = np.abs(tiles(plain, TILE_PX) - tiles(fine, 2 * TILE_PX))
    worst = [int(n) * TILE_PX for n in np.unravel_index(off.argmax(), off.shape)]
    assert off.max() <= MOST_OFF, worst


def test_cards_are_drawn_finer_and_not_made_larger(pair: tuple[NDArray[np.float64], ...]) -> None:
    width, height = SIZE
    cards = pair[1][120:height, width // 2 : 3 * width // 2]
    squares = cards.reshape(cards.shape[0] // 2, 2, cards.shape[1] // 2, 2)
    contrast = squares.max(axis=(1, 3)) - squares.min(axis=(1, 3))
    assert (contrast > 20).mean() >= FINE_SHARE
