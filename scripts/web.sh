#!/usr/bin/env bash
# Runs a command with the pinned web tools first in PATH, and the toolchain that has the wasm32 target.
#   scripts/web.sh trunk build --release
set -euo pipefail
. "$(dirname "$0")/env.sh"
root=$(cd "$(dirname "$0")/.." && pwd)
export PATH="$cache/trunk-$trunk_version/bin:$cache/wasm-bindgen-cli-$bindgen_version/bin:$root/node_modules/.bin:$PATH"
toolchain=$("$root/scripts/wasm-target.sh")
if [ -n "$toolchain" ]; then
  # Kept for the native program that the build hook runs (scripts/post-build.mjs).
  export ISOFLOP_NATIVE_TOOLCHAIN=${RUSTUP_TOOLCHAIN:-} RUSTUP_TOOLCHAIN=$toolchain
fi
exec "$@"
