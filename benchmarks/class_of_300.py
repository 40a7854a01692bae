"""How long a class takes: `python benchmarks/class_of_300.py [--students 300] [--jobs 2]`.

Half of the submissions are right and no two are the same text; the rest are corpus files put
together, one wrong function each. Prints one JSON object: wall time, CPU time of this process and
of all that it started, and the largest memory of the process in charge.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "hw2"


def main() -> None:
    """Make a class, grade it, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--right", type=float, default=0.5, help="share of right submissions")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "class"
        write_class(folder, given.students, given.right)
        print(json.dumps(vars(given) | measure(folder, Path(place) / "results", given.jobs)))


def write_class(folder: Path, students: int, share: float) -> None:
    """Write the submissions as Canvas would."""
    folder.mkdir()
    chance = random.Random(0)
    right = (ROOT / "reference" / f"{ASSIGNMENT}.py").read_text(encoding="utf-8")
    wrong = sorted((ROOT / "tests" / "corpus" / ASSIGNMENT).glob("*/chaff_*.py"))
    for number in range(students):
        text = f"{right}\n\nNUMBER = {number}\n"
        if chance.random() >= share:  # the last definition of a function counts
            text += "\n\n" + chance.choice(wrong).read_text(encoding="utf-8")
        name = f"student{number}_{1000 + number}_{5000 + number}_{ASSIGNMENT}.py"
        (folder / name).write_text(text, encoding="utf-8")


def measure(folder: Path, results: Path, jobs: int) -> dict[str, float]:
    """Grade the class once; its banks are built before."""
    warm_up = [sys.executable, ROOT / "grade.py", ASSIGNMENT, ROOT / "reference/hw2.py"]
    subprocess.run(warm_up, check=True, stdout=subprocess.DEVNULL)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, ROOT / "grade.py", "batch", ASSIGNMENT, folder, "-o", results]
    process = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL)
    largest = 0
    while process.poll() is None:
        largest = max(largest, resident(process.pid))
        time.sleep(0.2)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    students = sum(1 for _ in folder.iterdir())
    return {
        "status": process.returncode,
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 1),
        "cpu_ms_per_submission": round(1000 * cpu / students, 1),
        "parent_mebibytes": round(largest / 2**20, 1),
    }


def resident(pid: int) -> int:
    """Return how many bytes of memory a process has now."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    main()
