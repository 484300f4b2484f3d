#!/bin/sh
# Prints the path of a Chromium that can be run without a screen, for the browser tests and the screenshots. Where there
# is none, Debian's is installed, if that needs no password; else one sentence says what to do, and the status is 1.
set -eu

found() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

found && exit 0

as_root=""
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    fi
fi
if [ -n "$as_root" ]; then
    echo "installing Debian's chromium, once" >&2
    install="apt-get install -y -q --no-install-recommends chromium"
    # The lists of packages may be old; they are fetched anew only if need be.
    { $as_root DEBIAN_FRONTEND=noninteractive $install || {
        $as_root apt-get update -q && $as_root DEBIAN_FRONTEND=noninteractive $install
    }; } >&2 || true
    found && exit 0
fi

echo "no Chromium was found; install one (apt-get install chromium), or name it: CHROMIUM=/path/to/chromium" >&2
exit 1
