#!/usr/bin/env bash
# Prints the Python that has the packages of a lock file, made here when it is missing; or nothing, after a word, where
# there is no Python 3.11 or later: an error where CI=true.
#   scripts/python.sh [scripts/requirements.txt]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
packages=${1:-scripts/requirements.txt}

say() { echo "set-up: $*" >&2; }

newest() {
  local name
  for name in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

python=$(newest)
if [ -z "$python" ]; then
  say "no Python 3.11 or later with venv: what needs $packages is left out"
  if [ "${CI:-}" = true ]; then exit 1; fi
  exit 0
fi
# A folder for each lock file and Python, so that neither changes under it.
lock=$("$python" -c 'import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read() + sys.version.encode()).hexdigest()[:16])' "$packages")
venv=$cache/python-$lock
if [ ! -e "$venv/complete" ]; then
  say "installing the packages of $packages (about 20 seconds)"
  rm -rf "$venv"
  "$python" -m venv "$venv" >&2
  "$venv/bin/pip" --disable-pip-version-check --quiet install --require-hashes --only-binary :all: \
      -r "$packages" >&2 || {
    say "the packages could not be installed; if the lines above say that they could not be downloaded, run this again where pypi.org can be reached"
    exit 1
  }
  touch "$venv/complete"
fi
echo "$venv/bin/python"
