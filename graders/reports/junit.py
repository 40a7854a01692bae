"""A report as JUnit XML: a suite for each question with its points, a test for each check.

What Jenkins, GitLab and others read is described by Jenkins's `junit-10.xsd`; no one has written
down how points are said, so they are properties of the suites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from graders.feedback.language import Words
from graders.reports.limits import fitted
from graders.reports.lines import points_shown
from graders.reports.sheet import Answer, Checked, Sheet, plain_text, report_sheet
from graders.spec import Assignment
from graders.verdicts import Report

MOST: Final = 5_000_000  # bytes
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report, assignment: Assignment, words: Words) -> str:
    """Return the document."""
    sheet = report_sheet(report, assignment, words)
    return fitted(lambda longest: _document(sheet.shortened(longest), report.assignment), MOST)


def _document(sheet: Sheet, assignment: str) -> str:
    suites = [_suite(answer, sheet, assignment) for answer in sheet.questions]
    root = ET.Element("testsuites", name=assignment)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.attrib[count]) for suite in suites)))
    root.set("time", f"{sum(answer.seconds for answer in sheet.questions):.3f}")
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(answer: Answer, sheet: Sheet, assignment: str) -> ET.Element:
    suite = ET.Element("testsuite", name=f"{assignment}.{_text(answer.label)}")
    cases = [*_cases(answer, sheet)]
    for count, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    suite.set("time", f"{answer.seconds:.3f}")
    properties = ET.SubElement(suite, "properties")
    points = {"points": answer.points_reached, "max_points": answer.max_points}
    for name, value in points.items():
        ET.SubElement(properties, "property", name=name, value=points_shown(value))
    for case in cases:
        case.set("classname", suite.attrib["name"])
        suite.append(case)
    return suite


def _cases(answer: Answer, sheet: Sheet) -> Iterator[ET.Element]:
    """Yield the checks, or the question as a whole where there are none."""
    if answer.checks and not answer.fault:
        yield from (_case(check, answer) for check in answer.checks)
        return
    case = _test(answer.label, answer.seconds)
    text = answer.text or plain_text(sheet.breaks, sheet.words) or answer.said
    if answer.verdict != "passed":
        _said(case, "error" if answer.fault else "failure", answer.verdict, text)
    yield case


def _case(check: Checked, answer: Answer) -> ET.Element:
    case = _test(check.name, answer.seconds / len(answer.checks))
    if check.verdict == "skipped":
        ET.SubElement(case, "skipped", message=_text(check.reason))
    elif check.message is not None:
        text = plain_text([check.message], answer.words)
        _said(case, "failure", check.name, text, check.message.headline)
    return case


def _test(name: str, seconds: float) -> ET.Element:
    return ET.Element("testcase", name=_text(name), time=f"{seconds:.3f}")


def _said(case: ET.Element, tag: str, kind: str, text: str, headline: str | None = None) -> None:
    first = text.partition("\n")[0].strip() if headline is None else headline
    ET.SubElement(case, tag, message=_text(first), type=_text(kind)).text = _text(text)


def _text(text: str) -> str:
    """Return a text without the characters that XML 1.0 has no way to write."""
    return _FORBIDDEN.sub("", text)
