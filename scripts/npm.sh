#!/usr/bin/env bash
# Builds the npm package into target/npm: the program of examples/npm.rs, the scripts of npm/, and the types of the contract.
set -euo pipefail
cd "$(dirname "$0")/.."
out=target/npm
scripts/web.sh cargo build --quiet --example npm --release --locked --features web --target wasm32-unknown-unknown
scripts/web.sh scripts/bindgen.sh target/wasm32-unknown-unknown/release/examples/npm.wasm "$out" isoflop web
cp -r npm/. "$out"
# What wasm-bindgen says of types, for its own names.
rm -f "$out"/isoflop.d.ts "$out"/isoflop_bg.wasm.d.ts "$out"/.gitignore
cp LICENSE-* "$out"
node scripts/npm-types.mjs >"$out/contract.d.ts"
touch target/npm-built
