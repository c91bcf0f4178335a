#!/usr/bin/env bash
# Makes a wasm module of a cdylib, as Trunk makes those of the page: bound to JavaScript, then optimised.
#   scripts/web.sh scripts/bindgen.sh LIBRARY.wasm FOLDER NAME web|nodejs
set -euo pipefail
library=$1 folder=$2 name=$3 kind=$4
# Nothing to do where the module is newer than the library and this script.
if [ "$folder/${name}_bg.wasm" -nt "$library" ] && [ "$folder/${name}_bg.wasm" -nt "$0" ]; then exit; fi
rm -rf "$folder"
wasm-bindgen --target "$kind" --out-dir "$folder" --out-name "$name" "$library"
# Written last, and only if it is whole.
wasm-opt -O3 "$folder/${name}_bg.wasm" -o "$folder/optimised"
mv "$folder/optimised" "$folder/${name}_bg.wasm"
