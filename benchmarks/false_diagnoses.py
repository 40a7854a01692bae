"""Counts false diagnoses over random wrong functions.

Run `python benchmarks/false_diagnoses.py [--functions 1250] [hw2 ...]`. Half of the functions are
mutants of the references, the others change a right result or an argument by random operations.
Every claim of a diagnosis is computed anew, with PyTorch: of the cases that it was made from, where
it must be true, and of cases that were drawn from another seed. What is untrue of these is narrow.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).parents[1]
sys.path[:0] = [str(REPOSITORY / place) for place in ("", "tests", "tests/feedback")]

from random_mistakes import Mistake, Tried, all_mutants, compositions, tried  # noqa: E402

from graders.cases.store import BankStore, default_folder  # noqa: E402
from graders.grading import Grader, open_reference  # noqa: E402
from graders.spec import load_assignment  # noqa: E402
from graders.worker.sources import worker_source  # noqa: E402

ALL = ["hw1", "hw2", "hw3", "hw4", "hw5"]


def main() -> None:
    """Try the functions and print a line for each assignment, and every false diagnosis."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--functions", type=int, default=1250)
    parser.add_argument("assignments", nargs="*", default=ALL)
    given = parser.parse_args()
    found: list[Tried] = []
    print("      tried  wrong  diagnosed  false  narrow")
    for name in given.assignments:
        count = -(-given.functions // len(given.assignments))
        results = list(_tried(name, count))
        _show(name, count, [result for result in results if result is not None])
        found += filter(None, results)
    if times := [1000 * result.seconds for result in found]:
        print(f"a diagnosis takes {median(times):.1f} ms of CPU time, at most {max(times):.0f} ms")


def _tried(name: str, count: int) -> Iterator[Tried | None]:
    assignment = load_assignment(REPOSITORY / "assignments" / f"{name}.yaml")
    reference = open_reference(assignment)
    seeds = (assignment.seed, assignment.seed + 1)
    with worker_source() as workers:
        stores = [BankStore(reference, seed=seed, folder=default_folder()) for seed in seeds]
        one, other = (Grader(assignment, store, workers, explain=False) for store in stores)
        for mistake in _mistakes(one, count):
            yield tried(mistake, (one, other))


def _mistakes(grader: Grader, count: int) -> list[Mistake]:
    mutants = all_mutants(grader)
    random.Random(0).shuffle(mutants)
    chosen = mutants[: count // 2]
    return [*chosen, *islice(compositions(grader, 0), count - len(chosen))]


def _show(name: str, count: int, found: list[Tried]) -> None:
    diagnosed = sum(result.diagnosis is not None for result in found)
    false = [result for result in found if result.false]
    narrow = [result for result in found if result.narrow and not result.false]
    counts = f"{count:5}  {len(found):5}  {diagnosed:9}  {len(false):5}  {len(narrow):6}"
    print(f"{name}  {counts}", flush=True)
    for result in [*false, *narrow]:
        print(f"  {result.mistake.function}: {result.mistake.change}\n    {result.diagnosis}")
        print(f"    {(result.false or result.narrow)[:300]}")


if __name__ == "__main__":
    main()
