"""What one submission costs: `python benchmarks/one_submission.py [ASSIGNMENT ...] [--runs N]`.

The whole process, from the shell to the report, is compared with an interpreter that only imports
torch. Then the CPU time of one more right submission is measured in a grader that runs already,
and shown as a share of what that import takes, which says more of the grader than of the machine,
and beside that of a grader that leaves the simulated accelerator out. With assignments named, only
the latter is measured, of each.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from graders.cases.store import BankStore, default_folder
from graders.grading import Grader, open_reference
from graders.spec import Assignment, load_assignment
from graders.submissions.source import Source, read_source
from graders.worker.sources import worker_source

ROOT = Path(__file__).parents[1]
IMPORT = [sys.executable, "-c", "import torch"]
GRADE = [sys.executable, str(ROOT / "grade.py"), "hw2", str(ROOT / "reference" / "hw2.py")]
MOST_MS = {"hw2": 100, "hw5": 400}
MOST_EXTRA = 0.3  # for the simulated accelerator


def main() -> None:
    """Measure, and print a small table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=11, help="how often each process is started")
    parser.add_argument("assignments", nargs="*", help="such as hw5")
    options = parser.parse_args()
    if not options.assignments:
        the_whole_process(options.runs)
    importing = cpu_of_import(options.runs)
    row("python -c 'import torch', CPU time", f"{importing:.2f} s")
    for name in options.assignments or ["hw2"]:
        one_more(load_assignment(ROOT / "assignments" / f"{name}.yaml"), options.runs, importing)


def the_whole_process(runs: int) -> None:
    """Measure from the shell to the report."""
    importing, grading = alternate([IMPORT, GRADE], runs)
    ratios = [grade / bare for grade, bare in zip(grading, importing, strict=True)]
    row("python -c 'import torch'", f"{statistics.median(importing):.2f} s")
    row("python grade.py hw2, banks on disk", f"{statistics.median(grading):.2f} s")
    row("ratio", f"{statistics.median(ratios):.2f}", "at most 1.3")


def one_more(assignment: Assignment, runs: int, importing: float) -> None:
    """Measure one more submission in a grader that runs already."""
    cost, extra = cpu_of_one_more(assignment, runs)
    most = MOST_MS.get(assignment.name)
    goal = f"at most {most} ms" if most else ""
    row(f"{assignment.name}: CPU time of one more submission", f"{cost * 1000:.0f} ms", goal)
    row("as a share of importing torch", f"{cost / importing:.1%}")
    row("extra for the simulated accelerator", f"{extra:.0%}", f"at most {MOST_EXTRA:.0%}")
    cases = sum(question.cases for question in assignment.questions.values())
    row(f"{len(assignment.questions)} questions, calls in all", str(cases))


def row(name: str, value: str, goal: str = "") -> None:
    """Print one line of the table."""
    print(f"{name:44}{value:>10}   {goal}".rstrip())


def alternate(commands: Sequence[list[str]], runs: int) -> list[list[float]]:
    """Return the wall times of each command; each round starts all of them, one after the other."""
    for command in commands:  # fills the banks and the system's file cache
        seconds_of(command)
    rounds = [[seconds_of(command) for command in commands] for _ in range(runs)]
    return [list(times) for times in zip(*rounds, strict=True)]


def seconds_of(command: list[str]) -> float:
    """Return the wall time of a process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - started


def cpu_of_import(runs: int) -> float:
    """Return the CPU seconds of an interpreter that imports torch."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(runs):
        seconds_of(IMPORT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used / runs


def cpu_of_one_more(assignment: Assignment, runs: int) -> tuple[float, float]:
    """Return the CPU seconds of the grader and its workers for one submission.

    Also what share of those that it would take otherwise goes to the simulated accelerator.
    """
    reference = open_reference(assignment)
    store = BankStore(reference, seed=assignment.seed, folder=default_folder())
    source = read_source(assignment.reference_path)
    with worker_source() as workers:
        graders = [Grader(assignment, store, workers, device=name) for name in ("auto", "cpu")]
        graders[0].prepare()
        graders[0].grade(source)
        rounds = [[cpu_of(grader, source) for grader in graders] for _ in range(runs)]
    everything, without = (statistics.mean(times) for times in zip(*rounds, strict=True))
    return everything, everything / without - 1


def cpu_of(grader: Grader, source: Source) -> float:
    """Return the CPU seconds that grading a right submission takes."""
    before = cpu_seconds()
    report = grader.grade(source)
    assert report.points == report.max_points
    return cpu_seconds() - before


def cpu_seconds() -> float:
    """Return the CPU time of this process, its children and the workers that have ended."""
    this = psutil.Process()
    times = [process.cpu_times() for process in this.children(recursive=True)]
    ended = sum(t.children_user + t.children_system for t in times)
    return time.process_time() + sum(t.user + t.system for t in times) + ended


if __name__ == "__main__":
    main()
