"""What is wrong with an assignment, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from graders.errors import AssignmentError

Location: TypeAlias = tuple[str | int, ...]
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One mistake of the author, at one place of the file."""

    location: Location
    text: str
    hint: str | None = None


class ReadError(ValueError):
    """A value that cannot be read; `at` leads from the value to the mistake inside it."""

    def __init__(self, text: str, *, hint: str | None = None, at: Location = ()) -> None:
        """Say what was found and what was expected."""
        super().__init__(text)
        self.text = text
        self.hint = hint
        self.at = at


def shown(value: object) -> str:
    """Describe a value that YAML gave, for the words after "found"."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return _shortened(str(value))
        case str():
            return f"the text {_shortened(repr(value))}"
        case list():
            return "a list" if value else "an empty list"
        case _:
            return "a mapping" if value else "an empty mapping"


def _shortened(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 4] + " ..."


def near_name(word: str, known: Iterable[str], kind: str = "key") -> str | None:
    """The hint that names the known word most like `word`."""
    matches = get_close_matches(word, list(known), n=1)
    article = "an" if kind[0] in "aeiou" else "a"
    return f"there is {article} {kind} with a similar name: {matches[0]}" if matches else None


def dotted(location: Location) -> str:
    """Write a location as `questions.dot.examples[0].a`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return _shortened("".join(parts).lstrip("."), 200)


def line_of(location: Location, lines: Mapping[Location, int]) -> int:
    """The line of the nearest place at or above `location` that the file has."""
    while location not in lines and location:
        location = location[:-1]
    return lines.get(location, 1)


def assignment_error(
    path: Path, lines: Mapping[Location, int], problems: Iterable[Problem]
) -> AssignmentError:
    """Put all problems into one error, one line each, in the order of the file."""
    ordered = sorted(problems, key=lambda problem: line_of(problem.location, lines))
    sentences = [_sentence(path, lines, problem) for problem in ordered]
    if len(ordered) == 1:
        return AssignmentError(sentences[0], hint=ordered[0].hint)
    hinted = [
        f"{sentence} ({problem.hint})" if problem.hint else sentence
        for sentence, problem in zip(sentences, ordered, strict=True)
    ]
    hidden = len(hinted) - _MOST_SHOWN
    more = [f"{path}: and {hidden} more"] if hidden > 0 else []
    return AssignmentError("\n".join(hinted[:_MOST_SHOWN] + more))


def _sentence(path: Path, lines: Mapping[Location, int], problem: Problem) -> str:
    where = f"{path}:{line_of(problem.location, lines)}"
    place = f"{dotted(problem.location)}: " if problem.location else ""
    return f"{where}: {place}{problem.text}"
