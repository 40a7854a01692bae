"""A report as Gradescope's `/autograder/results/results.json`, also while grading goes on.

Gradescope shows a failure of the autograder where the file is missing when its time is over. So it
is written before anything else, and again after each question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from graders.feedback.language import Words
from graders.reports.json_format import number
from graders.reports.limits import fitted
from graders.reports.markdown import messages_markdown, question_markdown
from graders.reports.sheet import Answer, Sheet, report_sheet
from graders.spec import Assignment
from graders.verdicts import Report

MOST: Final = 1_000_000  # bytes; no limit is published


def first_json(words: Words) -> str:
    """Return what to write before anything runs."""
    return _text({"score": 0.0, "output": _unfinished(words), **_SETTINGS})


def results_json(
    report: Report,
    assignment: Assignment,
    words: Words,
    *,
    waiting: Mapping[str, float] | None = None,
    leaderboard: bool = False,
) -> str:
    """Return the results; `waiting` has the points of questions that are not graded yet."""
    sheet = report_sheet(report, assignment, words)

    def make(longest: int) -> str:
        results = _results(sheet.shortened(longest), assignment, waiting or {})
        if leaderboard:
            results["leaderboard"] = _leaderboard(sheet)
        return _text(results)

    return fitted(make, MOST)


_SETTINGS: Final = {
    "output_format": "md",
    "test_output_format": "md",
    "test_name_format": "text",
    "stdout_visibility": "hidden",
}


def _text(results: Mapping[str, Any]) -> str:
    return json.dumps(results, indent=1) + "\n"


def _results(sheet: Sheet, assignment: Assignment, waiting: Mapping[str, float]) -> dict[str, Any]:
    output = "\n".join([messages_markdown(sheet), *([_unfinished(sheet.words)] if waiting else [])])
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    tests = [_test(answer) for answer in sheet.questions]
    tests += [_waiting(numbers[n], n, most, sheet.words) for n, most in waiting.items()]
    return {
        "score": number(sheet.points),
        "execution_time": round(sum(answer.seconds for answer in sheet.questions)),
        "output": output.strip(),
        **_SETTINGS,
        "tests": tests,
    }


def _test(answer: Answer) -> dict[str, Any]:
    return {
        "number": str(answer.number),
        "name": answer.function,
        "score": number(answer.points_reached),
        "max_score": number(answer.max_points),
        "status": "failed" if answer.verdict in ("failed", "skipped") else "passed",
        "output": question_markdown(answer),
        "visibility": "hidden" if answer.hidden else "visible",
    }


def _waiting(place: int, function: str, most: float, words: Words) -> dict[str, Any]:
    return {
        "number": str(place),
        "name": function,
        "score": 0,
        "max_score": number(most),
        "status": "failed",
        "output": words("not graded"),
        "visibility": "visible",
    }


def _unfinished(words: Words) -> str:
    return words(
        "Grading has not come to its end. If this stays so, the grader was stopped before it was "
        "done: submit again, and tell the course staff if that does not help."
    )


def _leaderboard(sheet: Sheet) -> list[dict[str, Any]]:
    seconds = round(sum(answer.seconds for answer in sheet.questions), 3)
    return [
        {"name": sheet.words("points"), "value": number(sheet.points), "order": "desc"},
        {"name": sheet.words("seconds"), "value": seconds, "order": "asc"},
    ]
