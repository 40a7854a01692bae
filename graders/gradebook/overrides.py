"""Points that a person gave by hand: `overrides.csv` in the folder of the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError, UsageError
from graders.feedback.naming import similar_name
from graders.submissions.tables import headings_shown, read_rows

FILE: Final = "overrides.csv"
COLUMNS: Final = ("student", "question", "points", "reason")
TOTAL: Final = "total"
DAYS_LATE: Final = "days late"


@dataclass(frozen=True)
class Override:
    """One decision about one student."""

    student: str
    question: str  # a question's name, "total" or "days late"
    points: float
    reason: str
    place: str = ""  # file and line


Overrides = Mapping[str, Mapping[str, Override]]
"""Decisions by student and question."""


def read_overrides(folder: Path, questions: Mapping[str, object]) -> Overrides:
    """Return the decisions; raises UsageError that names the line."""
    path = folder / FILE
    found: dict[str, dict[str, Override]] = {}
    if not path.exists():
        return found
    try:
        for place, row in _rows(path):
            each = _override(row, [*questions, TOTAL, DAYS_LATE], place)
            if each.question in found.setdefault(each.student, {}):
                raise UsageError(f"{place}: {each.question} is decided twice")
            found[each.student][each.question] = each
    except SubmissionError as error:
        raise UsageError(error.message, hint=error.hint) from error
    return found


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    rows = read_rows(path)
    _, headings = next(rows, (1, []))
    if [heading.strip() for heading in headings] != [*COLUMNS]:
        raise UsageError(
            f"{path}: expected the columns {', '.join(COLUMNS)}; found {headings_shown(headings)}"
        )
    for line, row in rows:
        place = f"{path}, line {line}"
        if len(row) > len(COLUMNS):
            raise UsageError(
                f"{place}: {len(row)} fields, but the heading has {len(COLUMNS)}",
                hint="put a field that holds a comma into quotes",
            )
        cells = [cell.strip() for cell in row] + [""] * (len(COLUMNS) - len(row))
        yield place, dict(zip(COLUMNS, cells, strict=True))


def _override(row: dict[str, str], questions: list[str], place: str) -> Override:
    question = row["question"] or TOTAL
    if question not in questions:
        similar = similar_name(question, questions)
        hint = f"there is a question with a similar name: {similar}" if similar else None
        raise UsageError(f"{place}: no question is called {question}", hint=hint)
    if not row["reason"]:
        raise UsageError(f"{place}: a reason is missing")
    try:
        points = float(row["points"].replace(",", "."))
    except ValueError:
        points = float("nan")
    if not 0 <= points < float("inf"):
        raise UsageError(f"{place}: found {row['points']!r}; expected points from 0 on")
    if question == DAYS_LATE and points % 1:
        raise UsageError(
            f"{place}: found {row['points']!r}; expected whole days, as a begun one counts"
        )
    return Override(row["student"], question, points, row["reason"], place)
