#!/usr/bin/env bash
# Checks everything that is quick to check. Usage: packaging/test.sh [PYTEST ARGUMENTS]
#
# Ends on pytest's summary line; exits non-zero if anything failed.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up_python dev
set_up_qt offscreen || exit 1
export QT_QPA_PLATFORM=offscreen
cd -- "$ROOT"

status=0
check() {
    "$@" || status=1
}

check "$VENV_PYTHON" -m ruff check
check "$VENV_PYTHON" -m ruff format --check
check "$VENV_PYTHON" -m mypy
check "$VENV_PYTHON" -m pytest "$@"
exit "$status"
