"""Shows what reports say about every known wrong submission beside what is wrong with it.

Run `python benchmarks/diagnosis.py [hw2 ...]`; it writes one block per file to `diagnosis.txt`, for
a person to judge whether headline and hint name the mistake of the docstring, and prints how many
hints come from whom and how long a diagnosis takes.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

from graders import grading  # noqa: E402
from graders.cases.store import BankStore, default_folder  # noqa: E402
from graders.feedback import diagnosis  # noqa: E402
from graders.feedback.language import Words  # noqa: E402
from graders.feedback.wording import Message, message  # noqa: E402
from graders.reports.lines import hints_of  # noqa: E402
from graders.spec import load_assignment  # noqa: E402
from graders.submissions.source import read_source  # noqa: E402
from graders.verdicts import CheckResult, Finding, Report  # noqa: E402
from graders.worker.sources import worker_source  # noqa: E402

OUTPUT = Path("diagnosis.txt")


@dataclass(frozen=True)
class Row:
    """One wrong submission and what is said about it."""

    path: Path
    mistake: str
    check: CheckResult | None
    said: Message | None
    source: str  # of the hint


def main(names: list[str]) -> None:
    """Grade the wrong submissions of these assignments."""
    times = _timed_diagnoses()
    with worker_source() as workers:
        rows = [row for name in names for row in _rows(name, workers)]
    OUTPUT.write_text("\n".join(map(_block, rows)), encoding="utf-8")
    failed = [row for row in rows if row.check is not None]
    print(f"{len(rows)} wrong submissions, {len(failed)} of them fail here; see {OUTPUT}")
    for source, count in Counter(row.source for row in failed).most_common():
        print(f"{count:5}  {100 * count / len(failed):3.0f} %  {source}")
    if times:
        middle, most = 1000 * median(times), 1000 * max(times)
        print(f"a diagnosis takes {middle:.1f} ms, at most {most:.1f} ms")


def _timed_diagnoses() -> list[float]:
    """Let diagnoses note the CPU time that they take."""
    times: list[float] = []
    diagnose = diagnosis.diagnose

    def timed(*arguments: Any) -> Any:
        started = time.process_time()
        found = diagnose(*arguments)
        times.append(time.process_time() - started)
        return found

    diagnosis.diagnose = timed
    return times


def _rows(name: str, workers: Any) -> Iterator[Row]:
    assignment = load_assignment(REPOSITORY / "assignments" / f"{name}.yaml")
    reference = grading.open_reference(assignment)
    store = BankStore(reference, seed=assignment.seed, folder=default_folder())
    grader = grading.Grader(assignment, store, workers, explain=False)
    for path in sorted((REPOSITORY / "tests" / "corpus" / name).glob("*/chaff_*.py")):
        function = path.parent.name
        report = grader.grade(read_source(path), only=[function])
        hints = hints_of(assignment, function, Words("en"))
        yield _row(path, report, dict(hints))


def _row(path: Path, report: Report, hints: dict[str, str]) -> Row:
    docstring = path.read_text(encoding="utf-8").split('"""')[1]  # some are no Python below it
    mistake = " ".join(docstring.partition("\n\n")[2].split())
    check = next(iter(report.questions[0].failed), None)
    if check is None or check.finding is None:
        return Row(path, mistake, None, None, "passes")
    said = message(check.finding, Words("en"), hints=hints, sources=report.sources)
    source = _source(check.finding, said, hints, report.sources)
    return Row(path, mistake, check, said, source)


def _source(finding: Finding, said: Message, hints: dict[str, str], sources: Any) -> str:
    """Return whose hint a message shows."""
    without = replace(finding, diagnosis=None)
    about_check = message(without, Words("en"), hints=hints, sources=sources).hint
    match (said.hint, said.hint == about_check, said.hint in hints.values()):
        case (None, _, _):
            return "headline alone"
        case (_, True, True):
            return "author, on the check"
        case (_, True, False):
            return "ours, on the check"
        case (_, False, True):
            return "author, on the diagnosis"
    return "weak diagnosis" if finding.diagnosis and finding.diagnosis.weak else "diagnosis"


def _block(row: Row) -> str:
    place = row.path.relative_to(REPOSITORY / "tests" / "corpus").with_suffix("")
    lines = [str(place), f"  wrong:    {row.mistake}"]
    if row.said is None:
        return "\n".join([*lines, "  (passes the checks that are made here)", ""])
    facts = "; ".join(f"{fact.label} {fact.text}".strip() for fact in row.said.facts[:4])
    lines += [f"  headline: {row.said.headline}", f"  facts:    {facts}"]
    return "\n".join([*lines, f"  hint:     {row.said.hint}  [{row.source}]", ""])


if __name__ == "__main__":
    main(sys.argv[1:] or [f"hw{number}" for number in range(1, 6)])
