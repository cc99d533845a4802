#!/bin/sh
# Pins what pyproject.toml asks for, with hashes, into packaging/requirements. Needs uv; run it after every
# change of a dependency. Words after the command go to uv: `packaging/pin.sh --upgrade`.
set -eu
cd "$(dirname "$0")/.."

pin() { # pin NAME OPTION...: packaging/requirements/NAME.txt
    file=packaging/requirements/$1.txt
    shift
    uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet --output-file "$file" "$@"
}

pin run --group install "$@"
pin test --group test --extra export --extra video --constraints packaging/requirements/run.txt "$@"
pin build --group install --group build --extra export --constraints packaging/requirements/run.txt "$@"
