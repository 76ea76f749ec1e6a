# What a contributor types; `make` alone lists it. Nothing here is needed for `cargo run` or `cargo test`, except by the
# tests that hold Lanyard against foreign tools: those find them in target/tools, where `make tools` puts them.

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help test run fmt lint doc bench bench-quick engines faults soak fuzz fuzzer fuzz-keep tools browser pictures advisories sbom clean-tools
.PHONY: check-format check-template check-openapi check-clippy check-tests check-permissions check-docs check-advisories

PYTHON ?= python3
CARGO ?= cargo
TOOLS := $(CURDIR)/target/tools
VENV := $(TOOLS)/python
# Which cargo-deny reads deny.toml. It is compiled here unless one is on the PATH: some minutes, once.
CARGO_DENY := 0.20.2
# Which cargo-cyclonedx writes what a function is made of. Compiled here as well.
CARGO_CYCLONEDX := 0.5.9

# In the order of what they cost, so that a slip shows early. A failed step does not keep the others from being run.
STEPS := check-format check-template check-openapi check-clippy check-tests check-permissions check-docs check-advisories

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

test: tools browser ## everything that must hold before a change lands
	@failed=; \
	for step in $(STEPS); do \
		echo "==> $$step"; \
		started=$$(date +%s); \
		$(MAKE) --no-print-directory $$step || failed="$$failed $$step"; \
		echo "    $$step took $$(($$(date +%s) - started)) s"; \
	done; \
	if [ -n "$$failed" ]; then echo "make test: FAILED:$$failed"; exit 1; fi; \
	echo "make test: all steps held"

run: ## the whole bundle on this machine; ARGS="--once" and the like are passed on
	$(CARGO) run --locked -- $(ARGS)

fmt: ## write every Rust file as rustfmt has it
	$(CARGO) fmt --all

lint: check-format check-clippy ## rustfmt and clippy, without writing

doc: check-docs ## the API's documentation, in target/doc

bench: ## what it costs and how fast it is; builds the functions as they are deployed
	$(CARGO) run --release --locked --package bench -- $(ARGS)

bench-quick: ## the rows of it that need nothing from outside and less than five minutes
	$(CARGO) run --release --locked --package bench -- --quick $(ARGS)

# Which second engine answers what the embedded one answered.
MOTO := 5.2.5
ENGINES := $(TOOLS)/engines

engines: $(ENGINES)/ready ## the main story on a second DynamoDB engine as well: every answer and every item alike
	$(CARGO) test --workspace --locked --test stories -- --ignored second_engine

$(ENGINES)/ready: Makefile
	@echo "==> moto $(MOTO)"
	@rm -rf $(ENGINES) && mkdir -p $(TOOLS)
	@$(PYTHON) -m venv $(ENGINES)
	@$(ENGINES)/bin/pip install --quiet --disable-pip-version-check 'moto[server,dynamodb]==$(MOTO)'
	@touch $@

# How often `make faults` runs them all, and for how long `make soak` goes on.
TIMES ?= 1
SOAK_MINUTES ?= 30

faults: ## the fault stories alone; TIMES=50 runs them fifty times, SEED=7 tells one of them again
	$(CARGO) test --workspace --locked --test stories --no-run
	@for n in $$(seq $(TIMES)); do \
		$(CARGO) test --quiet --workspace --locked --test stories faults:: || exit 1; \
		echo "faults: $$n of $(TIMES) held"; \
	done

soak: ## half an hour of deliveries and faults, counted; SOAK_MINUTES=5 for less
	SOAK_MINUTES=$(SOAK_MINUTES) $(CARGO) test --workspace --locked --test stories -- --ignored --nocapture soak

