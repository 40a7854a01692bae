"""Submissions that share what few others have: facts, from which a person may conclude something.

Short right functions are all alike, and a common mistake gives common answers. So code counts only
where it is long, answers only where they are wrong, and both only where few of the class have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from graders.gradebook.students import Known

LONG: Final = 60  # nodes of a syntax tree; most functions of one line have 10 to 40
VERY_LONG: Final = 150  # nobody writes that twice by chance
FEW: Final = 3
SHARE: Final = 0.05  # of the class


@dataclass(frozen=True)
class Shared:
    """One thing that several submissions have in common."""

    kind: Literal["file", "code", "answers"]
    question: str  # empty for a whole file
    size: int  # nodes of the syntax tree
    students: int  # of the class who share it


@dataclass(frozen=True)
class Alike:
    """Students, and what all of them share."""

    members: tuple[Known, ...]
    shared: tuple[Shared, ...]


def alike(graded: Sequence[Known]) -> list[Alike]:
    """Return who shares what few have, those who share the most first."""
    holders = _holders(graded)
    found = []
    for members in dict.fromkeys(holders.values()):
        shared = [thing for thing, those in holders.items() if members <= those]
        if _counts(shared):
            people = tuple(each for each in graded if each.row.student in members)
            found.append(Alike(people, tuple(_said(shared, holders))))
    return sorted(found, key=_weight, reverse=True)


_Thing = tuple[Literal["file", "code", "answers"], str, str, int]


def _holders(graded: Sequence[Known]) -> dict[_Thing, frozenset[str]]:
    found: dict[_Thing, set[str]] = defaultdict(set)
    for each in graded:
        for thing in _things(each):
            found[thing].add(each.row.student)
    most = max(FEW, int(SHARE * len(graded)))
    return {
        thing: frozenset(those)
        for thing, those in found.items()
        if len(those) > 1 and (len(those) <= most or thing[0] == "file" or thing[3] >= VERY_LONG)
    }


def _things(each: Known) -> list[_Thing]:
    answers = [(name, a) for name, a in each.questions.items() if a.answers]
    found: list[_Thing] = [("answers", name, a.answers, 0) for name, a in answers]
    if found or any(answer.points for answer in each.questions.values()):
        found.append(("file", "", each.row.content, 0))
    for name, (digest, size) in each.trees.items():
        if size >= LONG and name in each.questions:
            found.append(("code", name, digest, size))
    return found


def _counts(shared: Sequence[_Thing]) -> bool:
    """Whether it is worth saying: a mistake alone may be made twice."""
    kinds = [kind for kind, *_ in shared]
    return "file" in kinds or "code" in kinds or kinds.count("answers") > 1


def _said(shared: Sequence[_Thing], holders: dict[_Thing, frozenset[str]]) -> list[Shared]:
    order = ("file", "code", "answers")
    files = [thing for thing in shared if thing[0] == "file"]
    things = files or sorted(shared, key=lambda thing: (order.index(thing[0]), -thing[3], thing[1]))
    return [
        Shared(kind, name, size, len(holders[t])) for t in things for kind, name, _, size in [t]
    ]


def _weight(found: Alike) -> tuple[bool, int, int, int]:
    files = any(shared.kind == "file" for shared in found.shared)
    size = sum(shared.size for shared in found.shared)
    return files, size, len(found.shared), len(found.members)
