#!/usr/bin/env bash
# Builds the npm module into target/npm: node/ for Node, web/ for browsers.
set -euo pipefail
cd "$(dirname "$0")/.."
out=target/npm
scripts/web.sh cargo build --quiet --example npm --release --locked --features web --target wasm32-unknown-unknown
for kind in nodejs web; do
  scripts/web.sh scripts/bindgen.sh target/wasm32-unknown-unknown/release/examples/npm.wasm "$out/${kind%js}" isoflop "$kind"
done
cat >"$out/package.json" <<'JSON'
{
  "name": "isoflop",
  "main": "node/isoflop.js",
  "types": "node/isoflop.d.ts",
  "exports": {
    "node": { "types": "./node/isoflop.d.ts", "default": "./node/isoflop.js" },
    "default": { "types": "./web/isoflop.d.ts", "default": "./web/isoflop.js" }
  }
}
JSON
echo '{ "type": "module" }' >"$out/web/package.json"
touch "$out/built"
