# shellcheck shell=bash
# What must be there before the playground runs? Sourced by the other scripts; makes it so.
#
#   set_up_python [GROUP...]   .venv with the project (editable) and these dependency groups
#   set_up_qt offscreen        the system's libraries for Qt without a display
#   set_up_qt window           the same and those for a window
#
# What has been done is stamped in .venv, so that nothing is asked of pip or apt the next time.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
VENV_PYTHON=$VENV/bin/python
LOG=$VENV/set-up.log
PATH=$PATH:/usr/sbin:/sbin # ldconfig is there, and not on everyone's path

# Which library, in which package. Ubuntu's renamed packages still answer to these names.
QT_OFFSCREEN='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libdbus-1.so.3 libdbus-1-3
libxkbcommon.so.0 libxkbcommon0
'
QT_WINDOW='
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
'

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$@"
    exit 1
}

# --- packages of the system -------------------------------------------------------------------

line_to_type() { printf "sudo sh -c 'apt-get update && apt-get install -y %s'" "$*"; }

# Installs packages where that needs no answer from anyone; otherwise returns 1.
apt_install() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    if ((EUID != 0)); then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    say "Installing with apt: $*"
    local log
    log=$(mktemp)
    # One dead source must not stop us: the install says whether it found what it needs.
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=120 update >"$log" 2>&1 || true
    if ! "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@" \
        >>"$log" 2>&1; then
        tail -n 15 -- "$log" >&2
        rm -f -- "$log"
        return 1
    fi
    rm -f -- "$log"
}

# Prints the packages of Qt's libraries that the system lacks; $1 is offscreen or window.
missing_packages() {
    local known wanted=$QT_OFFSCREEN soname package
    [[ $1 == window ]] && wanted+=$QT_WINDOW
    known=$(ldconfig -p)
    while read -r soname package; do
        if [[ -n $soname && $known != *"$soname "* ]]; then printf '%s\n' "$package"; fi
    done <<<"$wanted"
}

# --- stamps -----------------------------------------------------------------------------------

# Changes with the requirements, this script, the interpreter, and the place of the tree.
current_key() {
    {
        printf '%s\n' "$ROOT"
        "$VENV_PYTHON" -S -c 'import sys; print(sys.version)'
        cat -- "$ROOT/pyproject.toml" "$ROOT/packaging/setup.sh"
    } | sha256sum
}

is_done() { [[ -f $VENV/.done-$1 && $(<"$VENV/.done-$1") == "$KEY" ]]; }

mark_done() { printf '%s\n' "$KEY" >"$VENV/.done-$1"; }

# --- Python -----------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Sets PYTHON to one that can make an environment, installing what that takes.
find_python() {
    local candidate found='' package
    for candidate in python3 python3.13 python3.12 python3.11; do
        is_new_enough "$candidate" || continue
        PYTHON=$candidate
        if can_make_venv "$candidate"; then return; fi
        found=${found:-$candidate}
    done
    if [[ -z $found ]]; then
        stop "Python 3.11 or newer is needed. Type: $(line_to_type python3 python3-venv)"
    fi
    PYTHON=$found
    package=$found-venv
    if ! apt_install "$package" || ! can_make_venv "$PYTHON"; then
        stop "$PYTHON cannot make a virtual environment yet. Type: $(line_to_type "$package")"
    fi
}

# An environment that came along with a moved tree, or whose Python has gone, is made again.
venv_is_sound() {
    [[ ! -f $VENV/.made-for || $(<"$VENV/.made-for") == "$ROOT" ]] &&
        "$VENV_PYTHON" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
    find_python
    say "Making a virtual environment in .venv with $("$PYTHON" --version)."
    "$PYTHON" -m venv --clear -- "$VENV"
}

pip_install() {
    if ! (cd -- "$ROOT" && "$VENV_PYTHON" -m pip --no-input --disable-pip-version-check install "$@") \
        >>"$LOG" 2>&1; then
        tail -n 20 -- "$LOG" >&2
        stop "pip could not install what the playground needs. The whole story is in $LOG"
    fi
}

python_is_done() {
    local group
    [[ -x $VENV_PYTHON ]] || return 1
    KEY=$(current_key)
    for group in project "$@"; do
        is_done "$group" || return 1
    done
}

set_up_python() {
    local group wanted=()
    if python_is_done "$@"; then return; fi
    lock
    if python_is_done "$@"; then # while we waited
        unlock
        return
    fi
    if ! venv_is_sound; then make_venv; fi
    printf '%s\n' "$ROOT" >"$VENV/.made-for"
    KEY=$(current_key)
    for group in "$@"; do wanted+=(--group "$group"); done
    say "Installing the playground and its libraries into .venv. The first time takes a minute or more."
    : >"$LOG"
    pip_install --upgrade 'pip>=25.1' # the first that knows dependency groups
    pip_install --editable . "${wanted[@]}"
    for group in project "$@"; do mark_done "$group"; done
    unlock
}

# Two scripts started together take turns; the lock goes with the process.
lock() {
    exec 9<"$ROOT"
    if command -v flock >/dev/null; then flock 9; fi
}

unlock() { exec 9<&-; }

# --- Qt ---------------------------------------------------------------------------------------

# Returns 1, having said what to type, where libraries are missing and cannot be installed.
set_up_qt() {
    is_done "qt-$1" && return
    local missing problem
    mapfile -t missing < <(missing_packages "$1")
    if ((${#missing[@]} > 0)); then
        apt_install "${missing[@]}" || true
        mapfile -t missing < <(missing_packages "$1")
    fi
    if ((${#missing[@]} > 0)); then
        say "Qt lacks libraries of the system. Type: $(line_to_type "${missing[@]}")"
        return 1
    fi
    # The list may age; Qt itself has the last word.
    if ! problem=$("$VENV_PYTHON" -c 'import PySide6.QtSvg, PySide6.QtWidgets' 2>&1); then
        say "Qt cannot be loaded: ${problem##*$'\n'}"
        return 1
    fi
    mark_done "qt-$1"
}
