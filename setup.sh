#!/bin/sh
# Installs what the planner needs, and is quick when nothing is missing.
#   ./setup.sh run    to serve it        ./setup.sh test   to test it too
# It may use apt (as root or through sudo) or brew; where it may not, it says the exact line to type.
set -eu
cd "$(dirname "$0")"
purpose=${1:-run}
# Homebrew's libraries, for a Python that is not Homebrew's. It is set where Python starts, because macOS
# takes the variable away from whatever starts through /bin/sh or env. Other systems do not look at it.
brew_libraries=/opt/homebrew/lib:/usr/local/lib
pango="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

is_debian() { grep -q '^ID=debian' /etc/os-release 2>/dev/null; }

# Install Debian packages, or stop with the line to type. What else may be missing comes along, so that there
# is one line to type and not one after the other.
apt_install() {
    packages="$* $pango"
    if [ "$purpose" = test ]; then
        packages="$packages libatomic1 poppler-utils"
        if is_debian && ! find_chromium; then packages="$packages chromium chromium-headless-shell"; fi
    fi
    line="apt-get install -y --no-install-recommends $packages"
    if [ "$(id -u)" = 0 ]; then as=""
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as="sudo"
    else stop "Please type this once, then start again:  sudo apt-get update && sudo $line"
    fi
    say "Installing: $packages"
    $as apt-get update -q >/dev/null || true
    # sudo would drop the variable if it stood before it. $line is a list of words.
    # shellcheck disable=SC2086
    $as env DEBIAN_FRONTEND=noninteractive $line >/dev/null ||
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

# A folder that was moved needs a new .venv: the old one's programs begin with the old path.
has_venv() {
    grep -qF "$(pwd -P)/.venv" .venv/pyvenv.cfg 2>/dev/null && .venv/bin/python -c 'import pip' 2>/dev/null
}

make_venv() {
    if has_venv; then return; fi
    python=$(find_python)
    if [ -z "$python" ] && ! have python3 && have apt-get; then
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
    if [ "$purpose" = test ]; then lock=requirements-dev.lock; fi
    sum=$(cat requirements.lock requirements-dev.lock | cksum | tr -d ' ')
    stamp=.venv/.installed-$purpose-$sum
    if [ -e "$stamp" ] || [ -e ".venv/.installed-test-$sum" ]; then return; fi
    say "Installing Python packages (once, about a minute) …"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
    touch "$stamp"
}

can_draw() { DYLD_FALLBACK_LIBRARY_PATH=$brew_libraries .venv/bin/python -c 'import weasyprint'; }

# WeasyPrint draws with Pango, which pip does not bring.
install_pango() {
    if can_draw >/dev/null 2>&1; then return; fi
    if have apt-get; then apt_install
    elif have brew; then brew install pango
    else stop "Pango is needed to make PDFs. Install it (on macOS: brew install pango), then start again."
    fi
    can_draw || stop "Pango is there, but WeasyPrint cannot load it (see the lines above)."
}

find_chromium() {
    for name in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if [ -n "$name" ] && have "$name"; then return 0; fi
    done
    return 1
}

may_install() { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }

# Debian's headless shell is Chromium without its windows: pages come with half the work. A Chromium that is there
# already is good enough where the shell would have to be asked for, or does not come.
install_chromium() {
    if is_debian && ! have chromium-headless-shell && may_install; then
        (apt_install chromium chromium-headless-shell) || find_chromium
    fi
    if find_chromium; then return; fi
    if is_debian; then apt_install
    elif [ "$(uname)" = Darwin ]; then stop "The browser tests need Chrome or Chromium: brew install --cask chromium"
    else stop "The browser tests need Chrome or Chromium. Install one, or name it: make test CHROMIUM=/path/to/chrome"
    fi
}

# Playwright, which drives the browser, brings a program that needs libatomic; small systems do not have it.
install_driver() {
    if .venv/bin/python -m playwright --version >/dev/null 2>&1; then return; fi
    if have apt-get; then apt_install; fi
    .venv/bin/python -m playwright --version >/dev/null || stop "Playwright does not start (see the lines above)."
}

# A second viewer, to look at forms with: what Evince and Okular draw with.
install_poppler() {
    if have pdftoppm && have pdftotext; then return; fi
    if have apt-get; then apt_install
    elif have brew; then brew install poppler
    else stop "The tests of forms need poppler's programs (pdftoppm, pdftotext). Install poppler, then start again."
    fi
}

make_venv
install_lock
install_pango
if [ "$purpose" = test ]; then
    install_chromium
    install_driver
    install_poppler
fi
