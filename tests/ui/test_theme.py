"""Can every text and every line be told from its ground, in every theme, by every eye?"""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor

import playground.ui as ui
from playground.ui.metrics import SMALLEST_STAGE_TEXT_PX, SMALLEST_TEXT_PX
from playground.ui.theme import DARK, LIGHT, PROJECTOR, ROLES, STATUSES, THEMES, Theme, mix

TEXT, GRAPHICS = 4.5, 3.0
GUARANTEES = ("at-most-once", "at-least-once", "exactly-once")

# Machado, Oliveira and Fernandes (2009), full severity, on linear light.
BLIND = {
    "protan": np.array(
        (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        )
    ),
    "deutan": np.array(
        (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        )
    ),
    "tritan": np.array(
        (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        )
    ),
}


def linear(colour: str) -> np.ndarray:
    """A colour in linear light."""
    red, green, blue, _ = QColor(colour).getRgbF()
    value = np.array((red, green, blue))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """The WCAG contrast of two colours."""
    light = sorted(float(linear(each) @ (0.2126, 0.7152, 0.0722)) for each in (a, b))
    return (light[1] + 0.05) / (light[0] + 0.05)


def oklab(light: np.ndarray) -> np.ndarray:
    """Linear light in OKLab."""
    to_lms = np.array(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    to_lab = np.array(
        (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        )
    )
    return to_lab @ np.cbrt(to_lms @ np.clip(light, 0, 1))


def text_pairs(theme: Theme) -> list[tuple[str, str, str]]:
    """Every text and the grounds that it stands on."""
    pairs = [
        (f"{ink} on {ground}", getattr(theme, ink), getattr(theme, ground))
        for ink in ("ink", "ink2", "ink3")
        for ground in ("canvas", "panel", "node", "well", "hover", "row", "toolbar")
    ]
    pairs.append(("inv on ink", theme.inv, theme.ink))
    for key in STATUSES:
        status = theme.status(key)
        pairs += [(f"{key} on {g}", status.text, getattr(theme, g)) for g in ("canvas", "panel")]
        pairs.append((f"{key} on node", status.text, theme.node))
        if key != "lost":  # its digits are bold and large, see below
            pairs.append((f"on {key}", status.on, status.fill))
    for key in GUARANTEES:
        promise = theme.guarantee(key)
        pairs.append((f"on {key}", promise.on, promise.fill))
        pairs.append((f"{key} on node", promise.text, theme.node))
        pairs.append((f"{key} on panel", promise.text, theme.panel))
    for number in range(6):
        hue = theme.identity(number)
        pairs.append((f"digits on hue {number}", theme.on_identity, hue))
        pairs.append((f"hue {number} on node", hue, theme.node))
        pairs.append((f"hue {number} on well", hue, theme.well))
    lost = theme.status("lost")
    pairs.append(("lost on the crash tint", lost.text, theme.crash_tint))
    pairs.append(("ink2 on the crash tint", theme.ink2, theme.crash_tint))
    pairs.append(("lost on the armed strip", lost.text, theme.armed_strip))
    pairs.append(("ink on the unmet row", theme.ink, theme.doubt_row))
    pairs.append(("mark on the warning", theme.warning.on, theme.warning.fill))
    return pairs


def graphic_pairs(theme: Theme) -> list[tuple[str, str, str]]:
    """Every line that carries meaning and its ground."""
    pairs = [
        ("edge on canvas", theme.edge, theme.canvas),
        ("edge on node", theme.edge, theme.node),
        ("rail on canvas", theme.rail, theme.canvas),
        ("digits on lost", theme.status("lost").on, theme.status("lost").fill),
        ("crash outline on canvas", theme.status("lost").fill, theme.canvas),
        ("crash outline on tint", theme.status("lost").fill, theme.crash_tint),
        ("warning on node", theme.warning.edge, theme.node),
    ]
    for key in STATUSES:
        status = theme.status(key)
        contour = status.fill if theme.is_dark else status.edge
        pairs.append((f"contour of {key}", contour, theme.panel))
    for key in GUARANTEES:
        pairs.append((f"{key} on canvas", theme.guarantee(key).fill, theme.canvas))
    pairs += [(f"disc {n}", theme.identity(n), theme.canvas) for n in range(6)]
    return pairs


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read(theme: Theme) -> None:
    poor = {name: contrast(a, b) for name, a, b in text_pairs(theme)}
    assert {name: round(c, 2) for name, c in poor.items() if c < TEXT - 0.005} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_line_can_be_seen(theme: Theme) -> None:
    poor = {name: contrast(a, b) for name, a, b in graphic_pairs(theme)}
    assert {name: round(c, 2) for name, c in poor.items() if c < GRAPHICS - 0.005} == {}


@pytest.mark.parametrize("eyes", BLIND)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_colours_that_mean_different_things_differ_for_every_eye(theme: Theme, eyes: str) -> None:
    fills = [theme.guarantee(key).fill for key in GUARANTEES]
    pairs = [*pairwise(fills), (fills[0], fills[2])]
    pairs.append((theme.status("once").fill, theme.status("in_flight").fill))
    pairs.append((theme.status("twice").fill, theme.status("lost").fill))
    for a, b in pairs:
        gap = oklab(BLIND[eyes] @ linear(a)) - oklab(BLIND[eyes] @ linear(b))
        assert float(np.linalg.norm(gap)) >= 0.06, f"{a} and {b}"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_no_kind_of_text_is_too_small(theme: Theme) -> None:
    least = SMALLEST_STAGE_TEXT_PX if theme.is_stage else SMALLEST_TEXT_PX
    assert {name for name in ROLES if theme.role(name).size_px < least} == set()


def test_a_message_keeps_its_hue_and_neighbours_differ() -> None:
    assert LIGHT.identity(47) == LIGHT.identity(53)
    assert LIGHT.identity(47) != LIGHT.identity(48)


def test_a_share_of_a_colour_over_another_is_one_opaque_colour() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert (LIGHT.is_dark, DARK.is_dark, PROJECTOR.is_stage) == (False, True, True)


def test_only_the_theme_has_colours_in_figures() -> None:
    folder = Path(ui.__file__).parent
    hexes = re.compile(r"""["'#]#[0-9A-Fa-f]{6}\b|["']#[0-9A-Fa-f]{3,8}["']""")
    guilty = [
        path.name
        for path in folder.rglob("*.py")
        if path.name != "theme.py" and hexes.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []
