"""What one student is told about one submission, as messages that are worded already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graders.feedback.language import Words
from graders.feedback.wording import Message
from graders.reports.lines import points_shown
from graders.verdicts import Verdict


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
    caption: str = ""
    picture: None = None

    @property
    def said(self) -> str:
        """The verdict in words."""
        match self.verdict:
            case "passed":
                return self.words("passed")
            case "failed":
                return self.words("failed")
            case "skipped":
                return self.words("skipped")
            case "fault":
                return self.words("not graded")

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

    @property
    def total(self) -> str:
        """The points in words."""
        return points_of(self.points, self.max_points, self.words)


def points_of(points: float, max_points: float, words: Words) -> str:
    """Return the points that were reached, of those that can be, in words."""
    return words(
        "{points} of {max_points} points",
        points=points_shown(points),
        max_points=points_shown(max_points),
    )


def sheet_page(sheet: Sheet) -> str:
    """Return the sheet as one HTML page that needs nothing else."""
    from graders.reports.html import DARK, LIGHT, _environment

    return (
        _environment()
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
            problems=sheet.problems,
            questions=sheet.questions,
            light=LIGHT,
            dark=DARK,
        )
    )
