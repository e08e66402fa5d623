#!/usr/bin/env bash
# Runs the tests that take minutes. Usage: packaging/long.sh [PYTEST ARGUMENTS]
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up_python dev
set_up_qt offscreen || exit 1
cd -- "$ROOT"
QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=long exec "$VENV_PYTHON" -m pytest -m long "$@"
