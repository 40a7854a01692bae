"""A report as Classroom 50's `result.json`, schema `classroom50/result/v1`.

The runner tells who and what is graded in environment variables. Scores are whole numbers there;
an assignment with fractions of points is given in hundredths, with the exact points beside them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any, Final

from graders.feedback.language import Words
from graders.reports.json_format import number
from graders.reports.limits import fitted
from graders.reports.sheet import Answer, Sheet, plain_text, report_sheet
from graders.spec import Assignment, Question
from graders.verdicts import Report

SCHEMA: Final = "classroom50/result/v1"
MOST: Final = 1_000_000  # bytes, of 10 MB that are allowed
_FROM_RUNNER: Final = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def result_json(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the result as JSON text that ends with a newline."""
    sheet = report_sheet(report, assignment, words)
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    scale = _scale(assignment)

    def make(longest: int) -> str:
        result = _result(sheet.shortened(longest), scale, report.assignment, now)
        return json.dumps(result, indent=1) + "\n"

    return fitted(make, MOST)


def _scale(assignment: Assignment) -> int:
    """Return what points are multiplied by: the same for every submission of an assignment."""
    points = (part for question in assignment.questions.values() for part in _parts(question))
    return 1 if all(part == int(part) for part in points) else 100


def _parts(question: Question) -> Iterator[float]:
    points = question.points
    yield from points.values() if isinstance(points, dict) else (points,)


def _result(sheet: Sheet, scale: int, assignment: str, now: str) -> dict[str, Any]:
    tests = [_test(answer, sheet, scale) for answer in sheet.questions]
    return {
        "schema": SCHEMA,
        **_identity(assignment),
        "datetime": now,  # the runner puts the time of the submission in its place
        "graded_at": now,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def _identity(assignment: str) -> dict[str, str]:
    """Return what the runner told, with what it would take where it told nothing."""
    given = {key: os.environ.get(name, "") for key, name in _FROM_RUNNER.items()}
    given["assignment"] = given["assignment"] or assignment
    given["assignment_type"] = given["assignment_type"] or "individual"
    given["owner"] = given["owner"] or os.environ.get("USERNAME", "")
    given["review"] = given["review"] or given["commit"]
    return {key: value for key, value in given.items() if value}


def _test(answer: Answer, sheet: Sheet, scale: int) -> dict[str, Any]:
    text = answer.text or (
        "" if answer.verdict == "passed" else plain_text(sheet.breaks, sheet.words)
    )
    most = round(answer.max_points * scale)
    return {
        "test-name": f"q{answer.number} {answer.label}",
        "passed": answer.verdict in ("passed", "fault"),
        "score": min(round(answer.points_reached * scale), most),
        "max-score": most,
        "points": number(answer.points_reached),
        "max-points": number(answer.max_points),
        "output": text,
    }
