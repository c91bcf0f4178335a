#!/usr/bin/env bash
# Builds the module of examples/kernels.rs into target/kernels, for tests/bit_identical and scripts/bench.mjs.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/web.sh cargo build --quiet --example kernels --release --locked --features web --target wasm32-unknown-unknown
scripts/web.sh scripts/bindgen.sh target/wasm32-unknown-unknown/release/examples/kernels.wasm target/kernels isoflop_kernels web
touch target/kernels-built
