"""What failing calls did beside what they had to do, as numbers, and what rules ask of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from graders.checks.mismatch import Path

FEWEST: Final = 3  # failing cases that tell a mistake from others

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Part:
    """One part of what a call did: of its result, or how it changed an argument."""

    case: int  # number of the failing case
    place: Path
    expected: Array
    allowed: Array  # by how much each element may differ
    actual: Array
    dtypes: tuple[str, str]  # the expected one, then the actual one
    arguments: Mapping[str, Any]
    alike: bool  # it has the expected shape
    wrong: Array  # which elements are wrong, where the shape is right
    numeric: bool  # both hold numbers to calculate with

    @property
    def is_wrong(self) -> bool:
        """Whether the shape or any element is wrong."""
        return not self.alike or bool(self.wrong.any())


def part_of(
    case: int,
    place: Path,
    expected: Array,
    allowed: Array,
    actual: Array,
    dtypes: tuple[str, str],
    arguments: Mapping[str, Any],
) -> Part:
    """Return a part with what is asked of it most often."""
    alike = expected.shape == actual.shape
    wrong = ~_near_each(actual, expected, allowed) if alike else np.zeros((), bool)
    numeric = expected.dtype.kind in "iuf" and actual.dtype.kind in "iuf"
    return Part(case, place, expected, allowed, actual, dtypes, arguments, alike, wrong, numeric)


@dataclass(frozen=True)
class Sample:
    """One failing case: the parts of what it did, and those among them that are wrong."""

    parts: tuple[Part, ...]
    wrong: tuple[Part, ...]
    complete: bool = True  # nothing but these parts is wrong


def wrong_parts(samples: Sequence[Sample]) -> list[Part] | None:
    """Return all wrong parts, those that tell most first; None where a case has none."""
    if not all(sample.wrong for sample in samples):
        return None
    parts = [part for sample in samples for part in sample.wrong]
    return sorted(parts, key=lambda part: -part.expected.size)


def near(actual: Array, expected: Array, allowed: Array | float) -> bool:
    """Whether two arrays have one shape and no element differs by more than allowed."""
    return actual.shape == expected.shape and bool(_near_each(actual, expected, allowed).all())


def _near_each(actual: Array, expected: Array, allowed: Array | float) -> Array:
    if actual.dtype.kind in "biu" and expected.dtype.kind in "biu":
        return np.asarray(actual == expected)
    with np.errstate(invalid="ignore", over="ignore"):
        close = np.abs(actual - expected) <= allowed
        return np.asarray(close | (actual == expected) | (np.isnan(actual) & np.isnan(expected)))


def every(
    parts: Iterable[Part], fits: Callable[[Part], bool], tells: Callable[[Part], bool]
) -> bool:
    """Whether all parts fit, and at least `FEWEST` cases tell that this is no coincidence."""
    telling = set()
    for part in parts:
        if not fits(part):
            return False
        if part.case not in telling and tells(part):
            telling.add(part.case)
    return len(telling) >= FEWEST


def filled(part: Part) -> bool:
    """Whether something is expected at all."""
    return part.expected.size > 0


def varied(array: Array) -> bool:
    """Whether an array holds different values."""
    return array.size > 1 and bool((array != array.flat[0]).any())


def expects_variety(part: Part) -> bool:
    """Whether different values are expected."""
    return varied(part.expected)


def numeric(parts: Sequence[Part]) -> bool:
    """Whether all parts hold numbers, have the expected shape and are not empty."""
    return all(part.numeric and part.alike and part.expected.size for part in parts)


def cases_of(parts: Iterable[Part]) -> int:
    """Return how many cases the parts come from."""
    return len({part.case for part in parts})
