"""A report as lines of at most 78 columns, each with a style: what terminals and files show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from graders.feedback.exceptions import exception_hint
from graders.feedback.harmless import harmless
from graders.feedback.language import MessageId, Words
from graders.feedback.wide import pad_left, pad_right, width_of, wrap
from graders.feedback.wording import Fact, Message, cut, file_shown, message
from graders.spec import Assignment, Question
from graders.verdicts import REFUSED, Finding, LoadProblem, QuestionResult, Report, Verdict

WIDTH: Final = 78
INDENT: Final = "      "
_UP_TO_COMMA: Final = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^,"'])*(?:, *|$)""")


@dataclass(frozen=True)
class Line:
    """One line and what it is: "good", "bad", "title", "code", "hint" or plain."""

    text: str
    style: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", harmless(self.text))


def report_lines(report: Report, assignment: Assignment, words: Words) -> Iterator[Line]:
    """Yield the lines of a report."""
    blank = False
    for line in _all_lines(report, assignment, words):
        if line.text or not blank:
            yield line
        blank = not line.text


def _all_lines(report: Report, assignment: Assignment, words: Words) -> Iterator[Line]:
    yield Line(f"{report.assignment}  {assignment.title.in_language(words.language)}", "title")
    yield Line("")
    yield from _problem_lines(report, words)
    width = max(width_of(result.function) for result in report.questions)
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    for result in report.questions:
        yield from _question_lines(
            result, report, assignment, words, numbers[result.function], width
        )
    yield Line("")
    yield Line(pad_left(total_of(report, assignment, words), WIDTH), "title")
    for note in device_notes(report, words):
        yield from _wrapped(note, "  " + words("note: "))
    if assignment.sealed is not None:
        yield from _wrapped(more_counts(words), "  " + words("note: "))


def device_notes(report: Report, words: Words) -> Iterator[str]:
    """Yield what is said once about CUDA: where calls were made, and why some were not."""
    if report.on_cuda:
        yield words(
            "Calls were repeated on a GPU ({name}), without TF32; code that runs there is confined"
            " less.",
            name=report.cuda.gpu,
        )
    if report.not_on_cuda is not None:
        yield not_on_cuda(report.not_on_cuda, words)


def not_on_cuda(reason: str, words: Words) -> str:
    """Return that nothing was found out about CUDA."""
    return words("Not checked on CUDA: {reason}.", reason=words.again(reason))


