"""What a class has understood and what not: all that the class report says, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import mean, quantiles
from typing import Any, Final

from graders.errors import UsageError
from graders.gradebook.clusters import Cluster, Examples, clusters
from graders.gradebook.items import CheckCount, Item, check_counts, items
from graders.gradebook.likeness import Alike, alike
from graders.gradebook.rows import Row, questions_elsewhere
from graders.gradebook.store import Gradebook
from graders.gradebook.students import Known, students
from graders.spec import Assignment

SLOWEST: Final = 10
BARS: Final = 20
STEPS: Final = (1, 2, 5)
STOPPED: Final = (
    *("Overran", "PrintedTooMuch", "UsedTooMuch", "OutOfMemory"),
    *("Ended", "WroteAnswers", "NotLoaded", "NotExamined"),
)


@dataclass(frozen=True)
class Stop:
    """A question at which a submission did not end by itself."""

    student: Known
    question: str  # empty where loading the file did not end
    kind: str  # one of STOPPED


@dataclass(frozen=True)
class Bar:
    """How many submissions have points from `low` on, up to but not including `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Overview:
    """A class after its last finished run."""

    assignment: Assignment
    students: Sequence[Known]
    examples: Examples

    @staticmethod
    def of(
        assignment: Assignment, book: Gradebook, language: str, label: Callable[[Row], str]
    ) -> Overview:
        """Read a gradebook, in the order of labels; raises UsageError where no class is in it."""
        examples = Examples(language)
        found = sorted(students(book, examples.look), key=lambda known: label(known.row))
        if not found:
            raise UsageError(f"no class of {assignment.name} has been graded there yet")
        if others := questions_elsewhere((each.row for each in found), assignment.questions):
            raise UsageError(
                f"these results are of other questions than those of {assignment.name}: {others}"
            )
        return Overview(assignment, found, examples)

    @cached_property
    def graded(self) -> list[Known]:
        """The students with results."""
        return [each for each in self.students if each.is_graded]

    @cached_property
    def items(self) -> list[Item]:
        """Each question."""
        return items(self.graded, [*self.assignment.questions])

    @cached_property
    def checks(self) -> list[CheckCount]:
        """Each check."""
        return [*check_counts(self.graded, [*self.assignment.questions])]

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Each mistake, the most common first."""
        return clusters(self.graded, self.examples)

    @cached_property
    def alike(self) -> list[Alike]:
        """Who shares what few have."""
        return alike(self.graded)

    @cached_property
    def points(self) -> list[float]:
        """The raw points of everything that was sent and could be judged, in order."""
        return sorted(each.row.raw for each in self.students if each.row.raw is not None)

    @cached_property
    def quartiles(self) -> tuple[float, float, float]:
        """A quarter of the class has at most so many points, a half, three quarters."""
        if len(self.points) < 2:
            only = self.mean
            return only, only, only
        low, middle, high = quantiles(self.points, n=4, method="inclusive")
        return low, middle, high

    @property
    def mean(self) -> float:
        """The mean of the raw points."""
        return mean(self.points) if self.points else 0.0

    @cached_property
    def bars(self) -> list[Bar]:
        """The distribution of raw points; the last bar includes full marks."""
        most = max(self.assignment.max_points, *self.points, 1.0)
        width = next(w for w in _widths() if most / w <= BARS)
        count = int(most // width) + 1
        tops = [min(int(p // width), count - 1) for p in self.points]
        return [Bar(n * width, (n + 1) * width, tops.count(n)) for n in range(count)]

    @property
    def stopped(self) -> list[Stop]:
        """What did not end by itself."""
        found: dict[tuple[str, str, str], Stop] = {}
        for each in self.graded:
            for name, answer in each.questions.items():
                for kind in filter(STOPPED.__contains__, answer.kinds):
                    question = "" if kind == "NotLoaded" else name
                    found[each.row.student, question, kind] = Stop(each, question, kind)
        return [*found.values()]

    @property
    def slowest(self) -> list[Known]:
        """The submissions whose calls took longest."""
        return sorted(self.graded, key=lambda each: -each.row.seconds)[:SLOWEST]

    @property
    def late(self) -> list[Known]:
        """What came late, or may have."""
        return [each for each in self.students if each.row.days_late != 0]

    def counts(self) -> Mapping[str, int]:
        """Return how many students have which verdict."""
        verdicts = [each.row.verdict for each in self.students]
        return {verdict: verdicts.count(verdict) for verdict in dict.fromkeys(verdicts)}


def _widths() -> Iterator[float]:
    power = 1
    while True:
        yield from (step * power for step in STEPS)
        power *= 10


def overview_data(overview: Overview, label: Callable[[Row], str]) -> dict[str, Any]:
    """Return the report as plain data; `label` gives the name of a student."""

    def names(people: Sequence[Known]) -> list[str]:
        return [label(each.row) for each in people]

    return {
        "schema": 1,
        "assignment": overview.assignment.name,
        "max_points": overview.assignment.max_points,
        "students": dict(overview.counts()),
        "points": overview.points,
        "mean": round(overview.mean, 4),
        "quartiles": list(overview.quartiles),
        "questions": [
            {
                "question": item.name,
                "graded": item.graded,
                "passed": item.passed,
                "mean": round(item.mean, 4),
                "discrimination": item.discrimination,
            }
            for item in overview.items
        ],
        "checks": [
            {"question": c.question, "check": c.check, "device": c.device}
            | {"passed": c.passed, "failed": c.failed}
            for c in overview.checks
        ],
        "clusters": [_cluster_data(each, names(each.members)) for each in overview.clusters],
        "stopped": [
            {"student": label(s.student.row), "question": s.question or None, "kind": s.kind}
            for s in overview.stopped
        ],
        "slowest": [
            {"student": label(each.row), "seconds": each.row.seconds} for each in overview.slowest
        ],
        "alike": [
            {"students": names(each.members), "shared": [vars(thing) for thing in each.shared]}
            for each in overview.alike
        ],
        "late": [
            {"student": label(each.row), "days": each.row.days_late, "deducted": each.row.deducted}
            for each in overview.late
        ],
    }


def _cluster_data(cluster: Cluster, members: list[str]) -> dict[str, Any]:
    said = cluster.message
    return {
        "cluster": cluster.name,
        "question": cluster.question or None,
        "size": len(members),
        "students": members,
        "headline": said.headline if said is not None else None,
        "call": "\n".join(said.call) if said is not None else None,
        "hint": said.hint if said is not None else None,
    }
