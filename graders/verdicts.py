"""What grading concludes: data that every report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

from graders.checks.comparison import Expectation
from graders.checks.mismatch import Error, Mismatch
from graders.checks.mistake import Diagnosis
from graders.said import said
from graders.worker.client import Tree

Verdict: TypeAlias = Literal["passed", "failed", "skipped", "fault"]
REFUSED: Final = "refused"  # the kind of problem with a submission that cannot be opened
Steadiness: TypeAlias = Literal["steady", "random", "history"]


@dataclass(frozen=True)
class Finding:
    """What a check found: the simplest call that shows it, and facts about all failing cases."""

    function: str
    mismatch: Mismatch
    arguments: Mapping[str, Any] | None = None  # of the call; None where there was none
    expectation: Expectation | None = None
    steadiness: Steadiness = "steady"
    reference_seconds: float | None = None
    printed: str = ""
    hidden: bool = False
    device: str = "cpu"
    diagnosis: Diagnosis | None = None  # what explains all failing cases


@dataclass(frozen=True)
class Fingerprint:
    """What tells a mistake from those of other submissions."""

    way: str  # the same where the same cases fail in the same way
    answers: str = ""  # the same where the wrong answers are so bit for bit; empty without any


@dataclass(frozen=True)
class CheckResult:
    """What one check concluded on one device."""

    check: str
    device: str
    verdict: Verdict
    cases: int = 0
    failing: int = 0
    finding: Finding | None = None
    needs: str | None = None  # a skipped check: the one that must pass first
    unsupported: str | None = None  # a skipped device: the operation that it does not have
    unchecked: str | None = None  # a skipped device: why nothing could be found out there
    fingerprint: Fingerprint | None = None  # of a failed check that compares cases
    hidden: bool = False  # whether students are told nothing about it


@dataclass(frozen=True)
class QuestionResult:
    """One question's verdicts and points."""

    function: str
    points: float
    max_points: float
    verdict: Verdict
    seconds: float
    checks: tuple[CheckResult, ...] = ()
    fault: str | None = None
    hidden: bool = False  # whether students are told nothing about it but the points

    @property
    def cases(self) -> int:
        """How many calls were compared."""
        return max((check.cases for check in self.checks), default=0)

    @property
    def failed(self) -> list[CheckResult]:
        """The checks that failed, in their order."""
        return [check for check in self.checks if check.verdict == "failed"]


@dataclass(frozen=True)
class LoadProblem:
    """Something that went wrong while the submission's code ran, or was left out of it."""

    kind: str
    file: str
    line: int
    source: str = ""
    error: Error | None = None
    detail: str = ""
    hint: str | None = None

    @property
    def breaks(self) -> bool:
        """Whether it is more than a note."""
        return self.error is not None or self.kind == REFUSED

    @property
    def unreadable(self) -> bool:
        """Whether it leaves nothing of its file to grade."""
        return self.kind in (REFUSED, "syntax")


@dataclass(frozen=True)
class Cuda:
    """The GPU on which calls were repeated, or why there was none."""

    gpu: str = ""
    isolation: str = ""  # how much student code was kept from there
    absent: str | None = said("it was not asked for")
    asked: bool = False  # whether somebody wants to know


@dataclass(frozen=True)
class Report:
    """One submission's verdicts and points."""

    assignment: str
    submission: str
    questions: tuple[QuestionResult, ...]
    problems: tuple[LoadProblem, ...] = ()  # first those that cost points
    sources: Mapping[str, str] = field(default_factory=dict)  # file name to text
    isolation: str = "none"
    trees: Mapping[str, Tree] = field(default_factory=dict)  # by function, where they were wanted
    cuda: Cuda = field(default_factory=Cuda)

    @property
    def not_on_cuda(self) -> str | None:
        """Why something was not checked on CUDA that should have been."""
        if self.cuda.absent is not None:
            return self.cuda.absent if self.cuda.asked else None
        checks = (check for question in self.questions for check in question.checks)
        return next((check.unchecked for check in checks if check.unchecked is not None), None)

    @property
    def on_cuda(self) -> bool:
        """Whether student code ran where it may use a GPU."""
        return any(
            check.device == "cuda" and check.unchecked is None
            for question in self.questions
            for check in question.checks
        )

    @property
    def points(self) -> float:
        """The points that were reached."""
        return sum(question.points for question in self.questions)

    @property
    def max_points(self) -> float:
        """The points that can be reached."""
        return sum(question.max_points for question in self.questions)

    @property
    def verdict(self) -> Verdict:
        """Passed only when every question is; a fault counts more than a failure."""
        order: tuple[Verdict, ...] = ("fault", "failed", "skipped", "passed")
        return min((question.verdict for question in self.questions), key=order.index)

    def for_students(self) -> Report:
        """Return the report without what students are told nothing about; the points stay."""
        return replace(self, questions=tuple(map(_for_students, self.questions)))


def refused(
    assignment: str,
    submission: str,
    max_points: Mapping[str, float],
    message: str,
    hint: str | None,
) -> Report:
    """Return the report on a submission that cannot be opened: no points, and why."""
    questions = (QuestionResult(n, 0.0, most, "failed", 0.0) for n, most in max_points.items())
    problem = LoadProblem(REFUSED, submission, 0, detail=message, hint=hint)
    return Report(assignment, submission, tuple(questions), (problem,))


def _for_students(result: QuestionResult) -> QuestionResult:
    seen = () if result.hidden else tuple(check for check in result.checks if not check.hidden)
    return replace(result, checks=seen)
