# Every task of fabula. `make` sets up and tells the flagship story; `make test` runs every check.
# Nothing is needed beforehand but python3 (3.11 or newer), make and a C++20 compiler.

PYTHON ?= python3
WORKERS ?= 2
ifeq ($(origin CXX),default)
CXX := c++
endif
export CXX

BIN := .venv/bin
UV := $(BIN)/uv pip
UVFLAGS := --quiet --python $(BIN)/python --constraint constraints.txt
SOURCE := $(shell find src -name '*.py')
NATIVE := $(shell find native/core native/bind -type f 2>/dev/null)
NATIVE_ALL := $(shell find native -name '*.cpp' -o -name '*.hpp')
CMAKE := $(BIN)/cmake
NATIVE_TEST := build/native-test

.PHONY: tell setup test lint format native-test native-test-threads pytest long-test fuzz-twins fuzz-seam bench bench-page ablations wheel docs stub constraints clean

tell: setup
	@$(BIN)/fabula tell never-alone

# --- setting up: each stamp in .venv stands for one finished step -----------------------------------

setup: .venv/.bytecode

.venv/.uv: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "fabula needs Python 3.11 or newer as \`$(PYTHON)\`; another one can be named: make PYTHON=python3.12" >&2; exit 1; }
	@printf '#include <span>\nint main() { return std::span<int>{}.size(); }\n' \
	  | $(CXX) -std=c++20 -x c++ -fsyntax-only - 2>/dev/null || { \
	  echo "fabula needs a C++20 compiler as \`$(CXX)\`; another one can be named: make CXX=clang++" >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { echo "Setting up: an environment in .venv" >&2; $(PYTHON) -m venv .venv >/dev/null 2>&1; } || { \
	  echo "\`$(PYTHON)\` cannot make a virtual environment; install its venv module (on Debian: apt install python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@touch $@

.venv/.packages: .venv/.uv pyproject.toml constraints.txt
	@echo "Setting up: packages" >&2
	@$(UV) install $(UVFLAGS) --requirement pyproject.toml --group dev
	@touch $@

# The build folder is kept, so only what changed is compiled again.
.venv/.native: .venv/.packages CMakeLists.txt $(NATIVE)
	@echo "Setting up: the search core (C++)" >&2
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(UV) install $(UVFLAGS) --no-deps --no-build-isolation \
	  --reinstall-package fabula --editable .
	@touch $@

# What Python makes of each module when it first loads it, and keeps, unless its environment forbids that: then every start
# would take twice as long.
.venv/.bytecode: .venv/.native $(SOURCE)
	@$(BIN)/python -m compileall -q src
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'import typer, rich.console, rich.tree, numpy'
	@touch $@

# --- checking ---------------------------------------------------------------------------------------

test: setup lint native-test pytest

lint: setup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/clang-format --dry-run --Werror $(NATIVE_ALL)

format: setup
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/clang-format -i $(NATIVE_ALL)

# The core alone, under the address and undefined-behaviour sanitizers.
native-test: setup
	@$(CMAKE) -S . -B $(NATIVE_TEST) -G Ninja -DCMAKE_MAKE_PROGRAM="$(CURDIR)/$(BIN)/ninja" \
	  -DFABULA_PYTHON=OFF -DFABULA_TESTS=ON >/dev/null
	@$(CMAKE) --build $(NATIVE_TEST) -- --quiet
	@$(BIN)/ctest --test-dir $(NATIVE_TEST) --output-on-failure --no-tests=error

# Two threads under the thread sanitizer, which says where they come into each other's way; no part of `make test`.
native-test-threads: setup
	@$(CMAKE) -S . -B $(NATIVE_TEST)-threads -G Ninja -DCMAKE_MAKE_PROGRAM="$(CURDIR)/$(BIN)/ninja" \
	  -DFABULA_PYTHON=OFF -DFABULA_TESTS=ON -DFABULA_SANITIZERS=thread >/dev/null
	@$(CMAKE) --build $(NATIVE_TEST)-threads --target test_threads -- --quiet
	@$(BIN)/ctest --test-dir $(NATIVE_TEST)-threads --tests-regex test_threads --output-on-failure --no-tests=error

pytest: setup
	@$(BIN)/python -m pytest -q -n $(WORKERS)

# What takes minutes or hours: nothing here is part of `make test`.
long-test: setup
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "long or not long" --hypothesis-profile=long

# Both searches on many random worlds, 50,000 of them or as many as TWINS says; and what grounding makes of a fifth as many.
TWINS ?= 50000
fuzz-twins: setup
	@FABULA_TWINS=$(TWINS) $(BIN)/python -m pytest -q -n $(WORKERS) -m "long or not long" tests/search/test_twins.py \
	  tests/ground/test_lossless.py

# Damaged and strange problems, through the flat format, for SECONDS; what breaks the core stays in build/fuzz-seam.
SECONDS ?= 300
CLANG ?= $(shell for newest in 22 21 20 19 18 17 16; do command -v clang++-$$newest && break; done || echo clang++)
fuzz-seam: setup
	@command -v $(CLANG) >/dev/null || { echo "fuzzing needs clang 16 or newer, for its libFuzzer;" \
	  "where it is called otherwise: make fuzz-seam CLANG=clang++-18" >&2; exit 1; }
	@$(CMAKE) -S . -B build/fuzz -G Ninja -DCMAKE_MAKE_PROGRAM="$(CURDIR)/$(BIN)/ninja" -DCMAKE_CXX_COMPILER=$(CLANG) \
	  -DFABULA_PYTHON=OFF -DFABULA_FUZZ=ON >/dev/null
	@$(CMAKE) --build build/fuzz -- --quiet
	@$(BIN)/python -m tests.search.fuzz_seeds build/fuzz-seam/seeds
	@mkdir -p build/fuzz-seam/found
	@build/fuzz/fuzz_seam -max_total_time=$(SECONDS) -max_len=2048 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	  -artifact_prefix=build/fuzz-seam/ build/fuzz-seam/found build/fuzz-seam/seeds

# Every instance of a folder, and worlds that grow, into build/benchmarks: make bench PROBLEMS=folder. BENCH takes more
# options: BENCH="--only NAME --mode first --seconds 60 --resume"; `python -m benchmarks --help` lists them.
PROBLEMS ?= benchmarks/problems
bench: setup
	@$(BIN)/python -m benchmarks --problems $(PROBLEMS) $(BENCH)

# The same into the page of the documentation; for a machine that does nothing else meanwhile.
bench-page: setup
	@$(BIN)/python -m benchmarks --problems $(PROBLEMS) --out docs/benchmarks $(BENCH)

# What the search would be without each of its pieces: the table in docs/search.md. Builds a core for each.
ablations: setup
	@$(BIN)/python -m benchmarks --problems $(PROBLEMS) --ablations --into docs/search.md --seconds 25 --nodes 1000000 $(BENCH)

# The source archive and the wheel for this Python, in dist/; the wheel is tried in an environment with nothing else.
wheel: setup
	@$(BIN)/uv build --quiet --out-dir dist --clear
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/wheel
	@$(BIN)/uv pip install --quiet --python build/wheel/bin/python dist/*.whl
	@build/wheel/bin/python .ci/check_wheel.py .

docs: setup
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# --- keeping house ----------------------------------------------------------------------------------

# The signatures of the C++ module, for readers and type checkers.
stub: setup
	@$(BIN)/python -m nanobind.stubgen --quiet --module fabula._core --output-file src/fabula/_core.pyi

# The newest versions that fit together.
constraints: setup
	@{ echo '# The exact version of everything that the project and its tools use. Renew with `make constraints`.'; \
	  $(UV) compile --upgrade --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
	    --no-emit-find-links --quiet --group dev pyproject.toml; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt

clean:
	rm -rf .venv build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
