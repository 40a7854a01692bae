"""How the questions of an assignment and their checks fared in a class."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graders.gradebook.students import Known

SMALLEST_CLASS: Final = 30  # below, chance alone moves a correlation by more than 0.2
WEAK: Final = 0.2  # Ebel, Essentials of Educational Measurement (1972): to be revised below


@dataclass(frozen=True)
class Item:
    """One question."""

    number: int
    name: str
    max_points: float
    graded: int
    passed: int
    mean: float
    discrimination: float | None  # None: the class is too small, or all have the same points

    @property
    def rate(self) -> float:
        """The share of submissions that have it right."""
        return self.passed / self.graded if self.graded else 0.0

    @property
    def is_weak(self) -> bool:
        """Whether it hardly tells who is good at the rest of the assignment."""
        return self.discrimination is not None and self.discrimination < WEAK


@dataclass(frozen=True)
class CheckCount:
    """One check of a question on one device."""

    number: int
    question: str
    check: str
    device: str
    passed: int
    failed: int

    @property
    def rate(self) -> float:
        """The share that passes, of those that got as far as this check."""
        return self.passed / (self.passed + self.failed)


def items(graded: Sequence[Known], questions: Sequence[str]) -> list[Item]:
    """Return how each question fared."""
    return [_item(number, name, graded) for number, name in enumerate(questions, start=1)]


def _item(number: int, name: str, graded: Sequence[Known]) -> Item:
    those = [each for each in graded if name in each.questions]
    answers = [each.questions[name] for each in those]
    points = [answer.points for answer in answers]
    rest = [sum(q.points for q in each.questions.values()) for each in those]
    rest = [total - own for total, own in zip(rest, points, strict=True)]
    return Item(
        number=number,
        name=name,
        max_points=max((answer.max_points for answer in answers), default=0.0),
        graded=len(answers),
        passed=sum(answer.verdict == "passed" for answer in answers),
        mean=sum(points) / len(points) if points else 0.0,
        discrimination=correlation(points, rest) if len(points) >= SMALLEST_CLASS else None,
    )


def correlation(some: Sequence[float], others: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None where one side is constant.

    Of a question's points with those of all other questions it is the corrected item-total
    correlation, which is the corrected point-biserial one where a question is right or wrong
    (Henrysson, Psychometrika 28, 1963).
    """
    n = len(some)
    mean, mean_of_others = sum(some) / n, sum(others) / n
    pairs = [(a - mean, b - mean_of_others) for a, b in zip(some, others, strict=True)]
    spread = math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return sum(a * b for a, b in pairs) / spread if spread > 1e-12 else None


def check_counts(graded: Sequence[Known], questions: Sequence[str]) -> Iterator[CheckCount]:
    """Yield how each check fared that any submission got as far as."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for each in graded:
        for name, answer in each.questions.items():
            counts.update((name, *check) for check in answer.checks)
    order = dict.fromkeys(key[:3] for key in counts)
    for number, question in enumerate(questions, start=1):
        for name, check, device in order:
            passed = counts[name, check, device, "passed"]
            failed = counts[name, check, device, "failed"]
            if name == question and passed + failed:
                yield CheckCount(number, name, check, device, passed, failed)
