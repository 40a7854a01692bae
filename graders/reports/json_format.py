"""A report as one JSON object; see docs/json.md for every field."""

from __future__ import annotations

import json
from typing import Any, Final

from graders.feedback.language import Words
from graders.reports.lines import check_message
from graders.reports.sheet import skipped_because
from graders.spec import Assignment
from graders.verdicts import CheckResult, Cuda, QuestionResult, Report

SCHEMA: Final = 1


def report_json(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the report as JSON text that ends with a newline."""
    data = report_data(report, assignment, words)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def report_data(report: Report, assignment: Assignment, words: Words) -> dict[str, Any]:
    """Return the report as the object that becomes JSON."""
    return {
        "schema": SCHEMA,
        "assignment": report.assignment,
        "submission": report.submission,
        "points": number(report.points),
        "max_points": number(report.max_points),
        "verdict": report.verdict,
        "isolation": report.isolation,
        "cuda": cuda_data(report.cuda),
        "public_checks_only": assignment.sealed is not None,
        "questions": [_question(result, report, assignment, words) for result in report.questions],
    }


def cuda_data(cuda: Cuda) -> dict[str, Any]:
    """Return on which GPU calls were repeated, and how confined, or why on none."""
    if cuda.absent is not None:
        return {"skipped": cuda.absent}
    return {"gpu": cuda.gpu, "isolation": cuda.isolation, "tf32": False}


def number(points: float) -> float:
    """Return points as JSON shows them: whole where they are."""
    return int(points) if points == int(points) else round(points, 6)


def _question(
    result: QuestionResult, report: Report, assignment: Assignment, words: Words
) -> dict[str, Any]:
    found = {
        "function": result.function,
        "points": number(result.points),
        "max_points": number(result.max_points),
        "verdict": result.verdict,
        "seconds": round(result.seconds, 3),
        "checks": [_check(check, report, assignment, words) for check in result.checks],
    }
    if result.hidden:
        found["hidden"] = True
    if result.fault is not None:
        found["fault"] = result.fault
    return found


def _check(
    check: CheckResult, report: Report, assignment: Assignment, words: Words
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "check": check.check,
        "device": check.device,
        "verdict": check.verdict,
        "cases": check.cases,
        "failing": check.failing,
    }
    if check.hidden:
        found["hidden"] = True
    if check.finding is not None:
        said = check_message(check.finding, report, assignment, words)
        found |= {
            "headline": said.headline,
            "call": "\n".join(said.call),
            "expected": said.expected,
            "returned": said.returned,
            "hint": said.hint,
        }
    elif check.needs is not None:
        found["needs"] = check.needs
    elif check.verdict == "skipped":
        found["reason"] = skipped_because(check, words)
    return found
