"""Imports point one way, and a command imports only what it uses."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
GRADERS = REPOSITORY / "graders"

ORDER = [
    "said",
    "errors",
    "worker",
    "spec",
    "involved",
    "checks",
    "cases",
    "verdicts",
    "hidden",
    "judging",
    "fingerprint",
    "submissions",
    "properties",
    "feedback",
    "notebook",
    "session",
    "trials",
    "grading",
    "curves",
    "audit",
    "reports",
    "watch",
    "starter",
    "starter_notebook",
    "release",
    "gradebook",
    "doctor",
    "commands",
    "usage",
    "cli",
    "notebook_grader",
    "pytest_plugin",
]
"""Folders and single modules of `graders`: each imports only from those above it."""


def modules() -> list[Path]:
    return [path for path in GRADERS.rglob("*.py") if path.name != "__init__.py"]


def imported(path: Path) -> Iterator[Path]:
    """Yield the modules and packages of ours that a module imports, wherever in its text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(name)):
                yield from (found for a in node.names if (found := located(f"{name}.{a.name}")))
                yield from filter(None, [located(name)])
            case ast.Import():
                yield from (found for alias in node.names if (found := located(alias.name)))


def located(name: str) -> Path | None:
    place = REPOSITORY.joinpath(*name.split("."))
    if not name.startswith("graders."):
        return None
    found = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in found if path.is_file()), None)


def room(path: Path) -> str:
    return path.relative_to(GRADERS).with_suffix("").parts[0]


@pytest.mark.parametrize("name", ORDER)
def test_a_room_imports_only_from_rooms_above_it(name):
    allowed = {*ORDER[: ORDER.index(name) + 1]}
    for path in modules():
        if room(path) == name:
            assert {room(other) for other in imported(path)} <= allowed, path


def test_every_room_has_a_place_in_the_order():
    rooms = {room(path) for path in GRADERS.rglob("*.py")} - {"__init__"}
    assert rooms <= {*ORDER}


def test_modules_do_not_import_each_other_in_circles():
    graph = {path: {p for p in imported(path) if p.name != "__init__.py"} for path in modules()}
    TopologicalSorter(graph).prepare()  # raises CycleError


# ---------------------------------------------------------------- what is imported at run time


def loaded_by(code: str) -> set[str]:
    """Return the names of the modules that are loaded after this code ran."""
    command = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    result = subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, env=os.environ | one_thread
    )
    assert result.returncode == 0, result.stderr
    return {*result.stdout.split()}


def test_the_command_line_starts_without_the_large_libraries():
    loaded = loaded_by("import graders.cli")
    large = {"torch", "numpy", "hypothesis", "nbformat", "rich", "pydantic", "matplotlib", "jinja2"}
    assert not loaded & large


def test_every_run_of_pytest_loads_nothing_but_the_plugin_itself():
    ours = {name for name in loaded_by("import graders.pytest_plugin") if "graders" in name}
    assert ours == {"graders", "graders.pytest_plugin"}


def test_a_class_is_graded_without_dask_unless_on_a_cluster():
    assert not loaded_by("import graders.commands.batch") & {"dask", "distributed", "torch"}


def test_grading_needs_no_torch_in_the_process_that_knows_the_answers():
    names = "cli grading cases.store submissions.source reports.terminal reports.json_format"
    loaded = loaded_by("\n".join(f"import graders.{name}" for name in names.split()))
    assert not loaded & {"torch", "nbformat", "matplotlib", "jinja2"}


def test_nothing_of_ours_but_the_worker_is_loaded_beside_student_code():
    loaded = loaded_by("from graders.worker.zygote import warm_up; warm_up()")
    ours = {name for name in loaded if name.startswith("graders.")}
    assert {name.split(".")[1] for name in ours} == {"worker"}
    assert not loaded & {"hypothesis", "pydantic", "pytest"}
