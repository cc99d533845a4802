#!/bin/sh
# Starts netviz, installing first what is missing. Words after the command go to netviz: run.sh train xor
set -eu
. "$(dirname "$0")/setup.sh"
set_up run >&2
exec "$bin/netviz" "$@"
