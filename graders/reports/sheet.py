"""What one student is told about one submission, as messages that are worded already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from graders.feedback.language import Words
from graders.feedback.wording import Fact, Message
from graders.reports.limits import clean, shortened
from graders.reports.lines import (
    check_message,
    check_name,
    device_notes,
    fault_sentences,
    is_unreadable,
    message_lines,
    not_on_cuda,
    points_of,
    problem_message,
    public_points,
    question_messages,
    verdict_said,
)
from graders.spec import Assignment
from graders.verdicts import CheckResult, QuestionResult, Report, Verdict


@dataclass(frozen=True)
class Checked:
    """One check: what came of it, what is said where it failed, why it was skipped."""

    name: str
    verdict: Verdict
    message: Message | None = None
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """One question; it has every name that the templates of pages ask for."""

    number: int
    function: str
    verdict: Verdict
    points_reached: float
    max_points: float
    cases_tried: int
    messages: tuple[Message, ...]
    fault: tuple[str, ...]
    words: Words
    sealed: bool = False
    caption: str = ""
    picture: None = None
    checks: tuple[Checked, ...] = ()
    seconds: float = 0.0
    hidden: bool = False

    @property
    def label(self) -> str:
        """The function's name, unless students are not told it."""
        return self.words("not shown") if self.hidden else self.function

    @property
    def text(self) -> str:
        """All that is said, as plain lines."""
        return plain_text([*map(Message, self.fault), *self.messages], self.words)

    @property
    def said(self) -> str:
        """The verdict in words."""
        return verdict_said(self.verdict, self.words, sealed=self.sealed)

    @property
    def points(self) -> str:
        """The points in words."""
        return points_of(self.points_reached, self.max_points, self.words)

    @property
    def cases(self) -> str:
        """How many calls were right, where all were."""
        if self.verdict != "passed":
            return ""
        return self.words.count("{n} case", "{n} cases", self.cases_tried)


@dataclass(frozen=True)
class Sheet:
    """All that is handed back."""

    words: Words
    title: str
    file: str
    points: float
    max_points: float
    problems: Sequence[tuple[Message, bool]]  # whether it is more than a note
    questions: Sequence[Answer]
    sealed: bool = False  # whether a release says this

    @property
    def total(self) -> str:
        """The points in words."""
        points = points_of(self.points, self.max_points, self.words)
        if not self.sealed:
            return points
        passed = all(question.verdict == "passed" for question in self.questions)
        return public_points(points, self.words, passed=passed)

    @property
    def breaks(self) -> tuple[Message, ...]:
        """What is wrong with the file as a whole."""
        return tuple(message for message, breaks in self.problems if breaks)

    def shortened(self, longest: int) -> Sheet:
        """Return the sheet with every part of its messages cut to a length, in characters."""
        return self.changed(lambda text: shortened(text, longest, self.words))

    def changed(self, change: Callable[[str], str]) -> Sheet:
        """Return the sheet with every part of its messages changed."""
        problems = [(_changed(message, change), breaks) for message, breaks in self.problems]
        questions = [
            replace(
                answer,
                messages=tuple(_changed(message, change) for message in answer.messages),
                fault=tuple(map(change, answer.fault)),
                checks=tuple(
                    replace(check, message=check.message and _changed(check.message, change))
                    for check in answer.checks
                ),
            )
            for answer in self.questions
        ]
        return replace(self, problems=problems, questions=questions)


def _changed(said: Message, change: Callable[[str], str]) -> Message:
    return Message(
        change(said.headline),
        tuple(map(change, said.call)),
        tuple(Fact(change(fact.text), fact.label) for fact in said.facts),
        said.hint and change(said.hint),
    )


def report_sheet(report: Report, assignment: Assignment, words: Words) -> Sheet:
    """Return what a student is told about a report: nothing about what is hidden."""
    shown = report.for_students()
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    sheet = Sheet(
        words=words,
        title=f"{report.assignment} {assignment.title.in_language(words.language)}",
        file=clean(report.submission),
        points=report.points,
        max_points=report.max_points,
        problems=[
            *((problem_message(p, words), p.breaks) for p in report.problems),
            *((Message(note), False) for note in device_notes(report, words)),
        ],
        questions=[
            _answer(result, numbers[result.function], shown, assignment, words)
            for result in shown.questions
        ],
        sealed=assignment.sealed is not None,
    )
    return sheet.changed(clean)


def _answer(
    result: QuestionResult, number: int, report: Report, assignment: Assignment, words: Words
) -> Answer:
    return Answer(
        number,
        result.function,
        result.verdict,
        result.points,
        result.max_points,
        result.cases,
        tuple(question_messages(result, report, assignment, words)),
        fault_sentences(result, report, words) if result.fault is not None else (),
        words,
        checks=tuple(_checked(check, report, assignment, words) for check in result.checks),
        sealed=assignment.sealed is not None,
        seconds=result.seconds,
        hidden=result.hidden,
    )


def _checked(check: CheckResult, report: Report, assignment: Assignment, words: Words) -> Checked:
    name = check.check if check.device == "cpu" else f"{check.check} ({check.device})"
    message = None
    if check.finding is not None:
        message = check_message(check.finding, report, assignment, words)
        if check.check == "loads" and is_unreadable(report):
            message = problem_message(report.problems[0], words)
    return Checked(name, check.verdict, message, skipped_because(check, words))


def skipped_because(check: CheckResult, words: Words) -> str:
    """Return why a check was skipped."""
    if check.unsupported is not None:
        return words("The simulated device does not have {name}.", name=check.unsupported)
    if check.unchecked is not None:
        return not_on_cuda(check.unchecked, words)
    if check.needs == "loads":
        return words("Checked once the function is there.")
    if check.needs is not None:
        return words("Checked once this is right: {check}.", check=check_name(check.needs, words))
    return ""


def plain_text(messages: Iterable[Message], words: Words) -> str:
    """Return messages as lines of plain text, harmless in a terminal and in a workflow's log."""
    lines = [line.text for said in messages for line in message_lines(said, words)]
    return "\n".join(line.removeprefix("  ") for line in lines).strip("\n")


def sheet_page(sheet: Sheet) -> str:
    """Return the sheet as one HTML page that needs nothing else."""
    from graders.reports.html import DARK, LIGHT, environment

    return (
        environment()
        .get_template("report.html")
        .render(
            language=sheet.words.language,
            labels={
                "hint": sheet.words("hint: "),
                "note": sheet.words("note: "),
                "open": sheet.words("what is not right yet"),
            },
            title=sheet.title,
            file=sheet.file,
            total=sheet.total,
            remark="",
            problems=sheet.problems,
            questions=sheet.questions,
            light=LIGHT,
            dark=DARK,
        )
    )
