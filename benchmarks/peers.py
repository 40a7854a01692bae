"""This grader beside pytest, nbgrader and Otter-Grader, on the same functions and in one run.

    python benchmarks/peers.py --nbgrader VENV/bin --otter VENV/bin

Every grader gets right submissions of the first 8 functions of hw2 and tries 100 calls of each.
For the peers a teacher wrote the calls, `cases.py` below: it draws arguments, calls the reference
and compares. pytest and Otter-Grader are started for each submission, as they are meant to be;
nbgrader and this grader get several with one command, and the time is divided by their number.
Prints one JSON object: seconds of wall time and of CPU time for one submission, medians of all
rounds, and how many times faster this grader is.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FUNCTIONS = 8
CALLS = 100

CASES = '''
"""Calls that a teacher tries, against a reference."""
import random

import torch

import reference


def matrix(rows=None, columns=None):
    return torch.randn(rows or random.randint(1, 5), columns or random.randint(1, 5))


def anything(least=0):
    return torch.randn([random.randint(1, 4) for _ in range(random.randint(least, 4))])


def fold_rows():
    columns = random.randint(1, 5)
    return torch.randn(random.randint(1, 4) * columns + random.randint(0, 1)), columns


def flatten_batch():
    return (anything(2),)


def drop_singletons():
    return (anything(),)


def add_batch_dim():
    return (anything(),)


def swap_axes():
    x = anything(1)
    return x, random.randrange(-x.dim(), x.dim()), random.randrange(-x.dim(), x.dim())


def channels_last():
    return (torch.randn([random.randint(1, 4) for _ in range(4)]),)


def flatten_columns():
    return (matrix(),)


def corner():
    x = matrix()
    return x, random.randint(1, x.shape[0]), random.randint(1, x.shape[1])


def outcome(function, arguments):
    try:
        return function(*arguments)
    except ValueError:
        return "ValueError"


def check(name, function):
    for _ in range(%d):
        arguments = globals()[name]()
        copies = [a.clone() if isinstance(a, torch.Tensor) else a for a in arguments]
        expected = outcome(getattr(reference, name), copies)
        actual = outcome(function, arguments)
        if isinstance(expected, str):
            assert actual == expected
        else:
            torch.testing.assert_close(actual, expected)
'''
PYTEST = """
import cases
import pytest
import hw2


@pytest.mark.parametrize("name", {names})
def test_function(name):
    cases.check(name, getattr(hw2, name))
"""
OTTER = """
from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1


@test_case()
def test_function(env):
    import cases

    cases.check("{name}", env["{name}"])
