# Isoflop's commands; `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve build dist npm test check bench setup clean

PORT ?= 8080
CLIPPY := --locked -- -D warnings
WASM := --target wasm32-unknown-unknown

help:            ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-12s %s\n' "$$name" "$$what"; done

serve:           ## install what is missing, build, and serve on http://127.0.0.1:8080 (PORT=… changes it)
	@scripts/setup.sh nothing
	@node scripts/serve.mjs --check --port $(PORT)
	@$(MAKE) --no-print-directory build
	@node scripts/serve.mjs --port $(PORT)

build:           ## install what is missing, and build the site into dist/
	@scripts/setup.sh build
	scripts/web.sh trunk build --release

dist: build      ## the same: dist/ is a site for any static host, in any folder of it

npm:             ## install what is missing, and build the npm package into target/npm/
	@scripts/setup.sh build
	scripts/npm.sh

test: build      ## install what is missing, and run every test: native, wasm under Node, in the browser
	@scripts/setup.sh test
# Programs are linked by one thread: meanwhile the tests are compiled.
	cargo test --locked --no-run & tests=$$!; scripts/npm.sh && scripts/kernels.sh && wait $$tests
	cargo test --locked
	cargo build --locked --example ask
	node --test tests/npm
	scripts/web.sh playwright test

check:           ## format, lints (native and wasm), docs, licences, spelling
	@scripts/setup.sh check
	cargo fmt --check
	rustfmt --edition 2024 --check src/laws/*.rs # named by a macro, where cargo fmt does not look
	cargo clippy --all-targets $(CLIPPY)
	scripts/web.sh cargo clippy --bin app --bin laws --bin fit --bin frontier --bin quick --bin card --lib --no-default-features --features app $(WASM) $(CLIPPY)
	scripts/web.sh cargo clippy --bin worker --lib --bin gpu --example npm --example kernels --features web $(WASM) $(CLIPPY)
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked
	RUSTDOCFLAGS="-D warnings -C target-feature=+simd128" scripts/web.sh cargo doc --no-deps --lib --features app $(WASM) --locked
	node scripts/licences.mjs
	node_modules/.bin/cspell --no-progress --dot . || { echo 'a word that is right goes into scripts/words.txt'; exit 1; }

bench:           ## time the fits, beside SciPy
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory build
	scripts/npm.sh
	scripts/kernels.sh
	scripts/web.sh node scripts/bench.mjs

setup:           ## install everything that is missing, and nothing else
	@scripts/setup.sh

clean:           ## remove what was built here; tools stay in the cache
	rm -rf target dist test-results
