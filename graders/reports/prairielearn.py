"""A report as PrairieLearn's `/grade/results/results.json`."""

from __future__ import annotations

import json
from typing import Any, Final

from graders.feedback.language import Words
from graders.reports.json_format import number
from graders.reports.limits import fitted
from graders.reports.sheet import Answer, Sheet, plain_text, report_sheet
from graders.spec import Assignment
from graders.verdicts import REFUSED, Report

MOST: Final = 900_000  # bytes; PrairieLearn drops results of more than 1 MB


def results_json(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the results as JSON text that ends with a newline."""
    sheet = report_sheet(report, assignment, words)
    make = _refusal if any(each.kind == REFUSED for each in report.problems) else _results
    return fitted(lambda longest: json.dumps(make(sheet.shortened(longest)), indent=1) + "\n", MOST)


def _refusal(sheet: Sheet) -> dict[str, Any]:
    """Return that there is nothing to grade, which costs the student no attempt."""
    return {
        "gradable": False,
        "score": 0,
        "format_errors": [plain_text([message], sheet.words) for message in sheet.breaks],
    }


def _results(sheet: Sheet) -> dict[str, Any]:
    return {
        "gradable": True,
        "score": min(1.0, round(sheet.points / sheet.max_points, 6)),
        "output": plain_text((message for message, _ in sheet.problems), sheet.words),
        "tests": [_test(answer) for answer in sheet.questions],
    }


def _test(answer: Answer) -> dict[str, Any]:
    return {
        "name": f"q{answer.number} {answer.label}",
        "points": number(answer.points_reached),
        "max_points": number(answer.max_points),
        "output": answer.text,
    }
