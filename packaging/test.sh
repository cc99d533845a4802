#!/bin/sh
# Checks all of netviz, installing first what is missing. Words after the command go to pytest: test.sh -k xor
set -eu
. "$(dirname "$0")/setup.sh"
set_up test >&2
cd "$root"
"$bin/ruff" check netviz tests packaging
"$bin/ruff" format --check netviz tests packaging
"$bin/mypy"
"$bin/lint-imports"
[ $# -gt 0 ] || set -- --cov # core and session are held at every branch; pyproject.toml says so
QT_QPA_PLATFORM=offscreen exec "$bin/pytest" "$@"
