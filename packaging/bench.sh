#!/bin/sh
# Prints every speed with its goal, installing first what is missing: bench.sh [NAME ...]
set -eu
. "$(dirname "$0")/setup.sh"
set_up test >&2
cd "$root"
exec "$bin/python" -m tests.benchmarks "$@"
