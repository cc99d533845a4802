#!/bin/sh
# Builds dist/netviz, the program for people without Python, and packs it; then tries it. On Linux, build on the
# oldest system it shall run on: the result needs that system's glibc or a newer one.
set -eu
venv=$(cd "$(dirname "$0")/.." && pwd)/build/venv
. "$(dirname "$0")/setup.sh"
for tool in objdump strip xz Xvfb; do
    has $tool || fail "needs $tool: on Debian, apt-get install binutils libpython3-dev xvfb xz-utils"
done
set_up build >&2
cd "$root"
"$bin/pyinstaller" --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller packaging/netviz.spec
cd dist/netviz/_internal
strip --strip-unneeded libpython* python*/lib-dynload/*.so
cd "$root"
cp -r packaging/linux dist/netviz/desktop
cp resources/icons/netviz.svg dist/netviz/desktop
tar -C dist -cJf dist/netviz.tar.xz netviz
"$bin/python" packaging/smoke.py dist/netviz
