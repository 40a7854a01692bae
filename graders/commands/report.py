"""`python grade.py report hw2`: what a class has understood, as a page or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from graders.errors import UsageError
from graders.feedback.language import Words
from graders.gradebook import private
from graders.gradebook.hints import read_hints
from graders.gradebook.overview import Overview, overview_data
from graders.gradebook.overview_page import Look, full_label, overview_page
from graders.gradebook.rows import Row
from graders.gradebook.store import FILE, Gradebook
from graders.spec import Assignment


def write_report(
    assignment: Assignment,
    folder: Path,
    words: Words,
    *,
    output: Path | None,
    form: str,
    anonymous: bool,
) -> None:
    """Write the report on the class that was graded into a results folder; say where it is."""
    if not (folder / FILE).is_file():
        raise UsageError(
            f"{folder} holds no results of a class",
            hint=f"grade one first: python grade.py batch {assignment.name} FOLDER",
        )
    page = output or folder / ("shared" if anonymous else "") / f"report.{form}"
    look = _look(folder, page, words, anonymous)
    with Gradebook(folder / FILE) as book:
        overview = Overview.of(assignment, book, words.language, look.label)
        hints = read_hints(folder, book.clusters())
    if form == "json":
        text = json.dumps(overview_data(overview, look.label), indent=1) + "\n"
    else:
        text = overview_page(overview, look, hints)
    private.write(page, text)
    print(page)


def _look(folder: Path, page: Path, words: Words, anonymous: bool) -> Look:
    if not anonymous:
        return Look(words, full_label, folder / "feedback" / "html", page)
    pseudonyms = private.Pseudonyms(folder)

    def label(row: Row) -> str:
        return pseudonyms.of(row.student)

    return Look(words, label, None, page)
