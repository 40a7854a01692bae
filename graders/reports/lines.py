"""A report as plain lines of at most 78 columns, each with a style: what terminals and files show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graders.feedback.language import Words
from graders.feedback.wide import pad_left, pad_right, wrap
from graders.feedback.wording import Fact, Message, message
from graders.spec import Assignment
from graders.verdicts import CheckResult, LoadProblem, QuestionResult, Report

WIDTH: Final = 78
INDENT: Final = "      "


@dataclass(frozen=True)
class Line:
    """One line and what it is: "good", "bad", "title", "code", "hint" or plain."""

    text: str
    style: str = ""


def report_lines(report: Report, assignment: Assignment, words: Words) -> Iterator[Line]:
    """Yield the lines of a report."""
    yield Line(f"{report.assignment}  {assignment.title.in_language(words.language)}", "title")
    yield Line("")
    yield from _problem_lines(report, words)
    width = max(len(result.function) for result in report.questions)
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    for result in report.questions:
        yield from _question_lines(
            result, report, assignment, words, numbers[result.function], width
        )
    yield Line("")
    total = words(
        "{points} of {max_points} points",
        points=points_shown(report.points),
        max_points=points_shown(report.max_points),
    )
    yield Line(pad_left(total, WIDTH), "title")


def points_shown(points: float) -> str:
    """Return points without a needless fraction."""
    return f"{points:g}" if points == int(points) else f"{points:.2f}".rstrip("0")


def _question_lines(
    result: QuestionResult,
    report: Report,
    assignment: Assignment,
    words: Words,
    number: int,
    width: int,
) -> Iterator[Line]:
    cases = words.count("{n} case", "{n} cases", result.cases) if result.verdict == "passed" else ""
    points = words(
        "{points} of {max_points} points",
        points=points_shown(result.points),
        max_points=points_shown(result.max_points),
    )
    left = f"q{number}".ljust(5) + result.function.ljust(width)
    right = pad_right(pad_left(points, 18), 20) + pad_left(cases, 10)
    style = {"passed": "good", "failed": "bad", "fault": "fault"}.get(result.verdict, "")
    yield Line((pad_right(left, WIDTH - 30) + right).rstrip(), style)
    if result.verdict == "passed":
        return
    yield Line("")
    if result.fault is not None:
        yield from _fault_lines(result, report, words)
    hints = hints_of(assignment, result.function, words)
    for check in result.failed:
        if not (check.check == "loads" and _is_unreadable(report)):
            yield from _check_lines(check, report, words, hints)


def hints_of(assignment: Assignment, function: str, words: Words) -> Mapping[str, str]:
    """Return the author's hints for a question in the reader's language."""
    hints = assignment.questions[function].hints
    return {key: text.in_language(words.language) for key, text in hints.items()}


def _fault_lines(result: QuestionResult, report: Report, words: Words) -> Iterator[Line]:
    said = words("This question could not be graded: {fault}", fault=result.fault)
    fault = words(
        "This is a fault in the assignment, not in {file}, and costs no points.",
        file=report.submission,
    )
    tell = words(
        "Please tell the course staff: {assignment} {function}",
        assignment=report.assignment,
        function=result.function,
    )
    for text in (said, fault, tell):
        yield from _wrapped(text, "  ")
    yield Line("")


def _check_lines(
    check: CheckResult, report: Report, words: Words, hints: Mapping[str, str]
) -> Iterator[Line]:
    assert check.finding is not None
    said = message(check.finding, words, hints=hints, sources=report.sources)
    yield from message_lines(said, words)


def message_lines(said: Message, words: Words) -> Iterator[Line]:
    """Yield the lines of one message: headline, call, facts, hint."""
    yield from _wrapped(said.headline, "  ")
    yield Line("")
    if said.call:
        for code in said.call:
            yield from (Line(INDENT + part, "code") for part in _wrapped_code(code))
        yield Line("")
    if said.facts:
        yield from _fact_lines(said.facts)
        yield Line("")
    if said.hint:
        label = words("hint: ")
        yield from _wrapped(said.hint, "  " + label, style="hint")
        yield Line("")


def _wrapped(text: str, indent: str, *, style: str = "") -> Iterator[Line]:
    for part in wrap(text, WIDTH, indent):
        yield Line(part, style)


def _wrapped_code(code: str) -> list[str]:
    """Break a long line of code where Python allows it: after a comma inside brackets."""
    parts = textwrap.wrap(
        code,
        WIDTH - len(INDENT),
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return parts or [""]


def _fact_lines(facts: tuple[Fact, ...]) -> Iterator[Line]:
    from graders.feedback.wide import width_of

    widest = max(width_of(fact.label) for fact in facts)
    last = ""
    for fact in facts:
        if fact.label:
            label = "" if fact.label == last else fact.label
            yield from _wrapped(fact.text, INDENT + pad_right(label, widest) + "  ")
        else:
            yield from _wrapped(fact.text, INDENT)
        last = fact.label


# ---------------------------------------------------------------- what concerns the whole file


def _is_unreadable(report: Report) -> bool:
    """Whether the file as a whole could not be read: said once, not per question."""
    return any(
        problem.kind == "syntax" and problem.file == report.submission
        for problem in report.problems
    )


def _problem_lines(report: Report, words: Words) -> Iterator[Line]:
    shown = False
    for problem in report.problems:
        for line in problem_lines(problem, report, words):
            shown = True
            yield line
    if shown:
        yield Line("")


def problem_lines(problem: LoadProblem, report: Report, words: Words) -> Iterator[Line]:
    """Yield the lines about something that happened while the code was loaded."""
    place = _place(problem, report, words)
    if problem.error is None:
        yield from _wrapped(_note(problem, place, words), "  " + words("note: "))
        return
    if problem.kind == "syntax":
        headline = words("{place} cannot be read as Python.", place=problem.file)
    else:
        headline = words(
            "{place} stops with {error}.", place=problem.file, error=problem.error.name
        )
    yield from _wrapped(headline, "  ", style="bad")
    yield Line("")
    said = f"{problem.error.name}: {problem.error.text}".strip()
    label = words("line {line}", line=problem.line)
    facts = [Fact(problem.source, label)] if problem.line else []
    yield from _fact_lines((*facts, Fact(said, words("error"))))
    yield Line("")


def _place(problem: LoadProblem, report: Report, words: Words) -> str:
    return words("{file}, line {line}", file=problem.file, line=problem.line)


def _note(problem: LoadProblem, place: str, words: Words) -> str:
    match problem.kind:
        case "redefined":
            return words(
                "{place}: `{name}` is defined more than once; the last one is graded.",
                place=place,
                name=problem.detail,
            )
        case "text direction":
            return words("{place}: a character changes the direction of the text.", place=place)
    return words("{place}: left out: {text}", place=place, text=problem.detail.strip())
