#!/usr/bin/env bash
# Makes sure that the wasm32 target exists, and prints the toolchain to put in RUSTUP_TOOLCHAIN for
# it: a folder, or nothing where the default toolchain will do.
#
# rustup adds the target in seconds. RUSTUP_AUTO_INSTALL=0 says never to download a toolchain; then,
# or when rustup cannot reach its server, the target is built from Debian's own compiler packages, in
# a private folder. That toolchain never becomes the default: native tests stay on yours.
set -euo pipefail

target=wasm32-unknown-unknown
cache=${ISOFLOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/isoflop}/wasm
toolchain=$cache/toolchain
manifest=$(cd "$(dirname "$0")/.." && pwd)/Cargo.toml
# What the toolchain was made by: another version of this script makes it anew.
recipe=$(cksum <"$0")

say() { echo "set-up: $*" >&2; }
fail() { say "$@"; exit 1; }

command -v rustup >/dev/null || fail "rustup is missing; install Rust as https://rustup.rs says, then run this again"
sysroot=$(rustc --print sysroot)
[ -d "$sysroot/lib/rustlib/$target/lib" ] && exit 0
# The toolchain borrows cargo and rust-lld from the default one: made anew when that has moved.
if [ "$(cat "$toolchain/complete" 2>/dev/null)" = "$recipe" ] && [ "$(readlink "$toolchain/bin/cargo")" = "$sysroot/bin/cargo" ] &&
    [ -x "$sysroot/bin/cargo" ]; then
  echo "$toolchain"
  exit 0
fi

if [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; then
  say "adding the target $target with rustup (some seconds, 20 MB)"
  rustup target add "$target" >&2 && exit 0
  say "rustup could not add the target; trying Debian's compiler packages"
fi
command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
  fail "the target $target is missing, and this is no Debian to build it from: run 'rustup target add $target' where static.rust-lang.org can be reached, then run this again"

say "building the target $target from Debian's packages (about 1 minute; 140 MB to download, 500 MB on disk)"
# At a fixed path, since the names of std's crates depend on it.
rm -rf "$cache"
mkdir -p "$cache/packages" "$cache/root"
cd "$cache/packages"
dependency() { apt-cache depends "$1" 2>/dev/null | sed -nE "s/.*Depends: ($2)\$/\1/p" | head -n 1; }
std_package() { dependency libstd-rust-web-dev 'libstd-rust-web-[0-9.]+'; }
# Names and versions move with Debian's updates, and lists that came with the system may be too old for the crates.
apt-get update >&2 || say "'apt-get update' failed (it needs root, and Debian's mirror); going by the lists that are there"
std=$(std_package)
[ -n "$std" ] || fail "this Debian has no package rustc-web: run 'rustup target add $target' instead"
apt-get -o APT::Sandbox::User=root download rustc-web rust-web-clippy libstd-rust-web-dev rust-web-src "$std" "$(dependency "$std" 'libllvm[0-9]+')" >&2 ||
  fail "Debian's mirror could not be reached (apt-get download rustc-web): try again when it can"
for package in *.deb; do dpkg -x "$package" ../root; done

cd "$cache"
host=$(rustc -vV | sed -n 's/^host: //p')
from=$cache/root/usr rustlib=$toolchain/lib/rustlib
mkdir -p "$toolchain/bin" "$rustlib/$host/bin" "$rustlib/$target/lib"
mv "$from"/bin/{rustc,rustdoc,cargo-clippy,clippy-driver} "$toolchain/bin/"
cp -L "$from"/lib/*-linux-gnu/{librustc_driver-*.so,libLLVM.so.[0-9]*} "$toolchain/lib/"
mv "$from/lib/rustlib/$host/lib" "$rustlib/$host/"
mv "$from/lib/rustlib/etc" "$rustlib/"
ln -s "$sysroot/bin/cargo" "$toolchain/bin/cargo"
ln -s "$sysroot/lib/rustlib/$host/bin/rust-lld" "$rustlib/$host/bin/rust-lld"

needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$manifest")
version=$(RUSTUP_TOOLCHAIN=$toolchain rustc --version | cut -d' ' -f2)
[ "$(printf '%s\n' "$needed" "$version" | sort -V | head -n 1)" = "$needed" ] ||
  fail "Debian's rustc-web here is $version, and $needed is needed: run this again where 'apt-get update' works"

# The standard library itself, as its own build does it; its dependencies are in the package.
(
  cd "$from"/src/rustc-*/library/sysroot
  unset CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTC_WRAPPER
  export RUSTUP_TOOLCHAIN=$toolchain RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd
  export CARGO_TARGET_DIR=$cache/target RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes -Cdebuginfo=0"
  # As in scripts/web.sh: no path of this machine in what is shipped.
  RUSTFLAGS+=" --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates"
  cargo build --release --target "$target" --features panic-unwind,compiler-builtins-mem >&2
)
cp "target/$target/release/deps"/*.rlib "$rustlib/$target/lib/"
echo "$recipe" >"$toolchain/complete"
rm -rf packages root target
echo "$toolchain"
