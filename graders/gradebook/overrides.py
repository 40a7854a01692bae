"""Points that a person gave by hand: `overrides.csv` in the folder of the results."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import UsageError
from graders.feedback.naming import similar_name

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


def read_overrides(folder: Path, questions: Collection[str]) -> dict[str, dict[str, Override]]:
    """Return the decisions by student and question; raises UsageError that names the line."""
    path = folder / FILE
    found: dict[str, dict[str, Override]] = {}
    for line, row in _rows(path):
        each = _override(row, [*questions, TOTAL, DAYS_LATE], f"{path}, line {line}")
        if each.question in found.setdefault(each.student, {}):
            raise UsageError(f"{path}, line {line}: {each.question} is decided twice")
        found[each.student][each.question] = each
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if [*(reader.fieldnames or ())] != [*COLUMNS]:
                raise UsageError(f"{path}: expected the columns {', '.join(COLUMNS)}")
            for row in reader:
                yield reader.line_num, {name: row.get(name) or "" for name in COLUMNS}
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def _override(row: dict[str, str], questions: list[str], place: str) -> Override:
    question = row["question"].strip() or TOTAL
    if question not in questions:
        similar = similar_name(question, questions)
        hint = f"there is a question with a similar name: {similar}" if similar else None
        raise UsageError(f"{place}: no question is called {question}", hint=hint)
    if not row["reason"].strip():
        raise UsageError(f"{place}: a reason is missing")
    try:
        points = float(row["points"])
    except ValueError:
        points = float("nan")
    if not 0 <= points < float("inf"):
        raise UsageError(f"{place}: found {row['points']!r}; expected points from 0 on")
    if question == DAYS_LATE and points % 1:
        raise UsageError(
            f"{place}: found {row['points']!r}; expected whole days, as a begun one counts"
        )
    return Override(row["student"].strip(), question, points, row["reason"].strip())
