"""The class report as one HTML page that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from graders.feedback.language import MessageId, Words
from graders.gradebook.items import SMALLEST_CLASS, WEAK
from graders.gradebook.likeness import Shared
from graders.gradebook.overview import Bar, Overview
from graders.gradebook.rows import Row
from graders.gradebook.rows import shown as points
from graders.reports.html import DARK, LIGHT, environment
from graders.spec.text import Text

HEIGHT: Final = 160
BAR: Final = 32  # pixels
STOPS: Final[Mapping[str, MessageId]] = {
    "Overran": "out of time",
    "PrintedTooMuch": "printed too much",
    "UsedTooMuch": "used too much memory, files or threads",
    "OutOfMemory": "out of memory",
    "Ended": "ended its process",
    "WroteAnswers": "wrote to the grader's pipe",
    "NotLoaded": "ended while it was loaded",
    "NotExamined": "could not be read",
}
VERDICTS: Final[Mapping[str, MessageId]] = {
    "passed": "passed",
    "failed": "failed",
    "skipped": "skipped",
    "fault": "not graded",
    "missing": "nothing sent",
}


@dataclass(frozen=True)
class Look:
    """For whom the page is: its language, who is who, and where feedback lies."""

    words: Words
    label: Callable[[Row], str]
    feedback: Path | None  # the folder of HTML files; None where nobody is to be recognized
    page: Path

    def link(self, row: Row) -> str:
        """Return where a student's feedback is, as seen from the page; empty without."""
        if self.feedback is None or not row.feedback:
            return ""
        target = self.feedback / f"{row.feedback}.html"
        try:
            found = os.path.relpath(target, self.page.parent)
        except ValueError:  # another drive
            return target.absolute().as_uri()
        return quote(found.replace(os.sep, "/"), errors="replace")


def overview_page(overview: Overview, look: Look, hints: Mapping[str, Text]) -> str:
    """Return the whole page."""
    words = look.words
    script = _script(environment())
    return (
        environment()
        .get_template("class.html")
        .render(
            words=words,
            language=words.language,
            title=f"{overview.assignment.name} "
            + overview.assignment.title.in_language(words.language),
            labels={"hint": words("hint: ")},
            light=LIGHT,
            dark=DARK,
            script=script,
            script_hash=_hash(script),
            overview=overview,
            look=look,
            hints={name: text.in_language(words.language) for name, text in hints.items()},
            figures=_figures(overview, words),
            histogram=histogram(overview.bars, words),
            stops={kind: words(text) for kind, text in STOPS.items()},
            verdicts={name: words(text) for name, text in VERDICTS.items()},
            points=points,
            percent=lambda share: f"{100 * share:.0f} %",
            shared=lambda thing: _shared(thing, len(overview.graded), words),
            about_discrimination=words(
                "The correlation of a question's points with those of all other questions"
                " (corrected item-total correlation); from {n} submissions on. Below {weak} a"
                " question hardly tells who is good at the rest.",
                n=SMALLEST_CLASS,
                weak=WEAK,
            ),
        )
    )


def _script(found: Environment) -> Markup:
    return Markup(found.get_template("class.js").render())


def _hash(script: str) -> str:
    """Return what the page's policy calls its one script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _figures(overview: Overview, words: Words) -> list[tuple[str, str]]:
    low, middle, high = (points(round(each, 2)) for each in overview.quartiles)
    most = points(overview.assignment.max_points)
    counts = [f"{count} {words(VERDICTS[verdict])}" for verdict, count in overview.counts().items()]
    return [
        (words("students"), f"{len(overview.students)} ({words(', ').join(counts)})"),
        (words("mean"), words("{points} of {most}", points=points(overview.mean), most=most)),
        (words("median"), middle),
        (words("middle half"), words("{low} to {high}", low=low, high=high)),
    ]


def _shared(thing: Shared, graded: int, words: Words) -> str:
    match thing.kind:
        case "file":
            said = words("the same file, byte for byte")
        case "code":
            said = words(
                "`{f}`: the same code but for names and comments ({n} nodes)",
                f=thing.question,
                n=thing.size,
            )
        case "answers":
            said = words("`{f}`: the same wrong answers, bit for bit", f=thing.question)
    return words("{what}; {n} of {all} have it", what=said, n=thing.students, all=graded)


# ---------------------------------------------------------------- the picture

_PICTURE: Final = Markup(
    '<svg class="bars" role="img" viewBox="0 0 {width} {height}" style="max-width: {width}px"'
    ' aria-label="{label}">{bars}</svg>'
)
_ONE: Final = Markup(
    '<rect class="bar" x="{x}" y="{y:.1f}" width="{wide}" height="{tall:.1f}"/>'
    '<text x="{middle}" y="{above:.1f}" text-anchor="middle">{count}</text>'
    '<text class="tick" x="{x}" y="{below}" text-anchor="middle">{low}</text>'
)


def histogram(bars: Sequence[Bar], words: Words) -> Markup:
    """Return the distribution as a picture; what it shows is also said in words."""
    most = max((bar.count for bar in bars), default=0) or 1
    parts = [_bar(n, bar, (HEIGHT - 40) * bar.count / most) for n, bar in enumerate(bars)]
    said = [
        words("{low} to {high} points: {n}", low=points(b.low), high=points(b.high), n=b.count)
        for b in bars
        if b.count
    ]
    label = words("Distribution of points.") + " " + "; ".join(said)
    width = BAR * (len(bars) + 1)
    return _PICTURE.format(width=width, height=HEIGHT, label=label, bars=Markup("").join(parts))


def _bar(number: int, bar: Bar, tall: float) -> Markup:
    x, floor = BAR * number + BAR // 2, HEIGHT - 20
    return _ONE.format(
        x=x,
        y=floor - tall,
        wide=BAR - 4,
        tall=tall,
        middle=x + BAR // 2 - 2,
        above=floor - tall - 5,
        below=HEIGHT - 4,
        count=bar.count or "",
        low=points(bar.low),
    )


def full_label(row: Row) -> str:
    """Return what a student is called among teachers."""
    return f"{row.student} {row.name}".strip()
