"""Writes what comes out of a batch: grades.csv, results.jsonl and a feedback file for each student.

Names are hidden in nothing but what is meant to be shared.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from graders.feedback.language import Words, language_like
from graders.gradebook import private
from graders.gradebook.hints import hinted_load, with_hints
from graders.gradebook.keys import QuestionKey
from graders.gradebook.overrides import DAYS_LATE, TOTAL
from graders.gradebook.rows import Row, shown
from graders.gradebook.sheets import sheet
from graders.gradebook.store import Gradebook
from graders.reports.markdown import sheet_markdown
from graders.reports.sheet import sheet_page
from graders.spec import Assignment
from graders.spec.text import Text
from graders.submissions.intake import Entry

HEADINGS: Final = (
    *("student", "name", "points", "max_points", "raw_points", "days_late", "deducted"),
    *("verdict", "submission", "submitted_at", "reason", "decided_by_hand"),
)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Results:
    """Everything that one run concluded."""

    assignment: Assignment
    book: Gradebook
    keys: Mapping[str, QuestionKey]
    rows: Mapping[str, Row]
    entries: Mapping[str, Entry]
    hints: Mapping[str, Text] = field(default_factory=dict)  # by cluster of mistakes

    def write(self, folder: Path, language: str) -> None:
        """Write all files, each with its student's name."""
        self._write_tables(folder, self.rows.values())
        written: set[Path] = set()
        for student, entry in self.entries.items():
            row = self.rows[student]
            if row.content or row.verdict == "failed":
                written |= self._write_feedback(folder / "feedback", entry, row, language)
        _remove_others(folder / "feedback", written)

    def write_shared(self, folder: Path) -> None:
        """Write the tables without anything that says who is who."""
        pseudonyms = private.Pseudonyms(folder)
        hidden = [_hidden(row, pseudonyms.of(student)) for student, row in self.rows.items()]
        self._write_tables(folder / "shared", sorted(hidden, key=lambda row: row.student))

    def _write_tables(self, folder: Path, rows: Any) -> None:
        rows = list(rows)
        private.write(folder / "grades.csv", grades_csv(rows, [*self.assignment.questions]))
        private.write_parts(folder / "results.jsonl", self._json_lines(rows))

    def _json_lines(self, rows: Sequence[Row]) -> Iterator[str]:
        for row in rows:
            data = row.data() | {"assignment": self.assignment.name}
            found = self.book.results(row.content, self.keys) if row.content else {}
            data["checks"] = {name: each["checks"] for name, each in found.items()}
            yield json.dumps(data) + "\n"

    def _write_feedback(self, folder: Path, entry: Entry, row: Row, language: str) -> set[Path]:
        known = entry.student.language
        words = Words(language_like(known) or language)
        version = next(iter(self.keys.values())).versions
        found = with_hints(self.book.results(row.content, self.keys), self.hints)
        load = hinted_load(self.book.load(row.content, version), self.hints)
        page = sheet(
            self.assignment,
            {name: data | {"points": row.questions[name]} for name, data in found.items()},
            {"submission": row.submission, **load},
            words,
            points=row.points or 0.0,
            notes=[*_notes(row, words)],
        )
        html = folder / "html" / f"{row.feedback}.html"
        markdown = folder / "markdown" / f"{row.feedback}.md"
        private.write(html, sheet_page(page))
        private.write(markdown, sheet_markdown(page))
        return {html, markdown}


def _remove_others(folder: Path, written: Set[Path]) -> None:
    """Remove what earlier runs said of submissions that count no longer: it is not to be sent."""
    for pattern in ("html/**/*.html", "markdown/**/*.md"):
        for path in folder.glob(pattern):
            if path not in written:
                path.unlink(missing_ok=True)


def grades_csv(rows: Sequence[Row], questions: Sequence[str]) -> str:
    """Return the table of grades; what a spreadsheet would run as a formula is text in it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*HEADINGS, *questions])
    for row in rows:
        late = "unknown" if row.days_late is None else str(row.days_late)
        by_hand = "; ".join(f"{name}: {why}" for name, why in row.overrides.items())
        cells = [row.student, row.name, _blank(row.points), shown(row.max_points)]
        cells += [_blank(row.raw), late, shown(row.deducted), row.verdict, row.submission]
        cells += [row.submitted_at, row.reason, by_hand]
        cells += [_blank(row.questions.get(name)) for name in questions]
        writer.writerow([_harmless(cell) for cell in cells])
    return stream.getvalue()


def _notes(row: Row, words: Words) -> Iterator[str]:
    if not row.content:
        yield row.said.get(words.language, row.reason)
    if row.days_late:
        late = words.count("{n} day late", "{n} days late", row.days_late)
        raw, deducted = shown(row.raw), shown(row.deducted)
        yield words("{late}: {raw} points less {deducted}.", late=late, raw=raw, deducted=deducted)
    others = {TOTAL: words("points"), DAYS_LATE: words("days late")}
    for name, reason in row.overrides.items():
        what = others.get(name, name)
        yield words("Decided by hand ({what}): {reason}", what=what, reason=reason)


def _hidden(row: Row, pseudonym: str) -> Row:
    blank: dict[str, Any] = dict.fromkeys(
        ("name", "submission", "feedback", "content", "reason"), ""
    )
    return replace(row, student=pseudonym, overrides={}, said={}, **blank)


def _blank(points: float | None) -> str:
    return "" if points is None else shown(points)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
