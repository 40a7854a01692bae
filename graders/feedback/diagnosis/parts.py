"""Takes failures apart: results, changed arguments and arguments as arrays and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from graders.cases.bank import Case
from graders.checks import mismatch as m
from graders.checks.comparison import Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome, is_sequence, items_of
from graders.feedback.diagnosis.evidence import Array, Part, Sample, part_of
from graders.judging import Failure
from graders.worker.wire import ArgumentTensor, Iterated, ResultTensor, tensors_in

COMPARED: Final = (m.WrongShape, m.WrongValues, m.WrongLength, m.ArgumentWrong)
MOST_ITEMS: Final = 4  # of a list of tensors that count as arguments of their own
LARGEST_INTEGER: Final = 2**62

Tolerances = Mapping[Path, Tolerance]


def samples_of(failures: Sequence[Failure], *, joined: bool = True) -> list[Sample]:
    """Return what each failure shows; what an iterator gave is joined, or taken item by item."""
    return [_sample(number, failure, joined) for number, failure in enumerate(failures)]


def _sample(number: int, failure: Failure, joined: bool) -> Sample:
    if failure.actual is None or not isinstance(failure.mismatch, COMPARED):
        return Sample((), ())
    expected = failure.case.observed.outcome()
    arguments = arguments_of(failure.case)
    if isinstance(failure.mismatch, m.ArgumentWrong):
        parts = list(_changes(number, failure, expected, arguments))
        return Sample(tuple(parts), _wrong(parts))
    parts, complete = [], True
    for place, left, right in _pairs(expected.value, failure.actual.value, (), joined):
        wanted = _numbers(left, failure.case.tolerances, place)
        found = _numbers(right, {}, place)
        if wanted is None or found is None:
            complete = complete and bool(left == right)
        else:
            dtypes = (_dtype(left), _dtype(right))
            parts.append(part_of(number, place, *wanted, found[0], dtypes, arguments))
    return Sample(tuple(parts), _wrong(parts), complete)


def _wrong(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.is_wrong)


def _changes(
    number: int, failure: Failure, expected: Outcome, arguments: Mapping[str, Any]
) -> Iterator[Part]:
    """Yield by how much arguments changed: that, not their new values, is what a call does."""
    tensors = list(tensors_in(list(failure.case.arguments.values())))
    changed = failure.actual.changed if failure.actual is not None else {}
    for place, wanted in expected.changed.items():
        found, before = changed.get(place), tensors[place].numpy()
        tolerance = failure.case.tolerances.get(("argument", place))
        if isinstance(found, ResultTensor) and found.shape == before.shape and tolerance:
            wide = before.astype(np.float64)
            change = found.numpy().astype(np.float64) - wide
            yield part_of(
                number,
                ("argument", place),
                tolerance.center - wide,
                tolerance.allowed,
                change,
                (wanted.dtype, found.dtype),
                arguments,
            )


# ---------------------------------------------------------------- results side by side


@dataclass(frozen=True)
class _Column:
    """Tensors that an iterator gave, to be joined along their first axis, and their places."""

    items: tuple[ResultTensor, ...]
    places: tuple[Path, ...]


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
    left, right = _columns(expected, place), _columns(actual, place)
    left = left or [_Column((), ())] * len(right)
    right = right or [_Column((), ())] * len(left)
    if len(left) != len(right):
        return
    tuples = bool(left) and is_sequence((*expected, *actual)[0])
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        inside = (":", number) if tuples else (":",)
        yield (*place, *inside), _filled(one, other), _filled(other, one)


def _columns(batches: Sequence[Any], place: Path) -> list[_Column]:
    rows = [items_of(batch) if is_sequence(batch) else [batch] for batch in batches]
    if len({len(row) for row in rows}) != 1:
        return []
    columns = list(zip(*rows, strict=True))
    if not all(_joins(column) for column in columns):
        return []
    tuples = is_sequence(batches[0])
    return [
        _Column(column, tuple((*place, n, *((i,) if tuples else ())) for n in range(len(column))))
        for i, column in enumerate(columns)
    ]


def _joins(items: Sequence[Any]) -> bool:
    if not all(isinstance(item, ResultTensor) and item.shape for item in items):
        return False
    return len({(item.shape[1:], item.dtype) for item in items}) == 1


def _filled(column: _Column, other: _Column) -> _Column | Array:
    """Return a column, or no rows of what the other one holds."""
    return column if column.items else other.items[0].numpy()[:0]


# ---------------------------------------------------------------- values as numbers


def _numbers(value: Any, tolerances: Tolerances, place: Path) -> tuple[Array, Array] | None:
    """Return a part's numbers, and by how much each may differ; None where it has none."""
    match value:
        case _Column(items, places):
            found = [_numbers(item, tolerances, at) for item, at in zip(items, places, strict=True)]
            numbers, allowed = zip(*filter(None, found), strict=True)
            return np.concatenate(numbers), np.concatenate(allowed)
        case list() | tuple() if _is_numbers(value):
            return _of_list(value, tolerances, place)
        case ResultTensor():
            array = value.numpy()
        case np.ndarray():
            array = value
        case _ if _is_number(value):
            array = np.asarray(value)
        case _:
            return None
    if place in tolerances:
        return tolerances[place].center, tolerances[place].allowed
    return _widened(array), np.zeros(array.shape)


def _of_list(items: Sequence[Any], tolerances: Tolerances, place: Path) -> tuple[Array, Array]:
    known = [tolerances.get((*place, number)) for number in range(len(items))]
    numbers = [item if at is None else at.center for item, at in zip(items, known, strict=True)]
    allowed = [0.0 if at is None else at.allowed for at in known]
    return np.asarray(numbers), np.asarray(allowed, np.float64)


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(_is_number(item) for item in value)


def _is_number(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < LARGEST_INTEGER
    return isinstance(value, float)


def _widened(array: Array) -> Array:
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def _dtype(value: Any) -> str:
    match value:
        case ResultTensor():
            return value.dtype
        case _Column(items):
            return items[0].dtype
    return "float64"


# ---------------------------------------------------------------- arguments


def arguments_of(case: Case) -> dict[str, Any]:
    """Return a case's arguments by their code: arrays, numbers, lists of arrays and their items."""
    found: dict[str, Any] = {}
    for name, value in case.arguments.items():
        match value:
            case ArgumentTensor():
                found[name] = _widened(value.numpy())
            case int() | float():
                found[name] = value
            case [ArgumentTensor(), *_]:
                items = [_widened(item.numpy()) for item in value]
                found |= {f"{name}[{n}]": item for n, item in enumerate(items[:MOST_ITEMS])}
                found[name] = items
            case list() | tuple():
                rows = rows_of(value)
                if rows is not None:
                    found[f"torch.tensor({name})"] = rows
    return found


def rows_of(value: Sequence[Any]) -> Array | None:
    """Return nested lists of numbers as an array; None for anything else."""
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None
