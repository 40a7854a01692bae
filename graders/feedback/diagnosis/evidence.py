"""What failing calls returned beside what they had to return, as numbers to compute with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from graders.cases.bank import Case
from graders.checks import mismatch as m
from graders.checks.comparison import Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome, is_sequence, items_of
from graders.judging import Failure
from graders.worker.wire import ArgumentTensor, Iterated, ResultTensor, tensors_in

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
    alike: bool  # it has the expected shape
    wrong: Array  # which elements are wrong, where the shape is right
    numeric: bool  # both are numbers to calculate with

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
    """One failing case: the parts of its result side by side, where they can be compared."""

    number: int
    failure: Failure
    parts: tuple[Part, ...]
    wrong: tuple[Part, ...]


def samples_of(failures: Sequence[Failure], *, joined: bool = True) -> list[Sample]:
    """Return what each failure shows; what an iterator gave is joined, or taken item by item."""
    return [_sample(number, failure, joined) for number, failure in enumerate(failures)]


def _sample(number: int, failure: Failure, joined: bool) -> Sample:
    parts = tuple(_parts(number, failure, joined))
    return Sample(number, failure, parts, tuple(part for part in parts if part.is_wrong))


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


def varied(array: Array) -> bool:
    """Whether an array holds different values."""
    return array.size > 1 and bool((array != array.flat[0]).any())


def numeric(parts: Sequence[Part]) -> bool:
    """Whether all parts hold numbers, have the expected shape and are not empty."""
    return all(part.numeric and part.alike and part.expected.size for part in parts)


def cases_of(parts: Iterable[Part]) -> int:
    """Return how many cases the parts come from."""
    return len({part.case for part in parts})


# ---------------------------------------------------------------- parts of outcomes


def _parts(number: int, failure: Failure, joined: bool) -> Iterator[Part]:
    if failure.actual is None or not isinstance(failure.mismatch, COMPARED):
        return
    expected = failure.case.observed.outcome()
    tolerances = failure.case.tolerances
    arguments = arguments_of(failure.case)
    if isinstance(failure.mismatch, m.ArgumentWrong):
        yield from _changes(number, failure, expected, arguments)
        return
    for place, left, right in _pairs(expected.value, failure.actual.value, (), joined):
        wanted, allowed = _numbers(left, tolerances, place)
        found, _ = _numbers(right, {}, place)
        if wanted is not None and found is not None:
            dtypes = (_dtype(left, wanted), _dtype(right, found))
            yield part_of(number, place, wanted, allowed, found, dtypes, arguments)


def _changes(
    number: int, failure: Failure, expected: Outcome, arguments: Mapping[str, Any]
) -> Iterator[Part]:
    """Yield by how much arguments changed: that, not their new values, is what a call does."""
    assert failure.actual is not None
    tensors = list(tensors_in(list(failure.case.arguments.values())))
    for place, wanted in expected.changed.items():
        found = failure.actual.changed.get(place)
        before = tensors[place].numpy()
        key: Path = ("argument", place)
        tolerance = failure.case.tolerances.get(key)
        if tolerance is None or getattr(found, "shape", None) != before.shape:
            continue
        wide = before.astype(np.float64)
        after = found.numpy().astype(np.float64)
        dtypes = (wanted.dtype, found.dtype)
        change = tolerance.center - wide
        yield part_of(number, key, change, tolerance.allowed, after - wide, dtypes, arguments)


def _pairs(
    expected: Any, actual: Any, place: Path, joined: bool
) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the parts of two results of one structure; a list of numbers is one part."""
    if _is_numbers(expected) and _is_numbers(actual):
        yield place, expected, actual
    elif joined and isinstance(expected, Iterated) and is_sequence(actual):
        yield from _joined(items_of(expected), items_of(actual), place)
    elif is_sequence(expected) and is_sequence(actual):
        left, right = items_of(expected), items_of(actual)
        if len(left) == len(right):
            for number, (one, other) in enumerate(zip(left, right, strict=True)):
                yield from _pairs(one, other, (*place, number), joined)
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(expected.keys() & actual.keys(), key=str):
            yield from _pairs(expected[key], actual[key], (*place, key), joined)
    else:
        yield place, expected, actual


def _joined(
    expected: Sequence[Any], actual: Sequence[Any], place: Path
) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the batches that two iterators gave, joined; a batch may be a tuple of tensors."""
    left, right = _columns(expected), _columns(actual)
    left = left or [array[:0] for array in right]
    right = right or [array[:0] for array in left]
    if len(left) == len(right):
        pairs = is_sequence((*expected, *actual)[0]) if left else False
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            yield (*place, ":", number) if pairs else (*place, ":"), one, other


def _columns(batches: Sequence[Any]) -> list[Array]:
    rows = [items_of(batch) if is_sequence(batch) else [batch] for batch in batches]
    if len({len(row) for row in rows}) != 1:
        return []
    columns = list(zip(*rows, strict=True))
    if not all(
        isinstance(item, ResultTensor) and item.shape for column in columns for item in column
    ):
        return []
    if any(len({item.shape[1:] for item in column}) != 1 for column in columns):
        return []
    return [np.concatenate([item.numpy() for item in column]) for column in columns]


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(_is_number(item) for item in value)


def _is_number(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 2**62
    return isinstance(value, float)


def _numbers(
    value: Any, tolerances: Mapping[Path, Tolerance], place: Path
) -> tuple[Array | None, Array]:
    """Return a part's numbers, and by how much each may differ."""
    if _is_numbers(value):
        return _list_numbers(items_of(value), tolerances, place)
    if isinstance(value, ResultTensor):
        array = value.numpy()
    elif isinstance(value, np.ndarray):
        array = value
    elif _is_number(value):
        array = np.asarray(value)
    else:
        return None, np.zeros(())
    if place in tolerances:
        return tolerances[place].center, tolerances[place].allowed
    wide = array.astype(np.float64) if array.dtype.kind == "f" else array
    return wide, np.zeros(array.shape)


def _list_numbers(
    items: Sequence[Any], tolerances: Mapping[Path, Tolerance], place: Path
) -> tuple[Array, Array]:
    known = [tolerances.get((*place, number)) for number in range(len(items))]
    numbers = [item if at is None else at.center for item, at in zip(items, known, strict=True)]
    allowed = [0.0 if at is None else at.allowed for at in known]
    return np.asarray(numbers), np.asarray(allowed, np.float64)


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
