"""Is everything in its place: assets and presets, fonts and icons, scripts, the built wheel?"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QRawFont
from PySide6.QtSvg import QSvgRenderer

from playground import paths
from playground.ui.guard import refuse_bad_pyside, refuse_no_display

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
ICONS = sorted((ROOT / "assets/icons").glob("*.svg"))
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}


def folder(*parts: str | Path) -> Path:
    path = Path(*parts)
    path.mkdir(parents=True)
    return path


# --- where things are -------------------------------------------------------------------------


def test_a_checkout_has_its_folders_beside_the_package() -> None:
    assert (paths.assets_dir(), paths.presets_dir()) == (ROOT / "assets", ROOT / "presets")


def test_a_wheel_has_its_folders_in_the_package(tmp_path: Path) -> None:
    package = folder(tmp_path, "playground")
    inside = folder(package, "assets"), folder(package, "presets")
    folder(tmp_path, "assets")  # something else of that name in site-packages is not ours
    assert (paths.assets_dir(package), paths.presets_dir(package)) == inside


def test_presets_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    presets = folder(tmp_path, "presets")
    for name in ("10-c.yaml", "02-b.yaml", "01-a.yaml", "notes.txt"):
        (presets / name).touch()
    found = [path.name for path in paths.preset_files(tmp_path / "playground")]
    assert found == ["01-a.yaml", "02-b.yaml", "10-c.yaml"]


def test_a_missing_folder_is_named_with_the_places_looked_at(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"assets/ is neither at .*playground/assets nor at"):
        paths.assets_dir(tmp_path / "playground")


@pytest.mark.long
@pytest.mark.skipif(find_spec("hatchling") is None, reason="builds the wheel with hatchling")
def test_the_built_wheel_finds_its_assets_and_presets(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    pip += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(pip, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = "from playground import paths; print(len(paths.preset_files()), paths.assets_dir())"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    presets = len(paths.preset_files())
    assert answer == f"{presets} {tmp_path / 'site/playground/assets'}"


# --- fonts and icons --------------------------------------------------------------------------


def test_each_weight_of_inter_loads_and_answers_to_its_number(qapp: QGuiApplication) -> None:
    for name in WEIGHTS:
        number = QFontDatabase.addApplicationFont(str(ROOT / f"assets/fonts/Inter-{name}.ttf"))
        assert "Inter" in QFontDatabase.applicationFontFamilies(number)
    for name, weight in WEIGHTS.items():
        font = QFont("Inter")
        font.setWeight(QFont.Weight(weight))
        raw = QRawFont.fromFont(font)
        assert (raw.familyName(), raw.styleName(), raw.weight()) == ("Inter", name, weight)


@pytest.mark.parametrize("weight", WEIGHTS.values())
def test_digits_can_stand_in_columns(qapp: QGuiApplication, weight: int) -> None:
    for name in WEIGHTS:
        QFontDatabase.addApplicationFont(str(ROOT / f"assets/fonts/Inter-{name}.ttf"))
    font = QFont("Inter")
    font.setPixelSize(22)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    widths = {QFontMetricsF(font).horizontalAdvance(digit * 10) for digit in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_of_the_family(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor", "the theme tints it"
    assert root.get("stroke-linecap") == "round"
    assert 1.6 <= float(root.get("stroke-width", "0")) <= 1.7
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) <= {"none", "currentColor"}
    assert QSvgRenderer(QByteArray(text.encode())).isValid()


def test_what_others_made_carries_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "assets/fonts/OFL.txt").read_text(encoding="utf-8")
    ours = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert (ROOT / "assets/icons/LICENSE").read_text(encoding="utf-8") == ours


# --- what is asked before a window opens ------------------------------------------------------


@pytest.mark.parametrize(
    ("pyside", "python", "is_refused"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12.3", (3, 11), True),
        ("6.12.0", (3, 12), False),
        ("6.11.3", (3, 11), False),
        ("6.1.2", (3, 11), False),
    ],
)
def test_the_pair_that_crashes_is_refused(
    pyside: str, python: tuple[int, int], is_refused: bool
) -> None:
    sentence = refuse_bad_pyside(pyside, python)
    assert (sentence is not None) == is_refused
    assert sentence is None or sentence.startswith(f"PySide6 {pyside} crashes on Python 3.11")


def test_the_pair_installed_here_is_a_good_one() -> None:
    assert refuse_bad_pyside() is None


def test_the_requirements_exclude_the_pair_that_crashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    old = [line for line in project["dependencies"] if "python_version < '3.12'" in line]
    assert [line.split(";")[0] for line in old] == ["PySide6-Essentials>=6.10,<6.12"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
@pytest.mark.parametrize(
    ("environ", "beginning"),
    [
        ({}, "There is no display here"),
        ({"DISPLAY": ":4711"}, "The display :4711 does not answer"),
        ({"WAYLAND_DISPLAY": "nowhere-0"}, "The display nowhere-0 does not answer"),
        ({"QT_QPA_PLATFORM": "offscreen"}, ""),
    ],
)
def test_a_missing_display_is_said_in_one_sentence(environ: dict[str, str], beginning: str) -> None:
    sentence = refuse_no_display(environ) or ""
    assert sentence.startswith(beginning)
    assert bool(sentence) == bool(beginning)


# --- scripts ----------------------------------------------------------------------------------


def run_setup(command: str, tmp_path: Path, **stubs: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the set-up script where some programs of the system are replaced."""
    programs = folder(tmp_path, "programs")
    for name, body in stubs.items():
        program = programs / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        program.chmod(0o755)
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"source '{PACKAGING}/setup.sh'; {command}"],
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", sorted(PACKAGING.glob("*.sh")), ids=lambda path: path.name)
def test_a_script_is_sound(path: Path) -> None:
    subprocess.run(["bash", "-n", path], check=True)
    assert os.access(path, os.X_OK) == (path.name != "setup.sh"), "only setup.sh is sourced"
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "-x", path], check=True, cwd=ROOT)


def test_a_library_that_is_there_is_not_asked_for(tmp_path: Path) -> None:
    there = "echo '  libEGL.so.1 (libc6,x86-64) => /lib/libEGL.so.1'"
    done = run_setup("missing_packages offscreen", tmp_path, ldconfig=there)
    asked_for = "libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0"
    assert " ".join(done.stdout.split()) == asked_for


def test_without_rights_the_one_line_to_type_is_named(tmp_path: Path) -> None:
    there = "echo libGL.so.1 libglib-2.0.so.0 libfontconfig.so.1 libfreetype.so.6 ."
    command = "VENV=/nowhere; KEY=none; apt_install() { return 1; }; set_up_qt offscreen"
    done = run_setup(command, tmp_path, ldconfig=there)
    assert (done.returncode, done.stderr) == (
        1,
        "Qt lacks libraries of the system. Type: sudo sh -c 'apt-get update && "
        "apt-get install -y libegl1 libdbus-1-3 libxkbcommon0'\n",
    )


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    done = run_setup(
        'find_python; echo "$PYTHON"',
        tmp_path,
        **{"python3": "exit 1", "python3.13": "exit 0"},
    )
    assert done.stdout == "python3.13\n"
