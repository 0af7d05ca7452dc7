#!/bin/sh
# Make .venv with the locked dependencies, and see that LibreOffice, fonts and poppler are there (Debian and Ubuntu).
set -eu
cd "$(dirname "$0")/.."
PYTHON="${PYTHON:-python3}"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 1; fi
}

packages=""
if soffice="$(command -v soffice)"; then
    parts="$(dirname "$(readlink -f "$soffice")")" # of another LibreOffice than the distribution's, all are there
    [ -e "$parts/libsclo.so" ] || packages="$packages libreoffice-calc-nogui"
    [ -e "$parts/libsdlo.so" ] || packages="$packages libreoffice-impress-nogui"
else
    packages="$packages libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
fi
/usr/bin/python3 -c 'import uno' 2>/dev/null || packages="$packages python3-uno" # docgen drives LibreOffice with it
ls /usr/lib/*/libtcmalloc_minimal.so.4 >/dev/null 2>&1 ||
    packages="$packages libtcmalloc-minimal4" # LibreOffice takes a tenth less time with it
command -v pdftoppm >/dev/null || packages="$packages poppler-utils"
command -v strace >/dev/null || packages="$packages strace" # the tests watch what a build asks of the disk
command -v fc-list >/dev/null || packages="$packages fontconfig"
if ! fc-list 2>/dev/null | grep -qi carlito; then
    packages="$packages fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation"
fi
"$PYTHON" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv"
if [ -n "$packages" ]; then
    if command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086 # the names are meant to be words
        as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
            echo "Could not install:$packages. Install them yourself; without LibreOffice no PDF is made." >&2
    else
        echo "Please install:$packages" >&2
    fi
fi

uv="$(command -v uv || true)"
if [ -z "$uv" ]; then
    # A folder of its own: `uv sync` takes out of .venv whatever the lock does not name, itself too.
    [ -x .tools/bin/uv ] || { "$PYTHON" -m venv .tools && .tools/bin/pip install --quiet uv; }
    uv=.tools/bin/uv
fi
# Locked: what is tested is what is installed.
"$uv" sync --frozen --quiet --python "$PYTHON"
