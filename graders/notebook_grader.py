"""The process beside a notebook's kernel: it grades one function at a time, and stays warm."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from graders.cases.store import default_folder
from graders.cli import ASSIGNMENTS, assignment_path, known_language
from graders.commands.grade import known_questions, similar_question
from graders.errors import GraderError, UsageError
from graders.feedback.language import Words, default_language, language_like
from graders.feedback.naming import similar_name
from graders.grading import Grader, open_banks
from graders.involved import functions_of
from graders.reports.html import report_fragment
from graders.reports.lines import report_lines
from graders.said import said
from graders.spec import Assignment, load_assignment
from graders.submissions.source import Block, Source
from graders.verdicts import Report
from graders.worker.client import WorkerSource
from graders.worker.sources import worker_source


def main() -> None:
    """Answer requests until their stream ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a reference prints must not reach the answers
    with worker_source() as workers:
        serve(Desk(workers), sys.stdin, answers)


def serve(desk: Desk, requests: TextIO, answers: TextIO) -> None:
    """Answer each line of `requests` with a line."""
    for line in requests:
        request = json.loads(line)
        try:
            answer = desk.answer(request)
        except GraderError as error:
            answer = {"error": _complaint(error, Words(_language(request["language"])))}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _complaint(error: GraderError, words: Words) -> str:
    message = words.again(error.message)
    if error.hint is None:
        return str(message)
    return words("{message} ({hint})", message=message, hint=words.again(error.hint))


def _language(name: str | None) -> str:
    """Return a language for complaints, also about a language that there is not."""
    return language_like(name or "") or default_language()


class Desk:
    """Grades single functions, of any assignment; each is prepared once."""

    def __init__(self, workers: WorkerSource) -> None:
        self._workers = workers
        self._graders: dict[Path, Grader] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the report on one function of a notebook, or first which functions it takes."""
        words = Words(known_language(request["language"]))
        question = request["question"]
        path = _path(request["assignment"], question)
        grader = self._grader(path)
        known_questions(grader.assignment, [question])
        if "cells" not in request:
            return {"functions": functions_of(grader.assignment, question)}
        blocks = tuple(Block(text, number) for number, text in request["cells"])
        report = grader.grade(Source(request["file"], blocks, ()), only=[question])
        return _rendered(report, grader.assignment, words)

    def _grader(self, path: Path) -> Grader:
        if path not in self._graders:
            assignment = load_assignment(path)
            banks = open_banks(assignment, default_folder())
            self._graders[path] = Grader(assignment, banks, self._workers)
        return self._graders[path]


def _path(assignment: str | None, question: str) -> Path:
    """Return the assignment that was named, or the only one that has the question."""
    if assignment is not None:
        return assignment_path(assignment)
    known = {path: load_assignment(path).questions for path in sorted(ASSIGNMENTS.glob("*.yaml"))}
    found = [path for path, questions in known.items() if question in questions]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.stem for path in found)
        raise UsageError(
            said("{names} all have a question {name}", names=names, name=question),
            hint=said(
                "say which one is meant: {command}",
                command=f'check("{question}", assignment="{found[0].stem}")',
            ),
        )
    similar = similar_name(question, [name for questions in known.values() for name in questions])
    raise UsageError(
        said("no assignment has a question {name}", name=question),
        hint=similar_question(similar) if similar else None,
    )


def _rendered(report: Report, assignment: Assignment, words: Words) -> dict[str, Any]:
    lines = report_lines(report, assignment, words)
    return {
        "points": report.points,
        "max_points": report.max_points,
        "verdict": report.verdict,
        "text": "".join(f"{line.text}\n" for line in lines),
        "html": report_fragment(report, assignment, words),
    }
