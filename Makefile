# Everything there is to do with this project; `make help` lists it.

.DEFAULT_GOAL := help
.PHONY: help node setup build pack demo demo-campaign campaign-proof test matrix soak queue-proof size bench bench-upload lint format clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' $(MAKEFILE_LIST) | while read -r target about; do \
		printf "make %-12s %s\n" "$$target" "$$about"; done

node:
	@command -v node npm >/dev/null || { echo "Node 20 or later and npm are needed: see https://nodejs.org."; exit 1; }
	@node -e 'process.exitCode = process.versions.node.split(".")[0] < 20 ? 1 : 0' || { echo "Node 20 or later is needed."; exit 1; }

setup: node ## install the tools of a build, into .tools and node_modules
	@node scripts/build/setup.mjs

build: setup ## build the package into pkg/
	@node scripts/build/build.mjs

pack: build ## pack it as npm would publish it, into pkg/*.tgz
	@node scripts/build/pack.mjs

demo: build ## start the demo, with a LiveDesk in memory
	@node www/demo.mjs

demo-campaign: build ## 500 rows against a LiveDesk in memory: killed once, resumed, and reported
	@node www/demo-campaign.mjs

campaign-proof: pack ## break a campaign off 50 times, in every way, and count what was stored; takes minutes
	@node tests/campaign/proof.mjs

test: pack ## run every test; the last line counts them
	@node tests/run.mjs

matrix: pack ## prove the package in every runtime, browser and bundler; rewrites docs/where-it-works.md
	@node tests/matrix/matrix.mjs

soak: pack ## run a million calls, and see whether memory, timers and sockets stay flat; takes minutes
	@node --expose-gc tests/soak/soak.mjs

queue-proof: pack ## send 10,000 rows by BullMQ while workers, Redis and PostgreSQL are killed; takes minutes
	@QUEUE_ROWS=10000 node --test --test-reporter=spec tests/queue/killed.test.mjs

size: build ## print what the client costs a page, and the limit
	@node scripts/measure/size.mjs

bench: build ## measure calls and starts against plain fetch and other clients
	@node scripts/measure/bench.mjs
	@node scripts/measure/bench-server.mjs
	@node scripts/measure/cold-start.mjs
	@node scripts/measure/page-start.mjs

bench-upload: build ## measure a file of 1 GiB from disk against plain fetch
	@node scripts/measure/bench-upload.mjs

lint: setup ## check formatting, Rust, JavaScript, types, and the crates' licences and advisories
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --all-targets --target wasm32-unknown-unknown -- -D warnings
	npx biome ci
	npx tsc
	npx tsc -p tsconfig.shipped.json
	node tests/run.mjs deny rust-advisories npm-advisories

format: setup ## format Rust and JavaScript
	cargo fmt
	npx biome check --write

clean: ## remove what was built; .tools and node_modules stay
	rm -rf pkg target
