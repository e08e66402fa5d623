#!/usr/bin/env bash
# Measures speed, the same model in SimPy beside it. Usage: packaging/bench.sh [PYTEST ARGUMENTS]
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up_python dev
set_up_qt offscreen || exit 1
cd -- "$ROOT"
QT_QPA_PLATFORM=offscreen exec "$VENV_PYTHON" -m pytest -m bench -s tests/bench "$@"
