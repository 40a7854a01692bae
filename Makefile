PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test test-slow check clean

# A submission below full marks ends with status 1, which is what the demo is there to show.
demo: $(INSTALLED)
	$(BIN)/python grade.py hw2 examples/hw2.py || test $$? -eq 1

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

test-slow: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m slow

check: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# pip knows what is there already, so that an edited pyproject.toml costs only what is new.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	touch $@
