"""The part of an assignment that students may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from graders.errors import AssignmentError, Fault
from graders.spec import Assignment, Question
from graders.spec.document import parse_document, read_document
from graders.submissions.statements import UNREADABLE, needed_by, statements

FILTERED: Final = (
    *("points", "checks", "skip", "devices", "hints", "forbid", "constant operations in"),
    "properties",
)
PRIVATE: Final = ("visibility", "notes", "equivalent mutants")
HEADING: Final = "# Written by `python grade.py release`.\n"
WIDTH: Final = 100


def public_questions(assignment: Assignment) -> dict[str, Question]:
    """Return the questions that students have, each without its hidden checks."""
    found = {
        name: question.public()
        for name, question in assignment.questions.items()
        if question.visibility != "hidden"
    }
    if not found:
        raise AssignmentError(f"{assignment.path}: every question is hidden: nothing to release")
    return found


# ---------------------------------------------------------------- the YAML file


def public_yaml(assignment: Assignment, *, sealed: str) -> str:
    """Return the assignment's file as students have it; `sealed` takes the reference's place."""
    data: Any = read_document(assignment.path).data
    kept = {key: value for key, value in data.items() if key not in ("reference", "notes")}
    questions = {
        name: _public_question(data["questions"][name], question)
        for name, question in public_questions(assignment).items()
    }
    return assignment_yaml({**kept, "sealed": sealed, "questions": questions}, assignment)


def assignment_yaml(data: dict[str, Any], assignment: Assignment) -> str:
    """Return data as YAML that means the same to us."""
    text = HEADING + yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH
    )
    if repr(parse_document(text, assignment.path).data) != repr(data):
        raise Fault(f"{assignment.path}: this cannot be written as YAML again")
    return text


def _public_question(data: dict[str, Any], public: Question) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if key not in PRIVATE}
    for key in FILTERED:
        value = getattr(public, key.replace(" ", "_"))
        if key == "skip" and value:
            kept[key] = [*value]
        elif key not in kept:
            continue
        elif isinstance(value, dict):
            kept[key] = {name: each for name, each in kept[key].items() if name in value}
        elif isinstance(value, tuple):
            kept[key] = [*value]
        if not kept[key]:
            del kept[key]
    if public.devices == ("cpu",):
        kept["devices"] = ["cpu"]
    return kept


class _Dumper(yaml.SafeDumper):
    """Quotes what would not be read as a text again: our YAML is that of version 1.2."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if re.match(r"[-+.\d~]|(null|true|false)$", text, re.IGNORECASE) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


# ---------------------------------------------------------------- the properties


def public_properties(assignment: Assignment) -> str | None:
    """Return what the public properties need of the file with properties; None without any."""
    public = public_questions(assignment)
    names = [name for question in public.values() for name in question.properties]
    if not names:
        return None
    path = assignment.properties_path
    try:
        text = path.read_text(encoding="utf-8")
        code = statements([text])
    except (OSError, *UNREADABLE) as error:
        raise AssignmentError(f"{path}: cannot be read: {error}") from error
    needed = needed_by(names, code, holds=lambda statement: True)
    lines = text.split("\n")
    parts = ["\n".join(lines[n - 1] for n in statement.lines) for statement in needed]
    _refuse_hidden(path, "\n".join(parts), [*set(assignment.questions) - set(public)])
    return "\n\n".join(parts) + "\n"


def _refuse_hidden(path: Path, text: str, hidden: Sequence[str]) -> None:
    found = sorted({*hidden} & {*re.findall(r"\w+", text)})
    if found:
        raise AssignmentError(f"{path}: a public property uses the hidden question `{found[0]}`")
