"""Puts together what public checks of a question concluded and what hidden ones did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graders.spec import Question
from graders.verdicts import CheckResult, QuestionResult


def with_skipped(public: QuestionResult, question: Question) -> QuestionResult:
    """Add hidden checks that were not made, because a public one failed first."""
    needs = public.failed[0].check
    skipped = [
        CheckResult(check, "cpu", "skipped", needs=needs, hidden=True)
        for check in question.hidden_checks
    ]
    return _concluded(public, [*public.checks, *skipped], question)


def with_hidden(public: QuestionResult, full: QuestionResult, question: Question) -> QuestionResult:
    """Add hidden checks that were made, in a second run of all checks."""
    hidden = {*question.hidden_checks}
    marked = [replace(check, hidden=check.check in hidden) for check in full.checks]
    if all(check.hidden for check in marked if check.verdict == "failed"):
        # a hidden check that failed says nothing about the public ones after it
        marked = [*public.checks, *(check for check in marked if check.hidden)]
    return _concluded(full, marked, question)


def _concluded(
    result: QuestionResult, checks: Iterable[CheckResult], question: Question
) -> QuestionResult:
    checks = tuple(checks)
    failed = any(check.verdict == "failed" for check in checks)
    return replace(
        result,
        checks=checks,
        verdict="failed" if failed else "passed",
        points=points_of(question, checks) if failed else question.max_points,
        max_points=question.max_points,
    )


def points_of(question: Question, results: Iterable[CheckResult]) -> float:
    """Return the points of a failed question: none, unless the author split them over checks."""
    if not isinstance(question.points, dict):
        return 0.0
    lost = {r.check for r in results if r.verdict == "failed" or r.needs is not None}
    return float(sum(points for check, points in question.points.items() if check not in lost))
