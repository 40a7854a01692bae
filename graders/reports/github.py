"""A report for GitHub Actions: a log with annotations, and the summary of a step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from graders.checks import mismatch as m
from graders.feedback.language import Words
from graders.reports.limits import clean, fitted, shortened
from graders.reports.lines import report_lines
from graders.reports.markdown import sheet_markdown
from graders.reports.sheet import Answer, Sheet, plain_text, report_sheet
from graders.spec import Assignment
from graders.verdicts import QuestionResult, Report

MOST_ANNOTATIONS: Final = 9  # of 10 errors that a step may have: one is its exit status
LONGEST_MESSAGE: Final = 2000  # characters; the runner cuts after 4096 UTF-16 units
LONGEST_TITLE: Final = 200  # of 255
MOST: Final = 1_000_000  # bytes of a summary; GitHub drops one of more than 1 MiB
"""Limits of the runner, and of the API for checks that it uses."""


def github_log(report: Report, assignment: Assignment, words: Words, path: str = "") -> str:
    """Return the text of the report, and below it the annotations; `path` is the submission's."""
    shown = report.for_students()
    lines = [line.text for line in report_lines(shown, assignment, words)]
    lines += workflow_commands(report, assignment, words, path or report.submission)
    return "\n".join(lines) + "\n"


def step_summary(report: Report, assignment: Assignment, words: Words, taken: int = 0) -> str:
    """Return Markdown to append to the file `$GITHUB_STEP_SUMMARY`, which has `taken` bytes."""
    sheet = report_sheet(report, assignment, words)
    text = fitted(lambda longest: sheet_markdown(sheet.shortened(longest)), MOST - taken)
    return text if len(text.encode()) <= MOST - taken else ""


def workflow_commands(
    report: Report, assignment: Assignment, words: Words, path: str
) -> Iterator[str]:
    """Yield workflow commands, as many as GitHub shows: one for each thing that is wrong."""
    sheet = report_sheet(report, assignment, words)
    errors = [*_of_file(report, sheet, path), *_of_questions(report, sheet, path)]
    for place, title, text in errors[:MOST_ANNOTATIONS]:
        yield _command("error", {**place, "title": title}, text, words)
    for answer in sheet.questions:
        if answer.fault:
            yield _command("warning", {"title": _title(answer)}, answer.text, words)
        left = len(errors) - MOST_ANNOTATIONS
    more = words.count("{n} more message", "{n} more messages", left) if left > 0 else ""
    yield _command(
        "notice", {"title": sheet.title}, "\n".join(filter(None, [sheet.total, more])), words
    )


def _of_file(report: Report, sheet: Sheet, path: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    breaking = [problem for problem in report.problems if problem.breaks]
    for problem, said in zip(breaking, sheet.breaks, strict=True):
        yield _place(problem.file, problem.line, path), sheet.title, plain_text([said], sheet.words)


def _of_questions(
    report: Report, sheet: Sheet, path: str
) -> Iterator[tuple[dict[str, Any], str, str]]:
    for result, answer in zip(report.for_students().questions, sheet.questions, strict=True):
        if answer.messages:
            file, line = _where(result, report.sources)
            place = _place(file or report.submission, line, path)
            yield place, _title(answer), plain_text(answer.messages, sheet.words)


def _title(answer: Answer) -> str:
    return f"q{answer.number} {answer.label}: {answer.points}"


def _where(result: QuestionResult, sources: Mapping[str, str]) -> tuple[str, int]:
    """Return the file and line that a question's first failure is about."""
    finding = next((check.finding for check in result.failed if check.finding), None)
    mismatch = finding.mismatch if finding else None
    match mismatch:
        case m.Raised(error) if error.file and error.line:
            return error.file, error.line
        case m.Forbidden(file=str(file), line=line):
            return file, line
    return _definition(result.function, sources)


def _definition(function: str, sources: Mapping[str, str]) -> tuple[str, int]:
    """Return where a function is defined, the last time."""
    pattern = re.compile(rf"^[ \t]*(?:async[ \t]+)?def[ \t]+{re.escape(function)}\b", re.MULTILINE)
    for file, text in reversed([*sources.items()]):
        found = [*pattern.finditer(text)]
        if found:
            return file, text.count("\n", 0, found[-1].start()) + 1
    return "", 0


def _place(file: str, line: int, path: str) -> dict[str, Any]:
    """Return where an annotation stands; lines of a notebook's cell are not those of its file."""
    if not line or " cell " in file or file != Path(path).name:
        return {"file": path}
    return {"file": path, "line": line}


def _command(name: str, properties: Mapping[str, Any], text: str, words: Words) -> str:
    said = shortened(clean(text), LONGEST_MESSAGE - 50, words)
    given = {key: shortened(clean(str(v)), LONGEST_TITLE, words) for key, v in properties.items()}
    pairs = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in given.items())
    return f"::{name} {pairs}::{_escaped(said)}"


def _escaped(text: str, more: str = "") -> str:
    """Escape as GitHub's runner unescapes: percent first, so that no text can hold an escape."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def workspace_path(path: Path) -> str:
    """Return a path as annotations name it: from the top of the repository."""
    top = os.environ.get("GITHUB_WORKSPACE") or "."
    return Path(os.path.relpath(path, top)).as_posix()
