# shellcheck shell=sh
# Read by run.sh, test.sh and build.sh: makes .venv, or the $venv of who reads this, and installs what is missing,
# the system's libraries included.
# Tried on Debian 12 and 13; the package names for Fedora, Arch and openSUSE are unrun.

root=$(unset CDPATH && cd "$(dirname "$0")/.." && pwd)
venv=${venv:-$root/.venv}
bin=$venv/bin

apt="python3-venv libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxcb-cursor0 \
libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1"
dnf="python3 libglvnd-glx libglvnd-egl glib2 fontconfig dbus-libs libxkbcommon xcb-util-cursor xcb-util-wm \
xcb-util-keysyms libxkbcommon-x11 libwayland-cursor libwayland-egl"
pacman="python libglvnd glib2 fontconfig dbus libxkbcommon libxkbcommon-x11 xcb-util-cursor xcb-util-wm \
xcb-util-keysyms wayland"
zypper="python3 libGL1 libEGL1 libglib-2_0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxcb-cursor0 \
libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1"

fail() {
    echo "netviz: $1" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# set_up run|test|build: returns at once where the last set-up had the same pins, project and place.
set_up() {
    pins=$root/packaging/requirements/$1.txt
    stamp=$venv/$1.stamp
    now="$(cat "$root/pyproject.toml" "$pins" | cksum) $root"
    if [ -x "$bin/netviz" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
        return
    fi
    echo "netviz: setting up; the first time fetches about 100 MB"
    "$bin/pip" --version >/dev/null 2>&1 || make_venv
    export PIP_DISABLE_PIP_VERSION_CHECK=1
    [ -t 1 ] || export PIP_QUIET=1
    # The pins name everything. Left to look for dependencies, pip asks for the newest of one with an extra.
    "$bin/pip" install --require-hashes --no-deps -r "$pins"
    "$bin/pip" install --no-deps --no-build-isolation -e "$root"
    [ -z "$(missing_libraries)" ] || install_packages
    [ -z "$(missing_libraries)" ] || fail "Qt still lacks: $(missing_libraries)"
    echo "$now" >"$stamp"
}

make_venv() {
    if ! find_python && has uv; then
        uv venv --clear --seed --python 3.13 "$venv"
        return
    fi
    find_python || install_packages
    find_python || fail "needs Python 3.11 or newer; $(python3 --version) is here"
    "$python" -m venv --clear "$venv"
}

# Sets $python to one that is new enough and can make a virtual environment with pip in it.
find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return
        fi
    done
    return 1
}

# The libraries that the parts of Qt used here want and this machine does not have.
missing_libraries() {
    has ldd || return 0
    for part in QtWidgets.abi3.so QtOpenGLWidgets.abi3.so Qt/plugins/platforms/libqoffscreen.so \
        Qt/plugins/platforms/libqxcb.so Qt/plugins/platforms/libqwayland.so; do
        ldd "$venv"/lib/python3*/site-packages/PySide6/$part
    done | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u | tr '\n' ' '
}

install_packages() {
    if has apt-get; then
        as_root "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $apt"
    elif has dnf; then
        as_root "dnf install -y $dnf"
    elif has pacman; then
        as_root "pacman -S --needed --noconfirm $pacman"
    elif has zypper; then
        as_root "zypper --non-interactive install $zypper"
    else
        fail "needs Python 3.11 or newer with venv, and Qt's system libraries: $(missing_libraries)"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        sh -c "$1"
    elif has sudo; then
        echo "netviz: sudo sh -c '$1'"
        sudo sh -c "$1" || fail "run this as root, then start again: $1"
    else
        fail "run this as root, then start again: $1"
    fi
}
