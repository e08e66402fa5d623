"""Where do ``assets/`` and ``presets/`` live?

In the package when it was installed from a wheel or frozen; beside it in a checkout, which is also
what an editable install sees.
"""

from pathlib import Path

PACKAGE_DIR = Path(__file__).resolve().parent


def assets_dir(package_dir: Path = PACKAGE_DIR) -> Path:
    """The folder with the fonts and the icons."""
    return _folder("assets", package_dir)


def presets_dir(package_dir: Path = PACKAGE_DIR) -> Path:
    """The folder with the scenarios that come with the playground."""
    return _folder("presets", package_dir)


def preset_files(package_dir: Path = PACKAGE_DIR) -> list[Path]:
    """The presets' files in the order of their names, which is the order of the lessons."""
    return sorted(presets_dir(package_dir).glob("*.yaml"))


def _folder(name: str, package_dir: Path) -> Path:
    places = (package_dir / name, package_dir.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise AssertionError(f"{name}/ is neither at {places[0]} nor at {places[1]}")
