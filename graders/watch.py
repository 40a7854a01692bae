"""Grades a student's file whenever it is saved: only what the change can have touched.

This process parses the file to see what changed. It is the student's own file, on the student's
own machine, and no grade is recorded: code that could harm a parser harms only its author. Where
other people's code is graded, only workers parse it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias, TypeVar

import click
from watchfiles import watch as wait_for_changes

from graders.checks import mismatch as m
from graders.errors import SubmissionError
from graders.feedback.language import Words
from graders.grading import Grader
from graders.involved import functions_of
from graders.reports.lines import in_brief
from graders.reports.terminal import progress_display, show_report
from graders.session import file_name
from graders.submissions.source import Source, read_source
from graders.submissions.statements import UNREADABLE, Statement, reached_by, statements
from graders.verdicts import CheckResult, QuestionResult, Report

PATIENCE: Final = 0.5  # seconds that an editor may take between removing a file and writing it
STEP: Final = 20  # milliseconds of silence after which a change counts as complete
LOOK: Final = 1000  # milliseconds between two looks where the system reports no changes

Place: TypeAlias = tuple[str, int]
"""A file, or a cell of a notebook, and a line."""

T = TypeVar("T")


def watch(path: Path, grader: Grader, words: Words, *, only: Sequence[str]) -> None:
    """Grade a file now and whenever it changes, until the user stops it."""
    screen = _Screen(grader, words, sys.stdout)
    regrader = Regrader(grader, only or list(grader.assignment.questions))
    source = read_source(path)
    try:
        with progress_display(len(regrader.questions), sys.stderr) as progress:
            screen.show(regrader.grade(source, progress))
        _prepare()
        screen.say(words("{file} is watched; Ctrl-C ends this.", file=source.name))
        for changed in _versions(path, source, screen):
            screen.show(regrader.grade(changed))
    except KeyboardInterrupt:
        screen.say("")


def _prepare() -> None:
    """Import what explaining a mistake takes while the first report is read, not later."""
    import graders.feedback.counterexample  # noqa: F401


def _versions(path: Path, source: Source, screen: _Screen) -> Iterator[Source]:
    """Yield the file's content whenever it is another one; events only say when to look."""
    while True:
        try:
            latest = _read_patiently(path)
        except SubmissionError as error:
            screen.complain(error.message)
        else:
            if latest != source or screen.complaint:
                screen.complain("")
                source = latest
                yield source
                continue
        _wait(path)


def _read_patiently(path: Path) -> Source:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return read_source(path)
        except SubmissionError:
            if time.monotonic() > deadline:
                raise
        time.sleep(PATIENCE / 10)


def _wait(path: Path) -> None:
    """Return after a change of the file, or when it is time to look at it anyway."""
    events = wait_for_changes(
        path.absolute().parent,  # editors replace files, so the folder is what can be watched
        watch_filter=lambda _, name: Path(name).name == path.name,
        step=STEP,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        recursive=False,
    )
    next(events, None)


# ---------------------------------------------------------------- what a change has touched


@dataclass(frozen=True)
class Round:
    """A report on the whole file, and the questions that were graded for it."""

    report: Report
    graded: tuple[str, ...]
    unreadable: bool = False  # the file is no Python now: the results are those from before


@dataclass(frozen=True)
class _Kept:
    """A result, and the code that it follows from."""

    result: QuestionResult
    meaning: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass
class Regrader:
    """Grades a file again and again, and keeps the results that a change cannot have touched."""

    grader: Grader
    questions: Sequence[str]
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _last: Report | None = None

    def grade(self, source: Source, progress: Callable[[str], None] = lambda _: None) -> Round:
        """Return the report on a version of the file."""
        code = _parsed(source)
        if code is None and self._last is not None:
            report = self.grader.grade(source, only=[self.questions[0]])
            if any(problem.kind == "syntax" for problem in report.problems):
                return Round(replace(report, questions=self._last.questions), (), unreadable=True)
        reached = {name: self._reach(name, source, code or []) for name in self.questions}
        still = {name: self._still(name, *reached[name]) for name in self.questions}
        stale = [name for name, result in still.items() if result is None or code is None]
        graded = stale or [self.questions[0]]  # one, to hear what loading the file says
        report = self.grader.grade(source, only=graded, progress=progress)
        results = still | {result.function: result for result in report.questions}
        merged = tuple(result for result in results.values() if result is not None)
        self._last = replace(report, questions=merged)
        self._kept = {
            result.function: _Kept(result, *reached[result.function])
            for result in merged
            if not any(check.check == "loads" for check in result.failed)
        }
        return Round(self._last, tuple(stale))

    def _reach(
        self, name: str, source: Source, code: Sequence[Statement]
    ) -> tuple[tuple[str, ...], tuple[Place, ...]]:
        """Return the meaning of what a question depends on, and where its parts stand."""
        reached = reached_by(functions_of(self.grader.assignment, name), code)
        files = [file_name(source, block.cell) for block in source.blocks]
        places = [(files[each.block], line) for each in reached for line in each.places]
        return tuple(each.meaning for each in reached), tuple(places)

    def _still(
        self, name: str, meaning: tuple[str, ...], places: tuple[Place, ...]
    ) -> QuestionResult | None:
        """Return the result from before if it still holds, its lines where they are now."""
        kept = self._kept.get(name)
        if kept is None or kept.meaning != meaning:
            return None
        try:
            return _moved(kept.result, dict(zip(kept.places, places, strict=True)))
        except LookupError:
            return None