def total_of(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the points of a report in words."""
    points = points_of(report.points, report.max_points, words)
    passed = report.verdict == "passed"
    return public_points(points, words, passed=passed) if assignment.sealed is not None else points


def public_points(points: str, words: Words, *, passed: bool) -> str:
    """Return points in words that promise no more than a release can."""
    if passed:
        return words("public checks passed: {points}", points=points)
    return words("public checks: {points}", points=points)


def more_counts(words: Words) -> str:
    """Return what a student has to know about the grade that a release gives."""
    return words("Other cases and further checks may count in the course.")


def points_of(points: float, max_points: float, words: Words) -> str:
    """Return the points that were reached, of those that can be, in words."""
    return words.count(
        "{points} of {max_points} point",
        "{points} of {max_points} points",
        1 if max_points == 1 else 2,
        points=points_shown(points),
        max_points=points_shown(max_points),
    )


def verdict_said(verdict: Verdict, words: Words, *, sealed: bool) -> str:
    """Return the verdict on a question in words; `sealed` says that a release concludes it."""
    match verdict:
        case "passed":
            return words("public checks passed") if sealed else words("passed")
        case "failed":
            return words("failed")
        case "skipped":
            return words("skipped")
        case "fault":
            return words("not graded")


def points_shown(points: float) -> str:
    """Return points without a needless fraction."""
    return f"{points:g}" if points == int(points) else f"{points:.2f}".rstrip("0").rstrip(".")


def _question_lines(
    result: QuestionResult,
    report: Report,
    assignment: Assignment,
    words: Words,
    number: int,
    width: int,
) -> Iterator[Line]:
    brief = in_brief(result, report, assignment, words)
    points = points_of(result.points, result.max_points, words)
    left = f"q{number}".ljust(5) + pad_right(result.function, width)
    right = pad_right(pad_left(points, 18), 20) + pad_left(brief, 10)
    style = {"passed": "good", "failed": "" if brief else "bad", "fault": "fault"}
    yield Line((pad_right(left, WIDTH - 30) + right).rstrip(), style.get(result.verdict, ""))
    if result.hidden:
        yield from _wrapped(words("Students do not see this question."), "  " + words("note: "))
    if brief:
        return
    said = list(_lines_about(result, report, assignment, words))
    if said:
        yield Line("")
    yield from said


def in_brief(result: QuestionResult, report: Report, assignment: Assignment, words: Words) -> str:
    """Return what stands beside the points instead of messages."""
    if result.verdict == "passed":
        return words.count("{n} case", "{n} cases", result.cases)
    findings = [check.finding for check in result.failed]
    if result.hidden or result.fault or not all(findings):
        return ""
    said = {check_message(each, report, assignment, words).brief for each in findings if each}
    return said.pop() if len(said) == 1 else ""


def _lines_about(
    result: QuestionResult, report: Report, assignment: Assignment, words: Words
) -> Iterator[Line]:
    """Yield what is said about a question that is not right."""
    if result.fault is not None:
        yield from _fault_lines(result, report, words)
    if not result.hidden and any(check.hidden for check in result.failed):
        yield from _wrapped(words("Students do not see this check."), "  " + words("note: "))
        yield Line("")
    for said in _messages(result, report, assignment, words):
        yield from message_lines(said, words)


def question_messages(
    result: QuestionResult, report: Report, assignment: Assignment, words: Words
) -> Iterator[Message]:
    """Yield what a student is told about a question: nothing of what is hidden."""
    if result.hidden:
        yield Message(words("Nothing more is said about this question."))
        return
    shown = replace(result, checks=tuple(each for each in result.checks if not each.hidden))
    if result.verdict == "failed" and shown.checks and not shown.failed:
        yield Message(words("The public checks passed, a further one did not."))
    yield from _messages(shown, report, assignment, words)


def _messages(
    result: QuestionResult, report: Report, assignment: Assignment, words: Words
) -> Iterator[Message]:
    """Yield what is said about a question's failed checks."""
    for check in result.failed:
        if check.finding and not (check.check == "loads" and is_unreadable(report)):
            yield check_message(check.finding, report, assignment, words)
    yield from _waiting(result, assignment.questions[result.function], words)


def check_message(
    finding: Finding, report: Report, assignment: Assignment, words: Words
) -> Message:
    """Return what is said about a failed check."""
    hints = hints_of(assignment, finding.function, words)
    return message(finding, words, hints=hints, sources=report.sources)


def _waiting(result: QuestionResult, question: Question, words: Words) -> Iterator[Message]:
    """Yield which points cannot be reached yet, where an author has split them over checks."""
    split = question.points if isinstance(question.points, dict) else {}
    names = [c.check for c in result.checks if c.verdict == "skipped" and c.check in split]
    if names:
        checks = [check_name(name, words) for name in names]
        said = words("Not checked until this is right: {checks}.", checks=words(", ").join(checks))
        yield Message(said)


def check_name(name: str, words: Words) -> str:
    """Return what a check is about."""
    if name in _CHECKS:
        return words(_CHECKS[name])
    return words("the property `{name}`", name=name.removeprefix("property "))


_CHECKS: Final[Mapping[str, MessageId]] = {
    "returns": "whether it returns",
    "type": "the type",
    "shape": "the shape",
    "dtype": "the dtype",
    "values": "the values",
    "device": "the device",
    "errors": "exceptions",
    "arguments unchanged": "what becomes of the arguments",
    "shares memory": "shared memory",
    "own memory": "memory of its own",
    "same object": "the identity of the result",
    "contiguous": "the order in memory",
    "writable": "whether the result can be written to",
    "random state": "the global random state",
    "gradients untouched": "gradients of the arguments",
    "requires grad": "whether the result requires a gradient",
    "python number": "whether the result is a Python number",
    "forbidden": "what must not be used",
    "constant operations": "the number of operations",
}


def hints_of(assignment: Assignment, function: str, words: Words) -> Mapping[str, str]:
    """Return the author's hints for a question in the reader's language."""
    hints = assignment.questions[function].hints
    return {key: text.in_language(words.language) for key, text in hints.items()}


def _fault_lines(result: QuestionResult, report: Report, words: Words) -> Iterator[Line]:
    for text in fault_sentences(result, report, words):
        yield from _wrapped(text, "  ")
    yield Line("")


def fault_sentences(result: QuestionResult, report: Report, words: Words) -> tuple[str, ...]:
    """Return what is said about a question that could not be graded."""
    return (
        words("This question could not be graded: {fault}", fault=result.fault),
        words(
            "This is a fault in the assignment, not in {file}, and costs no points.",
            file=report.submission,
        ),
        words(
            "Please tell the course staff: {assignment} {function}",
            assignment=report.assignment,
            function=result.function,
        ),
    )


def message_lines(said: Message, words: Words, *, style: str = "") -> Iterator[Line]:
    """Yield the lines of one message: headline, call, facts, hint."""
    yield from _wrapped(said.headline, "  ", style=style)
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
    lines, line = [], ""
    for piece in _UP_TO_COMMA.findall(code):
        if line.strip() and width_of(line + piece.rstrip()) > WIDTH - len(INDENT):
            lines.append(line.rstrip())
            line = "    "
        line += piece
    return [*lines, line.rstrip()]


def _fact_lines(facts: tuple[Fact, ...]) -> Iterator[Line]:
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


def is_unreadable(report: Report) -> bool:
    """Whether the file as a whole could not be read: said once, not per question."""
    return any(
        problem.unreadable and problem.file == report.submission for problem in report.problems
    )


def _problem_lines(report: Report, words: Words) -> Iterator[Line]:
    shown = False
    for problem in report.problems:
        for line in problem_lines(problem, words):
            shown = True
            yield line
    if shown:
        yield Line("")


def problem_lines(problem: LoadProblem, words: Words) -> Iterator[Line]:
    """Yield the lines about something that happened while the code was loaded."""
    said = problem_message(problem, words)
    if not problem.breaks:
        yield from _wrapped(said.headline, "  " + words("note: "))
        return
    yield from message_lines(said, words, style="bad")


def problem_message(problem: LoadProblem, words: Words) -> Message:
    """Return what is said about something that happened while the code was loaded."""
    if problem.kind == REFUSED:
        return Message(words.again(problem.detail), hint=words.again(problem.hint))
    if problem.error is None:
        return Message(_note(problem, _place(problem, words), words))
    file = file_shown(problem.file, words)
    if problem.kind == "syntax":
        headline = words("{place} cannot be read as Python.", place=file)
    else:
        headline = words("{place} stops with {error}.", place=file, error=problem.error.name)
    said = ": ".join(filter(None, [problem.error.name, problem.error.text.strip()]))
    label = words("line {line}", line=problem.line)
    facts = [Fact(cut(problem.source), label)] if problem.line else []
    hint = exception_hint(problem.error, words, function="", arguments=())
    return Message(headline, facts=(*facts, Fact(said, words("error"))), hint=hint)


def _place(problem: LoadProblem, words: Words) -> str:
    return words("{file}, line {line}", file=file_shown(problem.file, words), line=problem.line)


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