# Which targets `make fuzz` attacks, and for how long each.
TARGET ?= $(basename $(notdir $(wildcard tests/fuzz/corpora/*.toml)))
FUZZ_SECONDS ?= 60
FUZZED := $(CURDIR)/target/fuzz
# What libFuzzer steers by: which branches were taken, and with what values were compared. These are flags of the stable
# compiler; naming the machine keeps them from what runs while compiling.
FUZZ_FLAGS := -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
	-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
	-Cllvm-args=-sanitizer-coverage-trace-compares
FUZZ_HOST = $(shell rustc --print host-tuple)
FUZZER = $(FUZZED)/$(FUZZ_HOST)/fuzz/fuzz

fuzzer: ## what attacks, compiled with what libFuzzer steers by
	RUSTFLAGS="$(FUZZ_FLAGS)" $(CARGO) build --locked --profile fuzz --package fuzz --features libfuzzer \
		--target $(FUZZ_HOST) --target-dir $(FUZZED)

# The corpus of $$target, named inputs and archive, unpacked for libFuzzer.
UNPACK = rm -rf $(FUZZED)/kept/$$target && \
	$(PYTHON) tests/fuzz/unpack.py tests/fuzz/corpora/$$target.toml $(FUZZED)/kept/$$target && \
	tar -C $(FUZZED)/kept/$$target -xzf tests/fuzz/corpora/$$target.tar.gz

fuzz: fuzzer ## attack each parser for a minute; TARGET=lists FUZZ_SECONDS=600 for one of them and longer
	@fell=; \
	for target in $(TARGET); do \
		mkdir -p $(FUZZED)/found/$$target; \
		$(UNPACK); \
		FUZZ_TARGET=$$target $(FUZZER) -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=8192 \
			-artifact_prefix=$(FUZZED)/$$target- -print_final_stats=1 $(FUZZED)/found/$$target \
			$(FUZZED)/kept/$$target >$(FUZZED)/$$target.log 2>&1 || { \
				tail -n 40 $(FUZZED)/$$target.log; \
				echo "fuzz: $$target FELL; the input is beside $(FUZZED)/$$target.log"; \
				fell="$$fell $$target"; continue; }; \
		runs=$$(sed -n 's/^stat::number_of_executed_units: *//p' $(FUZZED)/$$target.log); \
		covered=$$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' $(FUZZED)/$$target.log | tail -n 1); \
		echo "fuzz: $$target held: $$runs inputs in $(FUZZ_SECONDS) s, $$covered branches"; \
	done; \
	if [ -n "$$fell" ]; then echo "make fuzz: FELL:$$fell"; exit 1; fi

# libFuzzer names what it adds by its SHA-1. GNU tar packs it so that the same inputs give the same bytes.
fuzz-keep: fuzzer ## keep of what was found each input that takes a new way, in tests/fuzz/corpora
	@for target in $(TARGET); do \
		$(UNPACK); \
		FUZZ_TARGET=$$target $(FUZZER) -set_cover_merge=1 -use_counters=0 -use_cmp=0 -max_len=2048 \
			$(FUZZED)/kept/$$target $(FUZZED)/found/$$target 2>&1 | tail -n 1; \
		(cd $(FUZZED)/kept/$$target && ls | grep -E '^[0-9a-f]{40}$$' | \
			tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - -T - | gzip -9n) \
			>tests/fuzz/corpora/$$target.tar.gz; \
	done

check-format:
	$(CARGO) fmt --all --check

# Reads infra/.cfnlintrc.yaml. Exceptions stand in the template, beside what they except.
check-template: $(VENV)/ready
	cd infra && $(VENV)/bin/cfn-lint

check-openapi: $(VENV)/ready
	$(VENV)/bin/openapi-spec-validator docs/openapi.yaml

check-clippy:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

# The stories note what they use of what the template grants.
USED := $(CURDIR)/target/used

check-tests:
	rm -rf $(USED)
	LANYARD_USED=$(USED) $(CARGO) test --workspace --locked --no-fail-fast

# After the stories: what none of them used, no function needs.
check-permissions:
	LANYARD_USED=$(USED) $(CARGO) test --workspace --locked --test rules -- --ignored everything_that_is_granted

check-docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

# Licences, bans, duplicates and origins are held by tests/supply_chain.rs, everywhere and without a tool. Advisories are
# news from outside: a step of `make test` where cargo-deny is at hand, and never a failure where the news cannot be had.
check-advisories:
	@if command -v cargo-deny >/dev/null || [ -x $(TOOLS)/bin/cargo-deny ]; then \
		$(MAKE) --no-print-directory advisories; \
	else \
		echo "advisories NOT checked: no cargo-deny here; 'make advisories' compiles it and checks"; \
	fi

advisories: ## known vulnerabilities of what we depend on, with cargo-deny
	@command -v cargo-deny >/dev/null || [ -x $(TOOLS)/bin/cargo-deny ] || \
		$(CARGO) install cargo-deny --locked --version $(CARGO_DENY) --root $(TOOLS)
	@PATH="$(TOOLS)/bin:$$PATH"; export PATH; \
	if cargo-deny fetch db; then \
		cargo-deny --locked check --disable-fetch advisories; \
	else \
		echo "advisories NOT checked: the database cannot be fetched from here"; \
	fi

# The tool writes beside each manifest: what is deployed is moved to target/sbom, the rest is not kept. The commit's time is
# theirs, so that the same commit gives the same documents.
sbom: ## what each deployed function is made of, as CycloneDX 1.5, into target/sbom
	@command -v cargo-cyclonedx >/dev/null || [ -x $(TOOLS)/bin/cargo-cyclonedx ] || \
		$(CARGO) install cargo-cyclonedx --locked --version $(CARGO_CYCLONEDX) --root $(TOOLS)
	@rm -rf target/sbom && mkdir -p target/sbom
	@PATH="$(TOOLS)/bin:$$PATH" SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) \
		$(CARGO) cyclonedx --quiet --format json --spec-version 1.5 --describe binaries --no-build-deps \
		--target aarch64-unknown-linux-gnu
	@for function in functions/*; do \
		name=$$(basename $$function); \
		mv $$function/$${name}_bin.cdx.json target/sbom/$$name.cdx.json || exit 1; \
		echo "target/sbom/$$name.cdx.json: $$(grep -c '"purl": "pkg:cargo' target/sbom/$$name.cdx.json) crates"; \
	done
	@rm -f infra/*/*_bin.cdx.json tests/*/*_bin.cdx.json tests/*_bin.cdx.json

tools: $(VENV)/ready ## the foreign tools that checks and tests use, into target/tools

$(VENV)/ready: tests/requirements.txt
	@echo "==> tools"
	@rm -rf $(VENV) && mkdir -p $(TOOLS)
	@$(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; trying the distribution's python3-venv"; \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && \
			$(PYTHON) -m venv $(VENV); }
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement tests/requirements.txt
	@touch $@

# The tests of pages drive a real browser. CHROMIUM and CHROMEDRIVER name some that are not on the PATH.
browser: ## Chromium and its driver, from the distribution, if there are none
	@missing=; \
	for name in "$$CHROMIUM" chromium chromium-browser google-chrome none; do \
		if [ -n "$$name" ] && command -v "$$name" >/dev/null; then break; fi; \
	done; \
	[ "$$name" != none ] || missing=chromium; \
	command -v "$${CHROMEDRIVER:-chromedriver}" >/dev/null || missing="$$missing chromium-driver"; \
	if [ -z "$$missing" ]; then \
		exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "==> browser:$$missing"; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; \
	else \
		echo "not here, and no way to install it: $$missing; the tests that drive a browser will fail"; \
	fi

pictures: browser ## every page: one of each into docs/pages, light, dark and on a telephone into target/pictures
	$(CARGO) test --workspace --locked --test stories -- --ignored pictures

clean-tools: ## forget target/tools
	rm -rf $(TOOLS)
