"""What failing calls returned beside what they had to return, as numbers to compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np

from graders.cases.bank import Case
from graders.checks import mismatch as m
from graders.checks.comparison import Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome, is_sequence, items_of
from graders.judging import Failure
from graders.worker.wire import ArgumentTensor, ResultTensor

FEWEST: Final = 3  # failing cases that tell a mistake from others
COMPARED: Final = (m.WrongShape, m.WrongValues, m.WrongLength, m.ArgumentWrong)

Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Part:
    """One part of what a call did: of its result, or what it left in an argument."""

    case: int  # number of the failing case
    place: Path
    expected: Array
    allowed: Array  # by how much each element may differ
    actual: Array
    dtypes: tuple[str, str]  # the expected one, then the actual one
    arguments: Mapping[str, Any]

    @property
    def alike(self) -> bool:
        """Whether it has the expected shape."""
        return self.expected.shape == self.actual.shape

    @cached_property
    def wrong(self) -> Array:
        """Which elements are wrong, where the shape is right."""
        return ~_near_each(self.actual, self.expected, self.allowed)

    @property
    def is_wrong(self) -> bool:
        """Whether the shape or any element is wrong."""
        return not self.alike or bool(self.wrong.any())

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers to calculate with."""
        return self.expected.dtype.kind in "iuf" and self.actual.dtype.kind in "iuf"


@dataclass(frozen=True)
class Sample:
    """One failing case: the parts of its result side by side, where they can be compared."""

    number: int
    failure: Failure
    parts: tuple[Part, ...]

    @cached_property
    def wrong(self) -> tuple[Part, ...]:
        """The parts that are wrong."""
        return tuple(part for part in self.parts if part.is_wrong)


def samples_of(failures: Sequence[Failure]) -> list[Sample]:
    """Return what each failure shows."""
    return [
        Sample(number, failure, tuple(_parts(number, failure)))
        for number, failure in enumerate(failures)
    ]


def wrong_parts(samples: Sequence[Sample]) -> list[Part] | None:
    """Return all wrong parts, those that tell most first; None where a case has none."""
    if not all(sample.wrong for sample in samples):
        return None
    parts = [part for sample in samples for part in sample.wrong]
    return sorted(parts, key=lambda part: -part.expected.size)


# ---------------------------------------------------------------- what rules ask


def near(actual: Array, expected: Array, allowed: Array | float) -> bool:
    """Whether two arrays have one shape and no element differs by more than allowed."""
    return actual.shape == expected.shape and bool(_near_each(actual, expected, allowed).all())


def _near_each(actual: Array, expected: Array, allowed: Array | float) -> Array:
    if actual.dtype.kind in "biu" and expected.dtype.kind in "biu":
        return np.asarray(actual == expected)
    with np.errstate(invalid="ignore", over="ignore"):
        close = np.abs(actual - expected) <= allowed
        return np.asarray(
            close | (actual == expected) | (np.isnan(actual) & np.isnan(expected))
        )


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


def varied(array: Array) -> bool:
    """Whether an array holds different values."""
    return array.size > 1 and bool((array != array.flat[0]).any())


def cases_of(parts: Iterable[Part]) -> int:
    """Return how many cases the parts come from."""
    return len({part.case for part in parts})


# ---------------------------------------------------------------- parts of outcomes


def _parts(number: int, failure: Failure) -> Iterator[Part]:
    if failure.actual is None or not isinstance(failure.mismatch, COMPARED):
        return
    expected = failure.case.observed.outcome()
    tolerances = failure.case.tolerances
    if isinstance(failure.mismatch, m.ArgumentWrong):
        pairs = _changed_arguments(expected, failure.actual)
    else:
        pairs = _pairs(expected.value, failure.actual.value, ())
    arguments = arguments_of(failure.case)
    for place, left, right in pairs:
        wanted, allowed = _numbers(left, tolerances, place)
        found, _ = _numbers(right, {}, place)
        if wanted is not None and found is not None:
            dtypes = (_dtype(left, wanted), _dtype(right, found))
            yield Part(number, place, wanted, allowed, found, dtypes, arguments)


def _changed_arguments(expected: Outcome, actual: Outcome) -> Iterator[tuple[Path, Any, Any]]:
    for number, after in expected.changed.items():
        if number in actual.changed:
            yield ("argument", number), after, actual.changed[number]


def _pairs(expected: Any, actual: Any, place: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the parts of two results of one structure; a list of numbers is one part."""
    if _is_numbers(expected) and _is_numbers(actual):
        yield place, expected, actual
    elif is_sequence(expected) and is_sequence(actual):
        left, right = items_of(expected), items_of(actual)
        if len(left) == len(right):
            for number, (one, other) in enumerate(zip(left, right, strict=True)):
                yield from _pairs(one, other, (*place, number))
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(expected.keys() & actual.keys(), key=str):
            yield from _pairs(expected[key], actual[key], (*place, key))
    else:
        yield place, expected, actual


def _is_numbers(value: Any) -> bool:
    return is_sequence(value) and all(_is_number(item) for item in items_of(value))


def _is_number(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 2**62
    return isinstance(value, float)


def _numbers(
    value: Any, tolerances: Mapping[Path, Tolerance], place: Path
) -> tuple[Array | None, Array]:
    """Return a part's numbers, and by how much each may differ."""
    if _is_numbers(value):
        found = [_numbers(v, tolerances, (*place, n)) for n, v in enumerate(items_of(value))]
        numbers = np.asarray([number for number, _ in found])
        return numbers, np.asarray([allowed for _, allowed in found], np.float64)
    if isinstance(value, ResultTensor):
        array = value.numpy()
    elif _is_number(value):
        array = np.asarray(value)
    else:
        return None, np.zeros(())
    if place in tolerances:
        return tolerances[place].center, tolerances[place].allowed
    wide = array.astype(np.float64) if array.dtype.kind == "f" else array
    return wide, np.zeros(array.shape)


def _dtype(value: Any, array: Array) -> str:
    return value.dtype if isinstance(value, ResultTensor) else str(array.dtype)


# ---------------------------------------------------------------- arguments


def arguments_of(case: Case) -> dict[str, Any]:
    """Return a case's arguments: arrays, numbers, and lists of arrays; the items of lists too."""
    found: dict[str, Any] = {}
    for name, value in case.arguments.items():
        plain = plain_value(value)
        if isinstance(plain, list):
            found |= {f"{name}[{number}]": item for number, item in enumerate(plain[:4])}
        found[name] = plain
    return found


def plain_value(value: Any) -> Any:
    """Return an argument as an array, a number, a list of arrays, or None for anything else."""
    if isinstance(value, ArgumentTensor):
        array = value.numpy()
        return array.astype(np.float64) if array.dtype.kind == "f" else array
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and value and all(isinstance(v, ArgumentTensor) for v in value):
        return [plain_value(item) for item in value]
    if isinstance(value, list | tuple):
        return _rows(value)
    return None


def _rows(value: Sequence[Any]) -> Array | None:
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None
