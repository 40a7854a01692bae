"""What an instructor says to all who make one mistake: `hints.yaml` in the results' folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from graders.errors import AssignmentError, UsageError
from graders.feedback.wording import Message
from graders.spec.document import Document, read_document
from graders.spec.problems import Problem, ReadError, assignment_error, near_name, shown
from graders.spec.text import Text

FILE: Final = "hints.yaml"


def read_hints(folder: Path, clusters: Sequence[str]) -> dict[str, Text]:
    """Return the hints by the name of a cluster; raises UsageError that names file and line."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        return _hints(read_document(path), clusters)
    except AssignmentError as error:
        raise UsageError(error.message, hint=error.hint) from error


def with_hints(
    results: Mapping[str, dict[str, Any]], hints: Mapping[str, Text]
) -> dict[str, dict[str, Any]]:
    """Return what a student is told, with the instructor's hints in the place of ours."""
    return {
        name: _hinted(data, hints[data["cluster"]]) if data.get("cluster") in hints else data
        for name, data in results.items()
    }


def _hinted(data: dict[str, Any], hint: Text) -> dict[str, Any]:
    said = {
        language: each | {"messages": _first_hinted(each["messages"], hint.in_language(language))}
        for language, each in data["said"].items()
    }
    return data | {"said": said}


def _first_hinted(messages: Sequence[dict[str, Any]], hint: str) -> list[dict[str, Any]]:
    return [each | {"hint": hint} if n == 0 else each for n, each in enumerate(messages)]


def hinted_load(load: Mapping[str, Any], hints: Mapping[str, Text]) -> Mapping[str, Any]:
    """Return what a student is told about the whole file, with the instructor's hint."""
    hint = hints.get(load.get("mistake", {}).get("cluster", ""))
    if hint is None:
        return load
    said = {
        language: [*_hinted_problems(problems, hint.in_language(language))]
        for language, problems in load["said"].items()
    }
    return {**load, "said": said}


def _hinted_problems(problems: Sequence[tuple[dict[str, Any], bool]], hint: str) -> Iterator[Any]:
    """Yield the problems, the hint with the first that breaks the file, or below them."""
    left: str | None = hint
    for message, breaks in problems:
        if breaks and left is not None:
            yield message | {"hint": left}, breaks
            left = None
        else:
            yield message, breaks
    if left is not None:
        yield asdict(Message(left)), True


def _hints(document: Document, clusters: Sequence[str]) -> dict[str, Text]:
    if not isinstance(document.data, dict):
        text = f"found {shown(document.data)}; expected the name of a cluster, a colon and a text"
        raise assignment_error(document.path, document.lines, [Problem((), text)])
    found: dict[str, Text] = {}
    problems: list[Problem] = []
    for name, value in document.data.items():
        if name not in clusters:
            text = "no cluster of mistakes has this name"
            problems.append(Problem((name,), text, _near(name, clusters)))
            continue
        try:
            found[name] = Text.read(value)
        except ReadError as error:
            problems.append(Problem((name, *error.at), error.text, error.hint))
    if problems:
        raise assignment_error(document.path, document.lines, problems)
    return found


def _near(name: str, clusters: Sequence[str]) -> str:
    return near_name(name, clusters, "cluster") or "`python grade.py report` shows their names"
