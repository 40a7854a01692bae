"""Grades a class into a gradebook: the whole flow on one screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graders.errors import SubmissionError, UsageError
from graders.feedback.naming import similar_name
from graders.gradebook.executor import Broken, Graded, Outcome, Task, Unreadable
from graders.gradebook.hints import read_hints
from graders.gradebook.keys import QuestionKey, content_key
from graders.gradebook.overrides import read_overrides
from graders.gradebook.policy import Policy, read_policy
from graders.gradebook.results import Results
from graders.gradebook.rows import (
    Row,
    RowVerdict,
    graded_row,
    questions_elsewhere,
    ungraded_row,
    why_changed,
)
from graders.gradebook.sheets import refusal_data
from graders.gradebook.store import Change, Gradebook
from graders.spec import Assignment
from graders.submissions.intake import Entry, Intake


class Runs(Protocol):
    """Grades tasks, wherever that happens."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task."""


@dataclass(frozen=True)
class Finished:
    """What a batch came to."""

    results: Results
    changes: list[Change]
    graded: int
    seconds: float


@dataclass
class Batch:
    """One run over a class."""

    assignment: Assignment
    keys: Mapping[str, QuestionKey]
    intake: Intake
    book: Gradebook
    folder: Path

    def __post_init__(self) -> None:
        self.policy = read_policy(self.folder)
        self.overrides = read_overrides(self.folder, self.assignment.questions)
        self.hints = read_hints(self.folder, self.book.clusters())
        self._require_known_students()
        self._versions = next(iter(self.keys.values())).versions
        self._contents: dict[str, str] = {}  # by student
        self._unopened: dict[str, Mapping[str, str]] = {}  # reasons by student and language
        self._broken: dict[str, str] = {}  # reasons by content
        for entry in self.intake.entries:
            try:
                if entry.refusal:
                    raise SubmissionError(entry.refusal)
                self._contents[entry.student.id] = content_key(entry.submission)
            except SubmissionError as error:
                path = entry.submission
                self._unopened[entry.student.id] = refusal_data(error, path, path.name)

    def tasks(self) -> list[Task]:
        """Return what has to be graded: each text once, and only the questions that are missing."""
        tasks: dict[str, Task] = {}
        for entry in self.intake.entries:
            content = self._contents.get(entry.student.id)
            if content is not None and content not in tasks:
                missing = self.book.missing(content, self.keys)
                if missing and self.book.refused(content, self._versions) is None:
                    tasks[content] = Task(content, entry.submission, tuple(missing))
        return [*tasks.values()]

    def grade(self, executor: Runs, tasks: list[Task], progress: Callable[[], None]) -> None:
        """Run the tasks and keep each result as soon as it is known."""
        for outcome in executor.run(tasks):
            match outcome:
                case Graded(task, questions, load):
                    self.book.keep(task.content, self.keys, questions, load)
                case Unreadable(task, said):
                    self.book.refuse(task.content, self._versions, said)
                case Broken(task, reason):
                    self._broken[task.content] = reason
            progress()

    def settle(self) -> tuple[dict[str, Row], list[Change]]:
        """Work out every student's row, and what changed since the last finished run."""
        rows = {entry.student.id: self._row(entry) for entry in self.intake.entries}
        for student in self.intake.missing:
            overrides = self.overrides.get(student.id, {})
            rows[student.id] = ungraded_row(
                student, "missing", {}, max_points=self.assignment.max_points, overrides=overrides
            )
        rows = dict(sorted(rows.items()))
        changes = [*self._changes(rows)]
        self.book.settle({student: row.data() for student, row in rows.items()}, changes)
        return rows, changes

    def _row(self, entry: Entry) -> Row:
        overrides = self.overrides.get(entry.student.id, {})
        content = self._contents.get(entry.student.id, "")
        load = self.book.load(content, self._versions)
        ungraded = self._why_ungraded(entry, content, load)
        if ungraded is not None:
            return ungraded_row(
                entry.student,
                *ungraded,
                max_points=self.assignment.max_points,
                overrides=overrides,
                entry=entry,
            )
        return graded_row(
            entry,
            content,
            self.book.results(content, self.keys),
            load.get("mistake", {}),
            keys={name: key.question for name, key in self.keys.items()},
            versions=self._versions,
            policy=self.policy or Policy(),
            overrides=overrides,
        )

    def _why_ungraded(
        self, entry: Entry, content: str, load: Mapping[str, Any]
    ) -> tuple[RowVerdict, Mapping[str, str]] | None:
        """Return the verdict and reason, by language, of a submission without results."""
        if content in self._broken:
            return "fault", {"en": self._broken[content]}
        refused = self._unopened.get(entry.student.id) or load.get("refused")
        return ("failed", refused) if refused is not None else None

    def _changes(self, rows: Mapping[str, Row]) -> Iterator[Change]:
        for student, data in self.book.grades():
            before, after = Row.of(data), rows.get(student)
            if after is None:
                yield Change(student, before.points, None, "no longer in the class")
            elif (why := why_changed(before, after)) is not None:
                yield Change(student, before.points, after.points, why)

    def _require_known_students(self) -> None:
        known = {each.student.id for each in self.intake.entries}
        known |= {student.id for student in self.intake.missing}
        for student, decided in self.overrides.items():
            if student not in known:
                place = next(iter(decided.values())).place
                similar = similar_name(student, sorted(known))
                raise UsageError(
                    f"{place}: no student of this class has the id {student}",
                    hint=f"there is a student with a similar id: {similar}" if similar else None,
                )


def require_same_assignment(assignment: Assignment, book: Gradebook, folder: Path) -> None:
    """Raise UsageError where a folder holds the results of another assignment."""
    rows = (Row.of(data) for _, data in book.grades())
    if others := questions_elsewhere(rows, assignment.questions):
        raise UsageError(
            f"{folder} holds the results of another assignment, with the questions {others}",
            hint="name another folder with -o",
        )


def run_batch(
    batch: Batch, executor: Runs, display: Callable[[int], Callable[[], None]]
) -> Finished:
    """Grade what is missing and work out the rows; every submission has one afterwards."""
    start = time.monotonic()
    tasks = batch.tasks()
    batch.grade(executor, tasks, display(len(tasks)))
    rows, changes = batch.settle()
    entries = {entry.student.id: entry for entry in batch.intake.entries}
    results = Results(batch.assignment, batch.book, batch.keys, rows, entries, batch.hints)
    return Finished(results, changes, len(tasks), time.monotonic() - start)
