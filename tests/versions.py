"""Grade the corpus with another Python, such as one with another PyTorch; list what differs.

    python tests/versions.py --python OTHER/bin/python [hw2 ...]

The other Python needs the packages that the grader needs, but not the grader. Both run this
checkout, each with cases of its own; it ends with status 1 where a verdict differs. What is wrong
only on another device is not compared where one of them has no simulated accelerator.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

NOT_CHECKED = "not checked"
ALL = ("hw1", "hw2", "hw3", "hw4", "hw5")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", type=Path, metavar="PATH", help="the other Python")
    parser.add_argument("--verdicts", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("assignments", nargs="*", metavar="hw2", help="default: all")
    options = parser.parse_args()
    names = options.assignments or [*ALL]
    if options.verdicts is not None:
        options.verdicts.write_text(json.dumps(verdicts(names)), encoding="utf-8")
        return 0
    if options.python is None:
        parser.error("--python names the other Python")
    here, there = verdicts_of(Path(sys.executable), names), verdicts_of(options.python, names)
    both = {name: (verdict, there["files"][name]) for name, verdict in here["files"].items()}
    compared = {name: pair for name, pair in both.items() if NOT_CHECKED not in pair}
    differing = [name for name, (one, other) in compared.items() if one != other]
    print(f"torch {here['torch']} and torch {there['torch']}: {len(compared)} programs compared")
    for name in differing:
        print(f"  {name}: {both[name][0]}, there {both[name][1]}")
    print(f"{len(differing)} verdicts differ, {len(both) - len(compared)} are not known")
    return 1 if differing else 0


def verdicts_of(python: Path, names: list[str]) -> dict[str, dict[str, str]]:
    """Run this script in a Python and return what it found."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "verdicts.json"
        subprocess.run([python, "-B", __file__, "--verdicts", file, *names], check=True)
        return json.loads(file.read_text(encoding="utf-8"))


def verdicts(names: list[str]) -> dict[str, object]:
    """Grade each program of the corpus; return the check that it fails first, or `passed`."""
    import torch
    from corpus_files import corpus

    from graders.cases.store import BankStore
    from graders.grading import Grader, open_reference
    from graders.spec import load_assignment
    from graders.submissions.source import read_source
    from graders.worker.sources import worker_source

    found = {}
    with worker_source() as workers:
        for name in names:
            assignment = load_assignment(TESTS.parent / "assignments" / f"{name}.yaml")
            store = BankStore(open_reference(assignment), seed=assignment.seed, folder=None)
            grader = Grader(assignment, store, workers, explain=False)
            for file in corpus(name):
                [result] = grader.grade(read_source(file.path), only=[file.function]).questions
                failed = [check.check for check in result.failed]
                found[file.id] = result.fault or (failed or [result.verdict])[0]
                if file.needs_device and any(check.unsupported for check in result.checks):
                    found[file.id] = NOT_CHECKED
    return {"torch": torch.__version__, "files": found}


if __name__ == "__main__":
    sys.exit(main())
