#!/bin/sh
# Puts netviz into the menu and behind a double click on .netviz files and netviz: links, for whoever runs it:
#   install.sh [--prefix FOLDER] [PROGRAM]
# FOLDER is ~/.local, or /usr/local for everyone. PROGRAM is the netviz beside this folder, unless it is named.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
fail() { echo "install.sh: $1" >&2; exit 1; }

data=${XDG_DATA_HOME:-$HOME/.local/share}
if [ "${1-}" = --prefix ]; then
    [ -n "${2-}" ] || fail "--prefix: expected a folder"
    data=$2/share
    shift 2
fi
program=${1-}
for beside in "$here/../netviz" "$here/../../.venv/bin/netviz"; do  # the frozen program, or a checkout
    if [ -z "$program" ] && [ -f "$beside" ]; then program=$(cd "$(dirname "$beside")" && pwd)/netviz; fi
done
[ -x "$program" ] || fail "found no netviz: name it, as in install.sh /opt/netviz/netviz"
case $program in
    *[\"\`\$\\%\|\&]*) fail "a path with one of \" \` \$ \\ % | & cannot stand in a menu entry: $program" ;;
esac

icon=$here/netviz.svg
[ -f "$icon" ] || icon=$here/../../resources/icons/netviz.svg
umask 022
mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor/scalable/apps" "$data/metainfo"
sed "s|^Exec=netviz|Exec=\"$program\"|" "$here/netviz.desktop" >"$data/applications/netviz.desktop"
cp "$here/netviz.xml" "$data/mime/packages/netviz.xml"
cp "$icon" "$data/icons/hicolor/scalable/apps/netviz.svg"
cp "$here/netviz.metainfo.xml" "$data/metainfo/netviz.metainfo.xml"
# Desktops read these indexes; where the tools are missing, they come with the next program that is installed.
! command -v update-mime-database >/dev/null || update-mime-database "$data/mime"
! command -v update-desktop-database >/dev/null || update-desktop-database -q "$data/applications"
echo "install.sh: netviz is in the menu, and .netviz files open with it"
