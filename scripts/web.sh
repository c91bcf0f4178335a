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
# Panics name the file they come from: let no path of this machine into what is shipped. Cargo adds these flags to
# those of .cargo/config.toml; it splits them at spaces.
crates=${CARGO_HOME:-$HOME/.cargo}/registry/src
if [[ $crates != *" "* ]]; then
  flags="--remap-path-prefix=$crates=crates"
  for folder in "$crates"/*/; do flags+=" --remap-path-prefix=${folder%/}=crates"; done
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
fi
exec "$@"
