"""`python grade.py doctor`: is this machine ready."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from graders.doctor import Check, Examination, State, examine
from graders.feedback.wide import wrap
from graders.reports.lines import WIDTH, Line
from graders.reports.terminal import show_lines

SCHEMA: Final = 1
NAMES: Final = 17
STYLES: Final = {"ready": "good", "weak": "hint", "broken": "bad"}
CONCLUSIONS: Final[dict[State, str]] = {
    "ready": "This machine is ready.",
    "weak": "This machine can grade, with what is said above in mind.",
    "broken": "This machine cannot grade.",
}


def examine_machine(secrets: Sequence[Path], form: str) -> State:
    """Examine this machine, show what was found, and return how it is."""
    examination = examine(secrets)
    if form == "json":
        sys.stdout.write(_as_json(examination))
    else:
        _show(examination, sys.stdout)
    return examination.state


def _as_json(examination: Examination) -> str:
    data = {
        "schema": SCHEMA,
        "state": examination.state,
        "isolation": examination.isolation,
        "checks": [
            {
                "check": check.name,
                "state": check.state,
                "facts": list(check.facts),
                "advice": check.advice,
            }
            for check in examination.checks
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _show(examination: Examination, stream: TextIO) -> None:
    lines = [line for check in examination.checks for line in _lines(check)]
    show_lines([*lines, Line(""), Line(CONCLUSIONS[examination.state], "title")], stream)


def _lines(check: Check) -> Iterator[Line]:
    indent = f"{check.state:8}{check.name:{NAMES}}"
    for fact in check.facts:
        for text in wrap(fact, WIDTH, indent):
            yield Line(text, STYLES[check.state])
        indent = " " * len(indent)
    if check.advice is not None:
        for text in wrap(check.advice, WIDTH, indent):
            yield Line(text, "hint")
