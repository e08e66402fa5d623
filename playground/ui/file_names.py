"""What is a file called, and which files are not to be written?"""

import stat
from pathlib import Path

from playground.paths import preset_files, presets_dir

ENDING = ".yaml"
LONGEST_STEM = 60


def preset_of(path: Path) -> str:
    """The stem of the preset that this file is, or nothing."""
    return path.stem if path.resolve() in [each.resolve() for each in preset_files()] else ""


def why_not_to(path: Path) -> str:
    """Why this file is not to be written, in a sentence, or nothing."""
    if path.resolve().parent == presets_dir().resolve():
        return "The presets are kept as they are. Save it in another folder."
    if path.is_dir():
        return f"{path} is a folder. Give the file another name."
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        return f"{path} is write-protected. Save it under another name."
    return ""


def file_name_for(title: str) -> str:
    """A file's name that every system takes: ``three-side-by-side.yaml``."""
    kept = "".join(each if each.isalnum() else " " for each in title.casefold())
    return ("-".join(kept.split())[:LONGEST_STEM] or "scenario") + ENDING
