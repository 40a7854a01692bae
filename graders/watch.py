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
            screen.complain("")
            if latest != source:
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

    def grade(self, source: Source, progress: Callable[[str], None] = lambda _: None) -> Round:
        """Return the report on a version of the file."""
        code = _parsed(source)
        if code is None and self._kept:
            return self._unreadable(source)
        reached = {name: self._reach(name, source, code or []) for name in self.questions}
        results = {name: self._still(name, *reached[name]) for name in self.questions}
        stale = [name for name, result in results.items() if result is None or code is None]
        graded = stale or [self.questions[0]]  # one, to hear what loading the file says
        report = self.grader.grade(source, only=graded, progress=progress)
        fresh = {result.function: result for result in report.questions}
        merged = tuple(fresh.get(name) or _given(results[name]) for name in self.questions)
        self._kept = {
            result.function: _Kept(result, *reached[result.function])
            for result in merged
            if code is not None and _may_be_kept(result)
        }
        return Round(replace(report, questions=merged), tuple(stale))

    def _unreadable(self, source: Source) -> Round:
        """Return what makes the file unreadable, beside the results from before."""
        report = self.grader.grade(source, only=[self.questions[0]])
        fresh = {result.function: result for result in report.questions}
        kept = {name: kept.result for name, kept in self._kept.items()}
        merged = tuple((kept | fresh)[name] for name in self.questions if name in kept | fresh)
        return Round(replace(report, questions=merged), (), unreadable=True)

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
    try:
        code = statements([block.text for block in source.blocks])
        for each in code:
            _ = each.meaning
    except UNREADABLE:
        return None
    return code


def _may_be_kept(result: QuestionResult) -> bool:
    loads = any(check.check == "loads" for check in result.failed)
    return result.verdict in ("passed", "failed") and not loads


def _given(result: QuestionResult | None) -> QuestionResult:
    assert result is not None
    return result


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
            inner: dict[str, Any] = {each.name: getattr(found, each.name) for each in fields(found)}
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
        self._explained: frozenset[str] = frozenset()  # questions whose messages are shown
        self._complaint = ""

    def show(self, graded: Round) -> None:
        """Show all questions, and the messages of those that were graded."""
        self._explained = frozenset(graded.graded) or self._explained
        if graded.unreadable:
            self._explained = frozenset()
        if self._stream.isatty():
            click.clear()
        report = graded.report
        short = [result if self._shows(result) else _short(result) for result in report.questions]
        show_report(
            replace(report, questions=tuple(short)), self._assignment, self._words, self._stream
        )
        self._stream.flush()
        if graded.unreadable:
            self.say(self._words("The results are those from before this change."))
        elif graded.graded:
            names = ", ".join(graded.graded)
            self.say(self._words("graded: {names}", names=names))
        else:
            self.say(self._words("No function has changed."))

    def _shows(self, result: QuestionResult) -> bool:
        return result.function in self._explained

    def complain(self, message: str) -> None:
        """Say what keeps the file from being read, once."""
        if message and message != self._complaint:
            self.say(message)
        self._complaint = message

    def say(self, text: str) -> None:
        """Say something beside the report."""
        click.echo(text, err=True)


def _short(result: QuestionResult) -> QuestionResult:
    """Leave out the messages of a question that was not graded again."""
    return result if result.verdict == "passed" else replace(result, checks=(), fault=None)
