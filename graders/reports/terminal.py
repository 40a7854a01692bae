"""Shows a report in a terminal, and as plain text where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from graders.feedback.language import Words
from graders.reports.lines import Line, report_lines
from graders.spec import Assignment
from graders.verdicts import Report

if TYPE_CHECKING:
    from rich.console import Console

STYLES: Final = {
    "good": "green",
    "bad": "bold red",
    "fault": "bold yellow",
    "title": "bold",
    "code": "cyan",
    "hint": "italic",
}


def show_report(report: Report, assignment: Assignment, words: Words, stream: TextIO) -> None:
    """Write a report; with colours only where the stream is a terminal that wants them."""
    show_lines(report_lines(report, assignment, words), stream)


def show_lines(lines: Iterable[Line], stream: TextIO) -> None:
    """Write lines, each in its style."""
    console = _console(stream)
    for line in lines:
        console.print(_encodable(line.text, stream), style=STYLES.get(line.style, ""))


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _encodable(text: str, stream: TextIO) -> str:
    """Return the text with what the stream cannot show replaced by escapes."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


@contextmanager
def progress_display(total: int, stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Show which question is being graded, where `stream` is a terminal."""
    if not stream.isatty():
        yield lambda name: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=_console(stream), transient=True) as progress:
        task = progress.add_task("", total=total)
        done = iter(range(total + 1))
        yield lambda name: progress.update(task, description=name, completed=next(done))
