"""Where is the picture of a preset, and does it still show what the preset does?

Beside the pictures stands a note of what each was drawn from: a digest of everything in its file
that moves, and of the moment. Words, cues and claims may change without a new picture.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from playground.paths import assets_dir
from playground.scenario.model import Scenario
from playground.scenario.save import to_text

COMMAND = "python -m playground.ui.gallery_pictures"
NOTE = "drawn-from.json"
ENDING = ".webp"


def folder() -> Path:
    """Where the pictures are."""
    return assets_dir() / "gallery"


def picture_file(stem: str, is_dark: bool, inside: Path | None = None) -> Path:
    """The picture of a preset, by the stem of its file; it may be missing."""
    shade = "dark" if is_dark else "light"
    return (inside or folder()) / f"{stem}-{shade}{ENDING}"


def digest(scenario: Scenario, at_us: int) -> str:
    """What a picture of this scenario at this moment depends on, in sixteen characters."""
    silent = replace(
        scenario, name="-", story="", learn="", watch="", try_="", cues=(), expect=(), run_for_us=1
    )
    return hashlib.sha256(f"{at_us}\n{to_text(silent)}".encode()).hexdigest()[:16]


def noted(inside: Path | None = None) -> dict[str, str]:
    """The digest that each picture was drawn from, by stem."""
    try:
        found = json.loads(((inside or folder()) / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if type(found) is dict else {}
