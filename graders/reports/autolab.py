"""A report as what an Autolab autograder prints: text, and the scores in the last line."""

from __future__ import annotations

import json
from typing import Final

from graders.feedback.language import Words
from graders.reports.json_format import number
from graders.reports.limits import fitted
from graders.reports.sheet import Answer, Sheet, plain_text, report_sheet
from graders.spec import Assignment
from graders.verdicts import Report

MOST: Final = 1_000_000  # bytes; Tango keeps 1,024,000 of what a job prints, unless set otherwise


def autolab_output(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the text that students see, and below it the line that Autolab reads.

    The lab's problems must have the names of the questions.
    """
    sheet = report_sheet(report, assignment, words)
    scores = {answer.function: number(answer.points_reached) for answer in sheet.questions}
    last = json.dumps({"scores": scores})
    return fitted(lambda longest: f"{_text(sheet.shortened(longest))}\n{last}\n", MOST)


def _text(sheet: Sheet) -> str:
    parts = [sheet.title, plain_text((message for message, _ in sheet.problems), sheet.words)]
    parts += [_question(answer) for answer in sheet.questions]
    return "\n\n".join(filter(None, [*parts, sheet.total]))


def _question(answer: Answer) -> str:
    return "\n\n".join(
        filter(None, [f"q{answer.number} {answer.label}: {answer.points}", answer.text])
    )
