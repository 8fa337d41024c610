# Shared by ./run and ./test: what the system must have, the virtual environment, and words for every failure.
# Source it from the checkout's root. Everything is idempotent; a second call finds its stamp and does nothing.

SYSTEM_PYTHON=${WORKSTATION_PYTHON:-/usr/bin/python3}
VENV=.venv

say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
die() {
    printf '\n\033[1;31m✗ %s\033[0m\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# Debian's package, and what is missing without it.
RUN_PACKAGES="python3 python3-venv python3-qgis libsqlite3-mod-spatialite fonts-noto-cjk libegl1 libgl1 libxkbcommon0
 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
TEST_PACKAGES="postgresql postgresql-client postgresql-15-postgis-3 postgresql-15-postgis-3-scripts postgresql-plpython3-15
 python3-cryptography"

missing_packages() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
    done
}

# install_system PACKAGE...: with apt where there is apt, as root or through sudo; otherwise say what to install.
install_system() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        # Not Debian: what is needed is checked by use, and named when it is not there.
        "$SYSTEM_PYTHON" -c 'import qgis' 2>/dev/null || [ -n "${WORKSTATION_QGIS_PYTHON:-}" ] || die \
            "QGIS's Python (the module 'qgis') was not found, and this is not Debian, so it cannot be installed from here." \
            "Install, with your system's package manager:" \
            "  - QGIS 3.22 or newer with its Python bindings  (then WORKSTATION_QGIS_PYTHON=/path/to/python if it is another Python)" \
            "  - SpatiaLite's loadable module (mod_spatialite), Python 3.11+ with venv, Noto Sans CJK" \
            "  - EGL, GL, xkbcommon, D-Bus, fontconfig and the xcb-util libraries (xcb-cursor, icccm, image, keysyms, render-util)" \
            "and start again."
        return
    fi
    local needed sudo=""
    needed=$(missing_packages "$@")
    [ -z "$needed" ] && return
    say "Installing from Debian: $needed"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || die "These system packages are missing and there is no sudo to install them with:" \
            "$needed" "" "Ask an administrator to run:" "  apt-get update && apt-get install --no-install-recommends $needed"
        sudo="sudo"
    fi
    command -v apt-get >/dev/null 2>&1 || die "These packages are missing and there is no apt-get:" "$needed" \
        "Install them with what this system has, and start again."
    local log
    log=$(mktemp)
    if ! { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $needed; } 2>&1 \
            | tee "$log" | sed -u -n 's/^\(Get:[0-9]*\|Setting up\|Fetched\|Unpacking\) .*/  &/p' | cut -c1-100 >&2 \
            || [ -n "$(missing_packages "$@")" ]; then
        tail -n 15 "$log" >&2
        die "apt could not install what is needed (its last words are above)." "Install it by hand and start again:" \
            "  ${sudo:+sudo }apt-get update && ${sudo:+sudo }apt-get install --no-install-recommends $needed" \
            "The whole of apt's answer: $log"
    fi
    rm -f "$log"
}

# install_venv EXTRA STAMP: the virtual environment from the system's Python (its sqlite3 loads extensions), pinned packages.
install_venv() {
    local extra=$1 stamp=$VENV/.ready-$2 wanted
    wanted=$(cat constraints.txt setup.cfg pyproject.toml | sha256sum | cut -d' ' -f1)
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x $VENV/bin/python ] && return
    "$SYSTEM_PYTHON" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' || die \
        "$SYSTEM_PYTHON is not Python 3.11 or newer." "Set WORKSTATION_PYTHON to one that is, and start again."
    "$SYSTEM_PYTHON" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null || die \
        "$SYSTEM_PYTHON cannot load SQLite extensions, which SpatiaLite needs." \
        "Use the system's own Python: WORKSTATION_PYTHON=/usr/bin/python3 ./run"
    if ! [ -x $VENV/bin/python ] || ! $VENV/bin/python -c 'import pip' 2>/dev/null; then
        say "Making the virtual environment $VENV"
        rm -rf $VENV
        "$SYSTEM_PYTHON" -m venv $VENV || die "The virtual environment could not be made." \
            "On Debian: apt-get install python3-venv; also see that this folder can be written and the disk is not full."
    fi
    say "Installing pinned Python packages (about 250 MB, once)"
    $VENV/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".${extra}" 2> >(grep -v '^WARNING: Location' >&2) || die \
        "pip could not install the packages (its last words are above)." \
        "See that this machine reaches a Python package index (pip config list), that the disk is not full, and start again."
    printf '%s\n' "$wanted" > "$stamp"
}
