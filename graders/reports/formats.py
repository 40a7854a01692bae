"""What reports can be written as, besides text and HTML; a format's module is loaded when used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graders.feedback.language import Words
    from graders.spec import Assignment
    from graders.verdicts import Report

WRITERS: Final = {
    "json": "json_format.report_json",
    "markdown": "markdown.report_markdown",
    "junit": "junit.junit_xml",
    "github": "github.github_log",
    "classroom": "classroom.classroom_result",
    "classroom50": "classroom50.result_json",
    "gradescope": "gradescope.results_json",
    "prairielearn": "prairielearn.results_json",
    "autolab": "autolab.autolab_output",
}
FOR_PLATFORMS: Final = frozenset(WRITERS) - {"json", "markdown"}
"""What is written also where a submission cannot be opened: the place where its student looks."""


def report_as(form: str, report: Report, assignment: Assignment, words: Words) -> str:
    """Return a report in one of the formats."""
    module, _, name = WRITERS[form].partition(".")
    writer = getattr(import_module(f"graders.reports.{module}"), name)
    return str(writer(report, assignment, words))
