#!/usr/bin/env bash
# Opens the playground, setting up first what is missing. Usage: packaging/run.sh [SCENARIO]
#
# Without a display the scenario is played in the terminal, and a picture of the window is left in
# the current folder.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

DEFAULT_SCENARIO=04-three-side-by-side
PICTURE_AT=12s

# shellcheck disable=SC2119 # no group of libraries beyond the project's own
set_up_python

# Says why no window can be opened here; returns 0 where one can.
can_open_window() {
    "$VENV_PYTHON" -c '
import sys
from playground.ui.guard import refuse_no_display
sys.exit(refuse_no_display())'
}

open_window() {
    # With Wayland a window may still open without the libraries of X.
    set_up_qt window || [[ -n ${WAYLAND_DISPLAY:-} ]] || exit 1
    exec "$VENV_PYTHON" -m playground "$@"
}

play_in_terminal() {
    local scenario=$DEFAULT_SCENARIO seed=() name picture status=0 i
    if (($# > 0)) && [[ $1 != -* ]]; then
        scenario=$1
        shift
    fi
    for ((i = 1; i <= $#; i++)); do # the picture shows the same storm as the run
        case ${!i} in
            --seed) seed=("${@:i:2}") ;;
            --seed=*) seed=("${!i}") ;;
        esac
    done
    "$VENV_PYTHON" -m playground run "$scenario" "$@" || status=$?
    if ((status == 2)); then exit 2; fi # the scenario could not be read: nothing to draw

    name=${scenario##*/}
    picture=${name%.y*ml}.png
    if set_up_qt offscreen && QT_QPA_PLATFORM=offscreen "$VENV_PYTHON" -m playground \
        snapshot "$scenario" "${seed[@]}" --at "$PICTURE_AT" --out "$picture"; then
        say "The window as it looks at $PICTURE_AT is in $PWD/$picture"
    else
        say "The picture of the window could not be drawn."
    fi
    exit "$status"
}

if can_open_window; then
    open_window "$@"
else
    say "The scenario is played here in the terminal instead."
    play_in_terminal "$@"
fi
