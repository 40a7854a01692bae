"""Classes made of the corpus and of attacks, arranged as platforms arrange them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

TESTS = Path(__file__).parents[1]
GRADE = [sys.executable, str(TESTS.parent / "grade.py")]

ASSIGNMENT = """
title: {en: A small class, zh: 小班}
questions:
  column:
    points: 3
    cases: 12
    arguments:
      x: {tensor: [rows, columns], dtype: [float32]}
      j: {integer: 0..columns - 1}
  double:
    points: 2
    cases: 12
    limits: {seconds: 0.3, total seconds: 1, output: 1, memory: 256}
    arguments:
      x: {tensor: [n], dtype: [float32]}
"""
REFERENCE = """
def column(x, j):
    return x[:, j]


def double(x):
    return 2 * x
"""
RIGHT = "def column(x, j):\n    return x[:, j]\n\n\ndef double(x):\n    return x + x\n"
WRONG = "def column(x, j):\n    return x[j]\n\n\ndef double(x):\n    return 2 * x\n"
HALF = "def double(x):\n    return 2 * x\n"
HANGS = f"{RIGHT}\n\ndef double(x):\n    while True:\n        pass\n"
FLOODS = f"{RIGHT}\n\ndef double(x):\n    while True:\n        print('x' * 10000)\n"
CRASHES = f"{RIGHT}\nimport os\n\n\ndef double(x):\n    os.abort()\n"
NAMES = ("Zoë O'Brien", "李雷", "Łukasz Żółć", "Ana María López", "x" * 40, "=1+1")


def write_course(folder: Path, *, reference: str = REFERENCE, assignment: str = ASSIGNMENT) -> Path:
    """Write the assignment `hw` and its reference; return its YAML file."""
    for name, text in (("assignments/hw.yaml", assignment), ("reference/hw.py", reference)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder / "assignments" / "hw.yaml"


def notebook(code: str) -> str:
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells = [cell | {"source": code}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def submissions() -> Iterator[tuple[str, bytes]]:
    """Yield file endings and contents: right, wrong, broken, empty, and some that do harm."""
    for code in (RIGHT, WRONG, HALF, HANGS, FLOODS, CRASHES):
        yield ".py", code.encode()
    yield ".py", b""
    yield ".py", b"def column(x, j:\n"
    yield ".py", b"\xff\xfe\x00"
    yield ".ipynb", notebook(RIGHT).encode()
    yield ".ipynb", notebook(WRONG).encode()
    yield ".ipynb", b'{"cells": ['
    for name in ("loading_exit", "reading_reference_by_path", "replies_forged_verdicts"):
        yield ".py", (TESTS / "attacks" / f"{name}.py").read_bytes()
    for number in range(23):  # as many that differ, right and wrong ones
        code = RIGHT if number % 3 else WRONG
        yield ".py", f"{code}\nNUMBER = {number}\n".encode()


def canvas(folder: Path) -> Path:
    """Arrange the class as Canvas does; one student sent twice."""
    folder.mkdir()
    for number, (suffix, data) in enumerate(submissions(), start=1):
        late = "_LATE" if number % 7 == 0 else ""
        name = f"student{number}{late}_{100 + number}_{900 + number}_hw{suffix}"
        (folder / name).write_bytes(data)
    (folder / "student1_101_990_hw-1.py").write_text(WRONG, encoding="utf-8")
    return folder


def moodle(folder: Path) -> Path:
    """Arrange the class as Moodle does, with names in several scripts."""
    for number, (suffix, data) in enumerate(submissions(), start=1):
        name = NAMES[number % len(NAMES)]
        place = folder / f"{name}_{100 + number}_assignsubmission_file"
        place.mkdir(parents=True)
        (place / f"my homework{suffix}").write_bytes(data)
    return folder


def nbgrader(folder: Path) -> Path:
    """Arrange the class as nbgrader does."""
    for number, (suffix, data) in enumerate(submissions(), start=1):
        place = folder / "submitted" / f"{100 + number}" / "hw"
        place.mkdir(parents=True)
        (place / f"hw{suffix}").write_bytes(data)
    return folder


LAYOUTS = {"canvas": canvas, "moodle": moodle, "nbgrader": nbgrader}


def batch(assignment, folder, results, *options, start=None):
    """Run the command; return what it says, or only start it."""
    command = [*GRADE, "batch", assignment, folder, "-o", results, "--jobs", "2", *options]
    command = [str(part) for part in command]
    if start is not None:
        return subprocess.Popen(command, stdout=start, stderr=start, start_new_session=True)
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
