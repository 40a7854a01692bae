"""Which of a student's functions take part when a question is graded."""

from __future__ import annotations

import re

from graders.spec import Assignment


def functions_of(assignment: Assignment, question: str) -> list[str]:
    """Return the question's function, then those that its properties may call as well."""
    if not assignment.questions[question].properties:
        return [question]
    try:
        text = assignment.properties_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # grading says what is wrong with it
        return [question]
    named = set(re.findall(r"\w+", text))
    return [question, *(name for name in assignment.questions if name in named - {question})]
