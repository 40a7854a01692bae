"""`python grade.py batch hw2 FOLDER`: a class, graded into a gradebook."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TextIO

from graders.cases.reference import Reference
from graders.cases.store import BankStore, default_folder
from graders.errors import UsageError
from graders.feedback.language import Words
from graders.gradebook import private
from graders.gradebook.batch import Batch, Finished, Runs, require_same_assignment, run_batch
from graders.gradebook.executor import Executor, Job
from graders.gradebook.keys import question_keys
from graders.gradebook.results import Results
from graders.gradebook.store import FILE, Gradebook
from graders.gradebook.summary import (
    change_lines,
    counted,
    decision_lines,
    intake_lines,
    summary_lines,
)
from graders.gradebook.worksheets import Filled, fill_canvas, fill_moodle
from graders.grading import ALL, AUTO, CUDA, open_reference
from graders.reports.lines import not_on_cuda
from graders.said import said
from graders.spec import Assignment
from graders.submissions.intake import Intake, collect
from graders.submissions.roster import Student, load_roster
from graders.worker.sources import Gpu

PLAIN_SECONDS: Final = 10.0  # between two lines of progress where there is no terminal


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    results: Path
    jobs: int
    language: str
    roster: Path | None = None
    canvas: Path | None = None
    moodle: Path | None = None
    anonymous: bool = False
    weak_isolation_allowed: bool = False
    cluster: str | None = None
    device: str = AUTO


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def grade_class(assignment: Assignment, path: Path, options: Options) -> None:
    """Grade every submission of a folder or zip file, and write the results."""
    roster = load_roster(options.roster) if options.roster else None
    options = replace(options, device=_device(options))
    reference = open_reference(assignment)
    with tempfile.TemporaryDirectory(prefix="grader-class-") as scratch:
        intake = collect(
            path,
            assignment=assignment.name,
            roster=roster,
            scratch=Path(scratch),
            results=options.results,
        )
        private.make_folder(options.results)
        with Gradebook(options.results / FILE) as book:
            require_same_assignment(assignment, book, options.results)
            _say(intake_lines(intake, options.language), options.results / "intake.txt")
            finished = _grade(assignment, reference, intake, book, options)
            _write(finished.results, intake, options)
    _say(change_lines(finished.changes))
    rows, hints = finished.results.rows, finished.results.hints
    _say(summary_lines(rows, finished.graded, finished.seconds, options.results, hints))


def _device(options: Options) -> str:
    """Return the choice that holds: that a GPU is asked for and not there is said once."""
    chosen = options.device
    if chosen not in (CUDA, ALL):
        return chosen
    if options.cluster is not None:
        raise UsageError(
            said("a cluster grades on the CPU and on the simulated accelerator"),
            hint=said("leave out --cluster, or --device {device}", device=chosen),
        )
    with Gpu() as gpu:
        absent = gpu.absent
    if absent is None:
        return chosen
    _say([not_on_cuda(absent, Words(options.language))])
    return AUTO if chosen == ALL else "cpu"


def _grade(
    assignment: Assignment, reference: Reference, intake: Intake, book: Gradebook, options: Options
) -> Finished:
    banks = default_folder()
    store = BankStore(reference, seed=assignment.seed, folder=banks)
    keys = question_keys(assignment, store, device=options.device)
    batch = Batch(assignment, keys, intake, book, options.results)
    _say([*decision_lines(batch.policy, batch.overrides, assignment)])
    # a reference that has been run holds a module, which cannot be sent to a process
    plain = Reference(reference.path, reference.source)
    job = Job(assignment, plain, banks, options.device)
    with _progress(sys.stderr) as display:
        return run_batch(batch, _executor(job, options), display)


def _executor(job: Job, options: Options) -> Runs:
    if options.cluster is None:
        return Executor(job, options.jobs, options.weak_isolation_allowed)
    from graders.gradebook.cluster import Cluster

    return Cluster(job, options.cluster, options.jobs, options.weak_isolation_allowed)


def _write(results: Results, intake: Intake, options: Options) -> None:
    folder = options.results
    results.write(folder, options.language)
    if options.anonymous:
        results.write_shared(folder)
    students = [entry.student for entry in intake.entries] + [*intake.missing]

    def points(student: Student) -> float | None:
        return results.rows[student.id].points

    if options.canvas is not None:
        assignment = results.assignment
        filled = fill_canvas(
            options.canvas,
            students,
            points,
            assignment=assignment.name,
            max_points=assignment.max_points,
        )
        _write_filled(filled, folder / "canvas.csv", options.canvas)
    if options.moodle is not None:
        filled = fill_moodle(options.moodle, students, points)
        _write_filled(filled, folder / "moodle.csv", options.moodle)


def _write_filled(filled: Filled, target: Path, source: Path) -> None:
    if target.exists() and target.samefile(source):
        raise UsageError(f"{source} would be replaced; move it out of the results folder")
    private.write(target, filled.data)
    grades = counted(filled.filled, "grade")
    _say([f"{target}: {grades} filled in", *(f"  {note}" for note in filled.notes)])


def _say(lines: Iterator[str] | Sequence[str], copy: Path | None = None) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if copy is not None:
        private.write(copy, text)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


# ---------------------------------------------------------------- progress


@contextmanager
def _progress(stream: TextIO) -> Iterator[Callable[[int], Callable[[], None]]]:
    """Give what starts a display of so many submissions, and returns what counts one more."""
    if not stream.isatty():
        yield lambda total: _Plain(stream, total)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:

        def start(total: int) -> Callable[[], None]:
            task = progress.add_task("", total=total, rate="")

            def advance() -> None:
                speed = progress.tasks[task].speed
                rate = f"{speed:.1f} per second" if speed else ""
                progress.update(task, advance=1, rate=rate)

            return advance

        yield start


class _Plain:
    """Says now and then how far it is, in plain lines."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._first = 0.0  # when the first was done: before, processes start
        self._said = time.monotonic()

    def __call__(self) -> None:
        self._done += 1
        now = time.monotonic()
        self._first = self._first or now
        if now - self._said < PLAIN_SECONDS and self._done < self._total:
            return
        self._said = now
        rate = self._done / max(now - self._first, 1.0)
        left = (self._total - self._done) / rate
        print(
            f"{self._done} of {self._total}, {rate:.1f} per second, {left:.0f} s left",
            file=self._stream,
            flush=True,
        )
