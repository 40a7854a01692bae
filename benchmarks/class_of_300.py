"""How long a class takes and how much memory: `python benchmarks/class_of_300.py`.

    --students 300 3000    classes of these sizes, one after the other
    --right 0.5            share of right submissions, of which no two are the same text; the rest
                           are files of the corpus put together, one wrong function each
    --assignment FILE      another assignment, with `reference/` beside its folder
    --jobs 2

Prints one JSON object for each class: wall time, CPU time of the batch and of all that it started,
and the largest memory: of the whole batch (the process in charge, those that grade, the zygotes and
the workers; pages that they share are counted once) and of the process in charge alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PAUSE = 0.5  # seconds between two looks at the memory


def main() -> None:
    """Make classes, grade them, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("--students", type=int, nargs="+", default=[300])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--right", type=float, default=0.5)
    parser.add_argument("--assignment", type=Path, default=ROOT / "assignments" / "hw2.yaml")
    given = parser.parse_args()
    reference = given.assignment.parents[1] / "reference" / f"{given.assignment.stem}.py"
    build_banks(given.assignment, reference)
    for students in given.students:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "class"
            write_class(folder, reference, students, given.right)
            found = measure(given.assignment, folder, Path(place) / "results", given.jobs)
        print(json.dumps({"students": students, "load": os.getloadavg()[0]} | found), flush=True)


def build_banks(assignment: Path, reference: Path) -> None:
    """Grade the reference once, so that no class pays for drawing the cases."""
    command = [sys.executable, ROOT / "grade.py", assignment, reference]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def write_class(folder: Path, reference: Path, students: int, share: float) -> None:
    """Write the submissions as Canvas would."""
    folder.mkdir()
    chance = random.Random(0)
    name = reference.stem
    right = reference.read_text(encoding="utf-8")
    wrong = sorted((ROOT / "tests" / "corpus" / name).glob("*/chaff_*.py"))
    for number in range(students):
        text = f"{right}\n\nNUMBER = {number}\n"
        if wrong and chance.random() >= share:  # the last definition of a function counts
            text += "\n\n" + chance.choice(wrong).read_text(encoding="utf-8")
        path = folder / f"student{number}_{1000 + number}_{5000 + number}_{name}.py"
        path.write_text(text, encoding="utf-8")


def measure(assignment: Path, folder: Path, results: Path, jobs: int) -> dict[str, float]:
    """Grade the class once."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, ROOT / "grade.py", "batch", assignment, folder, "-o", results]
    process = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL)
    whole, alone = watch_memory(process)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    students = sum(1 for _ in folder.iterdir())
    return {
        "status": process.returncode,
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 1),
        "wall_ms_per_submission": round(1000 * wall / students, 1),
        "cpu_ms_per_submission": round(1000 * cpu / students, 1),
        "whole_mebibytes": round(whole / 2**20, 1),
        "parent_mebibytes": round(alone / 2**20, 1),
    }


def watch_memory(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return the largest memory of a process with all below it, and of itself, until it ends."""
    whole = alone = 0
    top = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            own = memory(top)
            whole = max(whole, own + sum(map(memory, top.children(recursive=True))))
            alone = max(alone, own)
        except psutil.Error:
            pass
        time.sleep(PAUSE)
    return whole, alone


def memory(process: psutil.Process) -> int:
    """Return how many bytes a process has, its part of what it shares with others included."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    main()
