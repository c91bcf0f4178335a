#!/usr/bin/env bash
# Installs what building and testing need and is not there yet, pinned, into a cache folder.
#   scripts/setup.sh [nothing|check|build|test]    test, the default, is everything; nothing only looks for Rust and Node
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

say() { echo "set-up: $*" >&2; }
fail() { say "$@"; exit 1; }

one_at_a_time() {
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  command -v flock >/dev/null || return 0
  flock -n 9 || { say "another set-up is at work on $cache; waiting for it"; flock 9; }
}

prerequisites() {
  command -v cargo >/dev/null || fail "Rust is missing: install it as https://rustup.rs says, then run this again"
  command -v npm >/dev/null || fail "Node is missing: install Node 20 or later (https://nodejs.org), then run this again"
  local node
  node=$(node --version)
  [ "$(echo "${node#v}" | cut -d. -f1)" -ge 20 ] || fail "Node 20 or later is needed; this is $node"
}

wasm_target() { scripts/wasm-target.sh >/dev/null; }

# rust_tool NAME VERSION TIME FLAGS...: each version in a folder of its own, so a new pin never meets an
# old program. Built without optimisation: fast enough, and built in a third of the time.
rust_tool() {
  local name=$1 version=$2 time=$3 root=$cache/$1-$2
  shift 3
  [ -x "$root/bin/${name%-cli}" ] && return
  say "building $name $version (about $time)"
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=$cache/build \
    cargo install "$name" --version "$version" --debug --root "$root" "$@" >&2 ||
    fail "$name could not be installed; if the lines above say that it could not be downloaded, run this again where crates.io can be reached"
  rm -rf "$cache/build"
}

rust_tools() {
  rust_tool wasm-bindgen-cli "$bindgen_version" "1 minute" --no-default-features
  # It asks for a newer Rust than it needs, and does not compile without a TLS library, though none is used.
  rust_tool trunk "$trunk_version" "3 to 4 minutes" --locked --no-default-features --features rustls --ignore-rust-version
}

npm_packages() {
  cmp -s package-lock.json node_modules/.installed-lock.json && return
  say "installing the npm packages of package-lock.json (about 30 seconds, 400 MB)"
  npm ci --ignore-scripts --no-audit --no-fund >&2 ||
    fail "npm packages could not be installed; if the lines above say that they could not be downloaded, run this again where the npm registry can be reached"
  cp package-lock.json node_modules/.installed-lock.json
}

# Trunk builds offline, and needs crates that native tests do not.
crates() {
  cargo fetch --locked --offline --quiet 2>/dev/null && return
  say "downloading the crates of Cargo.lock (about 20 seconds)"
  cargo fetch --locked >&2 ||
    fail "crates could not be fetched; if the lines above say that they could not be downloaded, run this again where crates.io can be reached"
}

chromium() {
  [ -n "$(browser)" ] && return
  [ -z "${CHROME:-}" ] || fail "CHROME=$CHROME is no program"
  local hint="install Chromium or Chrome (on Debian: 'apt-get install chromium'), or say where it is with CHROME=/path/to/it"
  if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then
    say "installing Chromium with apt-get (about 40 seconds, 400 MB)"
    { apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver; } >&2 ||
      fail "Chromium could not be installed from Debian's mirror: try again when it can be reached, or $hint"
  else
    fail "the browser tests need Chromium: $hint"
  fi
}

# For the tests of shaders: a driver in software will do. A Mac has Metal.
vulkan() {
  [ "$(uname)" = Linux ] || return 0
  [ -z "${VK_ICD_FILENAMES:-}${VK_DRIVER_FILES:-}" ] || return 0
  compgen -G '/usr/share/vulkan/icd.d/*.json' >/dev/null && return
  compgen -G '/etc/vulkan/icd.d/*.json' >/dev/null && return
  local hint="install a Vulkan driver (on Debian: 'apt-get install mesa-vulkan-drivers libvulkan1')"
  if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then
    say "installing a Vulkan driver in software with apt-get (about 20 seconds, 150 MB)"
    { apt-get update && apt-get install -y --no-install-recommends mesa-vulkan-drivers libvulkan1; } >&2 ||
      fail "the driver could not be installed from Debian's mirror: try again when it can be reached, or $hint"
  else
    fail "the tests of shaders need Vulkan: $hint"
  fi
}

prerequisites
[ "${1:-test}" != nothing ] || exit 0
one_at_a_time
wasm_target
npm_packages
crates
case ${1:-test} in
  check) ;;
  build) rust_tools ;;
  test) chromium; vulkan; rust_tools ;;
  *) fail "expected nothing, check, build or test; got $1" ;;
esac
