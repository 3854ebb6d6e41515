#!/bin/sh
# Installs what the planner needs, and is quick when nothing is missing.
#   ./setup.sh run    to serve it        ./setup.sh test   to test it too
# It may use apt (as root or through sudo) or brew; where it may not, it says the exact line to type.
set -eu
cd "$(dirname "$0")"
purpose=${1:-run}

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Install Debian packages, or stop with the line to type.
apt_install() {
    line="apt-get install -y --no-install-recommends $*"
    if [ "$(id -u)" = 0 ]; then as=""
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as="sudo"
    else stop "Please type this once, then start again:  sudo apt-get update && sudo $line"
    fi
    say "Installing: $*"
    $as apt-get update -q >/dev/null || true
    # shellcheck disable=SC2086  # $line is a list of words
    DEBIAN_FRONTEND=noninteractive $as $line >/dev/null ||
        stop "That did not work. Please type this once, then start again:  sudo $line"
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
        if have "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

make_venv() {
    [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null && return
    python=$(find_python)
    if [ -z "$python" ] && have apt-get; then
        apt_install python3 python3-venv
        python=$(find_python)
    fi
    [ -n "$python" ] || stop "Python 3.11 or newer is needed. Install it, then start again (brew install python, or see python.org)."
    if ! "$python" -c 'import ensurepip' 2>/dev/null && have apt-get; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv"
    fi
    rm -rf .venv
    "$python" -m venv .venv
}

# The lock names every package with its hashes; it is installed again only when it changed.
install_lock() {
    lock=requirements.lock
    [ "$purpose" = test ] && lock=requirements-dev.lock
    sum=$(cat requirements.lock requirements-dev.lock | cksum | tr -d ' ')
    done=.venv/.installed-$purpose-$sum
    if [ -e "$done" ] || [ -e ".venv/.installed-test-$sum" ]; then return; fi
    say "Installing Python packages (once, about a minute) …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    touch "$done"
}

# WeasyPrint draws with Pango, which pip does not bring.
install_pango() {
    .venv/bin/python -c 'import weasyprint' 2>/dev/null && return
    if have apt-get; then apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    elif have brew; then brew install pango
    else stop "Pango is needed to make PDFs. Install it (on macOS: brew install pango), then start again."
    fi
    .venv/bin/python -c 'import weasyprint' || stop "Pango is there, but WeasyPrint cannot load it (see the lines above)."
}

find_chromium() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if [ -n "$name" ] && have "$name"; then return 0; fi
    done
    return 1
}

install_chromium() {
    find_chromium && return
    if grep -q '^ID=debian' /etc/os-release 2>/dev/null; then apt_install chromium
    elif [ "$(uname)" = Darwin ]; then stop "The browser tests need Chrome or Chromium: brew install --cask chromium"
    else stop "The browser tests need Chrome or Chromium. Install one, or name it: make test CHROMIUM=/path/to/chrome"
    fi
}

make_venv
install_lock
install_pango
[ "$purpose" = test ] && install_chromium
exit 0
