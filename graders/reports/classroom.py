"""A report as the input of `classroom-resources/autograding-grading-reporter`, in base64.

That action reads `status`, `max_score` and each test's `name`, `status`, `score`, `message`,
`line_no` and `test_code`. It needs at least one test, a number as every `score` and 0 as `line_no`.
"""

from __future__ import annotations

import base64
import json
from math import ceil
from typing import Any, Final

from graders.feedback.language import Words
from graders.reports.json_format import number
from graders.reports.limits import fitted
from graders.reports.sheet import Answer, Sheet, plain_text, report_sheet
from graders.spec import Assignment
from graders.verdicts import Report

MOST: Final = 120_000  # bytes; Linux hands no variable of 131,072 bytes to a program
_STATUS: Final = {"passed": "pass", "failed": "fail", "skipped": "fail", "fault": "error"}


def classroom_result(report: Report, assignment: Assignment, words: Words) -> str:
    """Return one line of base64 that ends with a newline."""
    sheet = report_sheet(report, assignment, words)

    def make(longest: int) -> str:
        text = json.dumps(_result(sheet.shortened(longest), report), separators=(",", ":"))
        return base64.b64encode(text.encode()).decode("ascii") + "\n"

    return fitted(make, MOST)


def _result(sheet: Sheet, report: Report) -> dict[str, Any]:
    most = max(1, ceil(sheet.max_points))  # the action takes no fraction, and full marks stay full
    scale = most / sheet.max_points
    tests = [_test(answer, sheet, scale) for answer in sheet.questions]
    return {"version": 1, "status": _STATUS[report.verdict], "max_score": most, "tests": tests}


def _test(answer: Answer, sheet: Sheet, scale: float) -> dict[str, Any]:
    text = answer.text or ("" if answer.verdict == "passed" else _of_file(sheet))
    return {
        "name": f"q{answer.number} {answer.label}",
        "status": _STATUS[answer.verdict],
        "score": number(answer.points_reached * scale),
        "message": text or None,
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": round(1000 * answer.seconds, 1),
    }


def _of_file(sheet: Sheet) -> str:
    """Return what is wrong with the file as a whole."""
    return plain_text(sheet.breaks, sheet.words)
