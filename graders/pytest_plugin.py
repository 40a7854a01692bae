"""`pytest --grade hw2 --submission hw2.py`: every check of every question is a test.

Student code is not imported by pytest: its tests ask a grader, which is opened for the first one.
Without `--grade` nothing but this module is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from graders.grading import Grader
    from graders.reports.sheet import Answer, Sheet
    from graders.spec import Assignment, Question


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("grade", "grading of PyTorch exercises")
    group.addoption("--grade", metavar="ASSIGNMENT", help="Make tests of an assignment's checks.")
    group.addoption("--submission", metavar="FILE", help="What --grade grades, such as hw2.py.")


def pytest_configure(config: pytest.Config) -> None:
    """Collect checks instead of test files, where that is asked for."""
    name, given = config.getoption("grade"), config.getoption("submission")
    if name is None:
        if given is not None:
            raise pytest.UsageError("--submission says what --grade ASSIGNMENT grades")
        return
    from graders.cli import assignment_path
    from graders.commands.grade import submission_path
    from graders.errors import GraderError
    from graders.spec import load_assignment

    try:
        path = assignment_path(name)
        assignment = load_assignment(path)
        file = submission_path(assignment, given)
    except GraderError as error:
        raise pytest.UsageError(*filter(None, [error.message, error.hint])) from None
    config.pluginmanager.register(_Grading(path, assignment, file), "grading")


class _Grading:
    """What happens where `--grade` is given."""

    def __init__(self, path: Path, assignment: Assignment, file: Path) -> None:
        self.assignment = assignment
        self.file = file
        self._path = path
        self._open = ExitStack()
        self._grader: Grader | None = None
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, function: str) -> Sheet:
        """Return what is told about one question, which is graded when this is asked first."""
        if function not in self._sheets:
            self._sheets[function] = self._graded(function)
        return self._sheets[function]

    def _graded(self, function: str) -> Sheet:
        from graders.commands.grade import Wanted, opened
        from graders.errors import SubmissionError
        from graders.feedback.language import Words, default_language
        from graders.reports.sheet import report_sheet
        from graders.submissions.source import read_source
        from graders.verdicts import refused

        if self._grader is None:
            wanted = Wanted(self._path, device="accelerator")
            self._grader = self._open.enter_context(opened(wanted))
        assignment = self.assignment
        try:
            report = self._grader.grade(read_source(self.file), only=[function])
        except SubmissionError as error:
            points = {function: float(assignment.questions[function].max_points)}
            report = refused(assignment.name, self.file.name, points, error.message, error.hint)
        return report_sheet(report, assignment, Words(default_language()))

    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> pytest.CollectReport | None:
        """Collect the submission, not what stands in folders: that may be the student's."""
        if not isinstance(collector, pytest.Session):
            return None
        submission = _Submission.from_parent(collector, path=self.file.absolute())
        submission.grading = self
        return pytest.CollectReport(collector.nodeid, "passed", None, [submission])

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave the items that were named, as in `hw2.py::corner`."""
        named = [arg.partition("::")[2] for arg in config.args if "::" in arg]
        if named:
            left = [item for item in items if not _is_named(item, named)]
            config.hook.pytest_deselected(items=left)
            items[:] = [item for item in items if _is_named(item, named)]

    def pytest_unconfigure(self) -> None:
        """End the grader's processes."""
        self._open.close()


def _is_named(item: pytest.Item, named: list[str]) -> bool:
    own = item.nodeid.partition("::")[2]
    return any(own == name or own.startswith(f"{name}::") for name in named)


class _Submission(pytest.File):
    """The submission: a collector of questions."""

    grading: _Grading

    def collect(self) -> Iterator[_Question]:
        for name, question in self.grading.assignment.questions.items():
            collector: _Question = _Question.from_parent(self, name=name)
            collector.question = question
            collector.grading = self.grading
            yield collector


class _Question(pytest.Collector):
    """A question: a collector of checks, which are known without grading."""

    parent: _Submission
    question: Question
    grading: _Grading

    def collect(self) -> Iterator[_Check]:
        for check in _checks(self.question):
            item: _Check = _Check.from_parent(self, name=re.sub(r"\W+", "_", check).strip("_"))
            item.check = check
            if self.config.pluginmanager.hasplugin("xdist"):  # for --dist loadgroup
                item.add_marker(pytest.mark.xdist_group(self.parent.name))
            yield item


def _checks(question: Question) -> Iterator[str]:
    """Yield the names of all checks that may be made."""
    yield "loads"
    yield from question.active_checks
    if question.forbid:
        yield "forbidden"
    if question.constant_operations_in:
        yield "constant operations"
    yield from (f"device ({name})" for name in question.devices if name == "accelerator")
    yield from (f"property {name.replace('_', ' ')}" for name in question.properties)


class _Check(pytest.Item):
    """One check: it fails with our message, is skipped with our reason; a fault is an error."""

    check: str
    parent: _Question

    @property
    def _sheet(self) -> Sheet:
        return self.parent.grading.sheet(self.parent.name)

    @property
    def _answer(self) -> Answer:
        return self._sheet.questions[0]

    def setup(self) -> None:
        from graders.errors import GraderError

        try:
            answer = self._answer
        except GraderError as error:
            pytest.fail(error.message, pytrace=False)
        if answer.fault:
            pytest.fail(answer.text, pytrace=False)

    def runtest(self) -> None:
        from graders.reports.sheet import plain_text

        checked = next((c for c in self._answer.checks if c.name == self.check), None)
        if checked is None:
            self._unchecked()
        elif checked.verdict == "skipped":
            pytest.skip(checked.reason)
        elif checked.message is not None:
            raise _Said(plain_text([checked.message], self._sheet.words))

    def _unchecked(self) -> None:
        """End a check about which the report says nothing."""
        from graders.reports.sheet import plain_text

        sheet, answer = self._sheet, self._answer
        broken = plain_text(sheet.breaks, sheet.words)
        if self.check == "loads":
            if not answer.checks and answer.verdict == "failed":
                raise _Said(broken)
        elif answer.verdict == "failed" and not answer.checks:
            pytest.skip(sheet.words("Checked once the function is there."))
        else:
            pytest.skip(answer.words("skipped"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what pytest shows: our words without a traceback."""
        if isinstance(excinfo.value, _Said):
            return _Shown(str(excinfo.value))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the heading of a failure."""
        return self.path, None, f"{self.parent.name}: {self.check}"


class _Said(Exception):
    """Carries words for a reader."""


class _Shown:
    """A text that pytest shows as it is, with its first line in the summary."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.reprcrash = SimpleNamespace(message=text.partition("\n")[0])

    def __str__(self) -> str:
        return self.text

    def toterminal(self, writer: Any) -> None:
        """Write the text to a terminal."""
        for line in self.text.splitlines():
            writer.line(line)
