#!/usr/bin/env bash
# Runs under Node those files of tests/ that use wasm_bindgen_test.
set -euo pipefail
cd "$(dirname "$0")/.."
tests=()
for file in tests/*.rs; do
  if grep -q wasm_bindgen_test "$file"; then tests+=(--test "$(basename "$file" .rs)"); fi
done
if [ ${#tests[@]} -eq 0 ]; then
  echo "wasm tests: none yet"
  exit
fi
exec scripts/web.sh cargo test --locked --target wasm32-unknown-unknown "${tests[@]}"
