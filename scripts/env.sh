# What the scripts share: sourced, from the root of the repository.
# Pins of the tools; Cargo.toml pins wasm-bindgen to the same number, Trunk.toml all three.
bindgen_version=0.2.130
trunk_version=0.22.1

cache=${ISOFLOP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/isoflop}

# Where the browser is on this machine, or nothing. Asked with type -P, which sees programs alone, no shell function of that name.
browser() {
  local name
  if [ -n "${CHROME:-}" ]; then type -P "$CHROME"; return; fi
  for name in chromium chromium-browser google-chrome google-chrome-stable \
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
      /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if type -P "$name"; then return; fi
  done
}