"""


@dataclass(frozen=True)
class Spent:
    """Seconds for one submission."""

    wall: float
    cpu: float


@dataclass
class Course:
    """The functions, and folders in which each grader finds what it needs."""

    folder: Path
    bins: dict[str, Path]
    many: int

    def __post_init__(self) -> None:
        import yaml

        text = (ROOT / "assignments" / "hw2.yaml").read_text(encoding="utf-8")
        assignment = yaml.safe_load(text)
        questions = [*assignment["questions"].items()][:FUNCTIONS]
        self.names = [name for name, _ in questions]
        assignment["questions"] = {name: q | {"cases": CALLS} for name, q in questions}
        self.right = (ROOT / "reference" / "hw2.py").read_text(encoding="utf-8")
        self.assignment = self.write(
            "assignments/hw2.yaml", yaml.safe_dump(assignment, sort_keys=False)
        )
        self.write("reference/hw2.py", self.right)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the course."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def write_cases(self, place: str) -> None:
        """Write the teacher's calls and the reference."""
        self.write(f"{place}/cases.py", CASES % CALLS)
        self.write(f"{place}/reference.py", self.right)

    def run(self, *command: object, cwd: str = ".", tool: str = "") -> Spent:
        """Run a command to its good end; return the seconds it took."""
        place = self.bins.get(tool, Path(sys.executable).parent)
        environment = os.environ | {"PATH": f"{place}{os.pathsep}{os.environ['PATH']}"}
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder / cwd,
            env=environment,
            capture_output=True,
            text=True,
        )
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            raise SystemExit(f"{command}:\n{done.stdout}\n{done.stderr}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Spent(wall, cpu)


def notebook(cells: list[tuple[str, dict[str, Any]]]) -> str:
    """Return a notebook of code cells, each with nbgrader's notes about it."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {"nbgrader": notes} if notes else {},
            "source": text,
            "outputs": [],
            "execution_count": None,
        }
        for number, (text, notes) in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    rest = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({"cells": made} | rest)


# ---------------------------------------------------------------- the graders


def with_pytest(course: Course) -> Callable[[], Spent]:
    """Return what grades one submission in a pytest process."""
    course.write_cases("pytest")
    course.write("pytest/hw2.py", course.right)
    course.write("pytest/test_hw2.py", PYTEST.format(names=course.names))
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    return lambda: course.run(*command, cwd="pytest")


def with_nbgrader(course: Course) -> Callable[[], Spent]:
    """Return what grades some submissions by one `nbgrader autograde`."""
    course.write("nbgrader/nbgrader_config.py", "c = get_config()\nc.CourseDirectory.root = '.'\n")
    kept = {"schema_version": 3, "locked": False, "grade": False, "solution": True, "task": False}
    test = kept | {"locked": True, "grade": True, "solution": False, "points": 1}
    cells: list[tuple[str, dict[str, Any]]] = [(course.right, kept | {"grade_id": "answers"})]
    for name in course.names:
        cells.append((f"import cases\ncases.check('{name}', {name})", test | {"grade_id": name}))
    course.write("nbgrader/source/hw2/hw2.ipynb", notebook(cells))
    course.write_cases("nbgrader/source/hw2")
    course.run("nbgrader", "generate_assignment", "hw2", cwd="nbgrader", tool="nbgrader")
    for number in range(course.many):
        place = f"nbgrader/submitted/student{number}/hw2"
        shutil.copytree(course.folder / "nbgrader/release/hw2", course.folder / place)
        course.write(f"{place}/hw2.ipynb", notebook(cells))

    def grade() -> Spent:
        command = ("nbgrader", "autograde", "hw2", "--force")
        return _each(course.run(*command, cwd="nbgrader", tool="nbgrader"), course.many)

    return grade


def with_otter(course: Course) -> Callable[[], Spent]:
    """Return what grades one submission by `otter run`."""
    course.write_cases("otter")
    for name in course.names:
        course.write(f"otter/tests/{name}.py", OTTER.format(name=name))
    course.write("otter/hw2.ipynb", notebook([(course.right, {})]))
    files = ("cases.py", "reference.py")
    course.run("otter", "generate", "-t", "tests", *files, cwd="otter", tool="otter")
    command = ("otter", "run", "-a", "autograder.zip", "--no-logo", "hw2.ipynb")

    def grade() -> Spent:
        spent = course.run(*command, cwd="otter", tool="otter")
        results = json.loads((course.folder / "otter/results.json").read_text(encoding="utf-8"))
        points = sum(test["score"] for test in results["tests"] if "max_score" in test)
        assert points == len(course.names), results
        return spent

    return grade


def with_this(course: Course, students: int, jobs: int) -> Callable[[], Spent]:
    """Return what grades a class by this grader."""
    for number in range(students):
        text = notebook([(f"{course.right}\n\nNUMBER = {number}\n", {})])
        course.write(f"class/student{number}_{number}_{number}_hw2.ipynb", text)
    grade = (sys.executable, ROOT / "grade.py")
    course.run(*grade, course.assignment, course.folder / "reference/hw2.py")  # builds the banks
    command = (*grade, "batch", course.assignment, course.folder / "class", "--jobs", jobs)

    def graded() -> Spent:
        results = course.folder / "results"
        shutil.rmtree(results, ignore_errors=True)
        spent = course.run(*command, "-o", results)
        rows = (results / "results.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(row)["verdict"] for row in rows] == ["passed"] * students
        return _each(spent, students)

    return graded


def _each(spent: Spent, count: int) -> Spent:
    return Spent(spent.wall / count, spent.cpu / count)


# ---------------------------------------------------------------- the run


def main() -> None:
    """Let the graders take turns, and print what each one needs for a submission."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--students", type=int, default=60, help="submissions of this grader")
    parser.add_argument("--jobs", type=int, default=1, help="processes of this grader")
    parser.add_argument("--many", type=int, default=5, help="submissions of one nbgrader command")
    parser.add_argument("--nbgrader", type=Path, help="folder of its commands")
    parser.add_argument("--otter", type=Path, help="folder of its commands")
    given = parser.parse_args()
    bins = {"nbgrader": given.nbgrader, "otter": given.otter}
    known = {name: path.resolve() for name, path in bins.items() if path is not None}
    with tempfile.TemporaryDirectory() as place:
        os.environ["GRADER_CACHE"] = str(Path(place) / "banks")
        course = Course(Path(place), known, given.many)
        graders = {"this": with_this(course, given.students, given.jobs)}
        graders["pytest"] = with_pytest(course)
        if "nbgrader" in known:
            graders["nbgrader"] = with_nbgrader(course)
        if "otter" in known:
            graders["otter"] = with_otter(course)
        load = os.getloadavg()[0]
        rounds = [dict(take_turns(graders)) for _ in range(given.rounds)]
    print(json.dumps({"load": round(load, 1), **dict(figures(rounds))}, indent=2))


def take_turns(graders: dict[str, Callable[[], Spent]]) -> Iterator[tuple[str, Spent]]:
    """Let each grader grade once."""
    for name, grade in graders.items():
        spent = grade()
        print(f"{name}: {spent.wall:.2f} s, {spent.cpu:.2f} s of CPU time", file=sys.stderr)
        yield name, spent


def figures(rounds: list[dict[str, Spent]]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the medians of each grader, and of its ratios to this one."""
    for name in rounds[0]:
        found = {
            "wall_seconds": statistics.median(each[name].wall for each in rounds),
            "cpu_seconds": statistics.median(each[name].cpu for each in rounds),
        }
        if name != "this":
            walls = [each[name].wall / each["this"].wall for each in rounds]
            cpus = [each[name].cpu / each["this"].cpu for each in rounds]
            found |= {"wall_ratio": statistics.median(walls), "cpu_ratio": statistics.median(cpus)}
        yield name, {key: round(value, 3) for key, value in found.items()}


if __name__ == "__main__":
    main()
