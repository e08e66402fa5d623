"""May a window be opened here, and if not, what is to be done?

Answered before Qt is imported, because Qt's own answer is to abort. Both questions return None
where nothing stands in the way, else one plain sentence for the person at the terminal.
"""

import os
import re
import socket
import sys
from collections.abc import Mapping
from importlib import metadata

CONNECT_TIMEOUT_S = 2.0
FIRST_X_PORT = 6000


def refuse_bad_pyside(
    pyside: str | None = None, python: tuple[int, ...] = sys.version_info[:2]
) -> str | None:
    """Why this PySide6 must not run on this Python.

    6.12 drops a reference to None at nearly every call on CPython before 3.12, where None can be
    freed: the process dies within seconds of showing anything that moves.
    """
    if pyside is None:
        try:
            pyside = metadata.version("PySide6-Essentials")
        except metadata.PackageNotFoundError:
            return None  # frozen, or packaged by the system: nothing is known against it
    if python >= (3, 12) or not pyside.startswith("6.12."):
        return None
    return (
        f"PySide6 {pyside} crashes on Python {python[0]}.{python[1]} within seconds. "
        "Use Python 3.12 or newer, or type: "
        f"{sys.executable} -m pip install 'PySide6-Essentials<6.12'"
    )


def refuse_no_display(environ: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can appear: no display is named, or none answers at the name."""
    if not sys.platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return None
    wayland, x11 = environ.get("WAYLAND_DISPLAY", ""), environ.get("DISPLAY", "")
    if not wayland and not x11:
        return "There is no display here, so no window can be opened."
    if (wayland and _wayland_answers(wayland, environ)) or (x11 and _x11_answers(x11)):
        return None
    return f"The display {wayland or x11} does not answer, so no window can be opened."


def _wayland_answers(display: str, environ: Mapping[str, str]) -> bool:
    return _socket_answers(os.path.join(environ.get("XDG_RUNTIME_DIR", "/run"), display))


def _x11_answers(display: str) -> bool:
    parts = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", display)
    if parts is None:
        return True  # a form we do not know; Qt shall say
    host, number = parts["host"], int(parts["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _socket_answers(path) or _socket_answers(f"\0{path}")
    return _port_answers(host.strip("[]"), FIRST_X_PORT + number)


def _socket_answers(path: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(CONNECT_TIMEOUT_S)
            connection.connect(path)
    except OSError:
        return False
    return True


def _port_answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), CONNECT_TIMEOUT_S).close()
    except OSError:
        return False
    return True
