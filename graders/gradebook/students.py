"""What the gradebook knows of a class, student by student, without the words of feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graders.gradebook.keys import QuestionKey
from graders.gradebook.rows import Row
from graders.gradebook.store import Gradebook


@dataclass(frozen=True)
class Answered:
    """One question of one submission."""

    points: float
    max_points: float
    verdict: str
    checks: tuple[tuple[str, str, str], ...]  # check, device, verdict
    kinds: tuple[str, ...]  # of mismatches, by the names of their classes
    cluster: str
    answers: str


@dataclass(frozen=True)
class Known:
    """A student with everything that was found out about their submission."""

    row: Row
    questions: Mapping[str, Answered] = field(default_factory=dict)
    trees: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # digest, size

    @property
    def is_graded(self) -> bool:
        """Whether there are results."""
        return bool(self.questions)


Look = Callable[[Row, Mapping[str, Any]], None]
"""Takes a row and all that is kept of a question, or of a file's mistake, once a submission."""


def students(book: Gradebook, look: Look) -> Iterator[Known]:
    """Yield the students of the last finished run, showing all that is kept to `look`."""
    seen: dict[tuple[str, str], Known] = {}
    for _, data in book.grades():
        row = Row.of(data)
        key = row.content, row.versions
        if row.content and key not in seen:
            seen[key] = _known(row, book, look)
        known = seen.get(key)
        yield Known(row, known.questions, known.trees) if known is not None else Known(row)


def _known(row: Row, book: Gradebook, look: Look) -> Known:
    keys = {name: QuestionKey(key, row.versions) for name, key in row.keys.items()}
    questions: dict[str, Answered] = {}
    for name, data in book.results(row.content, keys).items():
        look(row, data)
        questions[name] = _answered(data)
    load = book.load(row.content, row.versions)
    look(row, load.get("mistake", {}))
    trees = load.get("trees", {})
    return Known(row, questions, {name: (digest, size) for name, (digest, size) in trees.items()})


def _answered(data: Mapping[str, Any]) -> Answered:
    checks = data["checks"]
    return Answered(
        points=data["points"],
        max_points=data["max_points"],
        verdict=data["verdict"],
        checks=tuple((each["check"], each["device"], each["verdict"]) for each in checks),
        kinds=tuple(each["kind"] for each in checks if "kind" in each),
        cluster=data.get("cluster", ""),
        answers=data.get("answers", ""),
    )