def _parsed(source: Source) -> list[Statement] | None:
    """Return the statements, or None for a file that is no Python; of a notebook, a cell may be."""
    texts = [block.text for block in source.blocks]
    if source.blocks[0].cell is not None:
        texts = [text if _is_readable(text) else "" for text in texts]
    return statements(texts) if all(map(_is_readable, texts)) else None


def _is_readable(text: str) -> bool:
    try:
        return all(statement.meaning for statement in statements([text]))
    except UNREADABLE:
        return False


# ---------------------------------------------------------------- lines that have moved


def _moved(result: QuestionResult, moves: Mapping[Place, Place]) -> QuestionResult:
    """Return a result whose findings point to the new lines; raises LookupError for a lost one."""
    return replace(result, checks=tuple(_moved_check(check, moves) for check in result.checks))


def _moved_check(check: CheckResult, moves: Mapping[Place, Place]) -> CheckResult:
    if check.finding is None:
        return check
    mismatch = _relocated(check.finding.mismatch, moves)
    return replace(check, finding=replace(check.finding, mismatch=mismatch))


def _relocated(found: T, moves: Mapping[Place, Place]) -> T:
    match found:
        case m.Error(file=str(file), line=line) | m.Forbidden(file=str(file), line=line):
            file, line = moves[file, line]
            return replace(found, file=file, line=line)
        case m.Mismatch():
            names = [each.name for each in fields(found) if each.name != "expected"]
            inner: dict[str, Any] = {name: getattr(found, name) for name in names}
            parts = {k: v for k, v in inner.items() if isinstance(v, m.Error | m.Mismatch)}
            return replace(found, **{name: _relocated(v, moves) for name, v in parts.items()})
    return found


# ---------------------------------------------------------------- what is shown


class _Screen:
    """Shows reports, one over the other on a terminal and one after the other elsewhere."""

    def __init__(self, grader: Grader, words: Words, stream: TextIO) -> None:
        self._assignment = grader.assignment
        self._words = words
        self._stream = stream
        self._explained: frozenset[str] = frozenset()  # questions whose messages are on show
        self.complaint = ""  # what keeps the file from being read

    def show(self, graded: Round) -> None:
        """Show all questions, and the messages of those that were graded."""
        words = self._words
        self._explained = frozenset(graded.graded) or self._explained
        report = graded.report if not graded.unreadable else self._brief(graded.report, frozenset())
        if self._stream.isatty():
            click.clear()
        show_report(self._brief(report, self._explained), self._assignment, words, self._stream)
        self._stream.flush()
        if graded.unreadable:
            self.say(words("The results are those from before this change."))
        elif not graded.graded:
            self.say(words("No function has changed."))
        elif len(graded.graded) < len(report.questions):
            self.say(words("graded: {names}", names=", ".join(graded.graded)))

    def _brief(self, report: Report, explained: frozenset[str]) -> Report:
        """Leave out the messages of all questions but some."""
        short = (
            result
            if result.function in explained
            or in_brief(result, report, self._assignment, self._words)
            else replace(result, checks=(), fault=None)
            for result in report.questions
        )
        return replace(report, questions=tuple(short))

    def complain(self, message: str) -> None:
        """Say what keeps the file from being read, once."""
        if message and message != self.complaint:
            self.say(self._words.again(message))
        self.complaint = message

    def say(self, text: str) -> None:
        """Say something beside the report."""
        click.echo(text, err=True)
