"""A report as one HTML page that needs nothing else, and as a part of a notebook's page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from graders.feedback.language import Words
from graders.feedback.wording import Fact, Message
from graders.reports.curve import curve_svg
from graders.reports.lines import (
    device_notes,
    fault_sentences,
    more_counts,
    points_of,
    problem_message,
    question_messages,
    total_of,
    verdict_said,
)
from graders.spec import Assignment
from graders.verdicts import QuestionResult, Report, Verdict

if TYPE_CHECKING:
    from graders.curves import Curve

LIGHT: Final = {
    "background": "#ffffff",
    "panel": "#f3f5f7",
    "text": "#1b1f24",
    "muted": "#48515b",
    "passed": "#0d5623",
    "failed": "#970f27",
    "fault": "#6b4100",
    "link": "#0a4a9e",
    "border": "#7f8891",
}
DARK: Final = {
    "background": "#14181d",
    "panel": "#20262d",
    "text": "#e8ebee",
    "muted": "#b0bac4",
    "passed": "#74d98e",
    "failed": "#ffa8a2",
    "fault": "#f2c661",
    "link": "#8ec3ff",
    "border": "#6d7883",
}


@dataclass(frozen=True)
class _Question:
    """What the page says about a question."""

    number: int
    function: str
    verdict: Verdict
    said: str  # the verdict in words
    points: str
    cases: str
    messages: tuple[Message, ...]
    fault: tuple[str, ...]
    caption: str
    picture: Markup | None


def report_page(
    report: Report,
    assignment: Assignment,
    words: Words,
    curves: Mapping[str, Curve] | None = None,
) -> str:
    """Return the whole page."""
    return _render("report.html", report, assignment, words, curves or {})


def report_fragment(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the questions alone, with their style, to stand within another page."""
    return _render("fragment.html", report, assignment, words, {})


def _render(
    template: str,
    report: Report,
    assignment: Assignment,
    words: Words,
    curves: Mapping[str, Curve],
) -> str:
    title = f"{report.assignment} {assignment.title.in_language(words.language)}"
    return (
        environment()
        .get_template(template)
        .render(
            language=words.language,
            labels={
                "hint": words("hint: "),
                "note": words("note: "),
                "open": words("what is not right yet"),
            },
            title=title,
            file=report.submission,
            total=total_of(report, assignment, words),
            problems=[
                *((problem_message(problem, words), problem.breaks) for problem in report.problems),
                *((Message(note), False) for note in device_notes(report, words)),
            ],
            remark=more_counts(words) if assignment.sealed is not None else "",
            questions=_questions(report, assignment, words, curves),
            light=LIGHT,
            dark=DARK,
        )
    )


@lru_cache
def environment() -> Environment:
    """Return what makes pages from templates."""
    found = Environment(
        loader=PackageLoader("graders.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"code": _with_code, "in_groups": _in_groups}
    return found


def _with_code(text: str) -> Markup:
    """Escape a sentence and set what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _in_groups(facts: Sequence[Fact]) -> list[tuple[bool, list[Fact]]]:
    """Part facts with labels from sentences, in their order."""
    return [(key, list(group)) for key, group in groupby(facts, lambda fact: bool(fact.label))]


def _questions(
    report: Report, assignment: Assignment, words: Words, curves: Mapping[str, Curve]
) -> list[_Question]:
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    return [
        _question(result, numbers[result.function], report, assignment, words, curves)
        for result in report.questions
    ]


def _question(
    result: QuestionResult,
    number: int,
    report: Report,
    assignment: Assignment,
    words: Words,
    curves: Mapping[str, Curve],
) -> _Question:
    curve = None if result.hidden else curves.get(result.function)
    passed = result.verdict == "passed"
    return _Question(
        number,
        result.function,
        result.verdict,
        verdict_said(result.verdict, words, sealed=assignment.sealed is not None),
        points_of(result.points, result.max_points, words),
        words.count("{n} case", "{n} cases", result.cases) if passed else "",
        tuple(question_messages(result, report, assignment, words)),
        fault_sentences(result, report, words) if result.fault is not None else (),
        words("Losses for {settings}", settings=curve.call) if curve is not None else "",
        curve_svg(curve, result.function, words) if curve is not None else None,
    )
