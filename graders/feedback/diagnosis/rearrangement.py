"""Mistakes that leave the values right and put them in other places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import permutations
from typing import Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import (
    FEWEST,
    Array,
    Part,
    cases_of,
    every,
    expects_variety,
    filled,
    near,
    varied,
)

MOST_AXES: Final = 5  # of which all orders are tried


def _is_moved(part: Part, move: Callable[[Array], Array]) -> bool:
    """Whether the result is the expected one, moved."""
    return near(part.actual, move(part.expected), move(part.allowed))


# ---------------------------------------------------------------- axes


def permuted(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the order in which the axes are, where it is another one in every case."""
    for mistake, order in _orders({part.expected.ndim for part in parts}):
        if every(parts, partial(_is_permuted, order=order), partial(_order_shows, order=order)):
            return mistake
    return None


_Order = Callable[[int], tuple[int, ...]]


def _orders(ndims: set[int]) -> Iterator[tuple[k.Mistake, _Order]]:
    """Yield the orders to try, as functions of the number of axes; exchanges of two first."""
    fewest, most = min(ndims), max(ndims)
    if fewest < 2 or most > MOST_AXES:
        return
    if fewest == most:
        for order in sorted(permutations(range(most)), key=_displaced)[1:]:
            yield _named(order), partial(_always, order)
        return
    yield k.Transposed((-2, -1)), lambda n: (*range(n - 2), n - 1, n - 2)
    yield k.Transposed((0, 1)), lambda n: (1, 0, *range(2, n))
    yield k.Permuted(None), lambda n: tuple(reversed(range(n)))
    yield k.AxisMoved(to_front=False), lambda n: (*range(1, n), 0)
    yield k.AxisMoved(to_front=True), lambda n: (n - 1, *range(n - 1))


def _always(order: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    return order


def _displaced(order: tuple[int, ...]) -> int:
    return sum(axis != place for place, axis in enumerate(order))


def _named(order: tuple[int, ...]) -> k.Mistake:
    moved = [place for place, axis in enumerate(order) if axis != place]
    if len(moved) == 2:
        return k.Transposed(None if len(order) == 2 else (moved[0], moved[1]))
    return k.Permuted(order)


def _is_permuted(part: Part, order: _Order) -> bool:
    axes = order(part.expected.ndim)
    return _has_sizes(part, order) and _is_moved(part, lambda array: array.transpose(axes))


def _has_sizes(part: Part, order: _Order) -> bool:
    shape = part.expected.shape
    return bool(part.actual.shape == tuple(shape[axis] for axis in order(len(shape))))


def _order_shows(part: Part, order: _Order) -> bool:
    """Whether the order of the elements tells this permutation from a mere change of shape."""
    turned = part.expected.transpose(order(part.expected.ndim))
    return not np.array_equal(turned.reshape(-1), part.expected.reshape(-1))


def sizes_exchanged(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an order of the expected sizes that the shape has, whatever the values are."""
    if any(part.alike for part in parts):
        return None
    for mistake, order in _orders({part.expected.ndim for part in parts}):
        if every(parts, partial(_has_sizes, order=order), filled):
            if isinstance(mistake, k.Transposed):
                return k.SizesExchanged(mistake.axes)
            return k.SizesReordered()
    return None


# ---------------------------------------------------------------- shapes


def size_one(parts: Sequence[Part]) -> k.Mistake | None:
    """Name dimensions of size 1 that are missing, too many or in another place."""
    if not every(parts, _differs_in_ones, filled):
        return None
    steps = {part.actual.ndim - part.expected.ndim for part in parts}
    if all(step < 0 for step in steps):
        return k.SizeOneMissing()
    if all(step > 0 for step in steps):
        return k.SizeOneExtra()
    return k.SizeOneMoved() if steps == {0} else None


def _differs_in_ones(part: Part) -> bool:
    if part.alike or _without_ones(part.actual.shape) != _without_ones(part.expected.shape):
        return False
    return _in_order(part)


def _without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape if size != 1)


def _in_order(part: Part) -> bool:
    return near(part.actual.reshape(-1), part.expected.reshape(-1), part.allowed.reshape(-1))


def reshaped(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the right values, in order, in another shape."""
    if not every(parts, lambda p: not p.alike and _in_order(p), lambda p: p.expected.size > 1):
        return None
    return k.Flattened() if all(part.actual.ndim == 1 for part in parts) else k.Reshaped()


def column_by_column(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the right values, filled in by columns instead of by rows."""
    fits = every(parts, partial(_is_moved, move=_refolded), expects_variety)
    return k.ColumnByColumn() if fits else None


def _refolded(array: Array) -> Array:
    return array.reshape(-1).reshape(array.shape, order="F")


def broadcast(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the expected values, repeated over a wider shape, or not repeated over theirs."""
    if every(parts, _is_broadcast, lambda p: p.actual.size > p.expected.size > 0):
        return k.Broadcast()
    if every(parts, _lacks_broadcast, lambda p: p.expected.size > p.actual.size > 0):
        return k.NotBroadcast()
    return None


def _is_broadcast(part: Part) -> bool:
    shape = part.actual.shape
    if part.alike or not _broadcasts(part.expected.shape, shape):
        return False
    return _is_moved(part, lambda array: np.broadcast_to(array, shape))


def _lacks_broadcast(part: Part) -> bool:
    shape = part.expected.shape
    if part.alike or not _broadcasts(part.actual.shape, shape):
        return False
    return near(np.broadcast_to(part.actual, shape), part.expected, part.allowed)


def _broadcasts(narrow: tuple[int, ...], wide: tuple[int, ...]) -> bool:
    pairs = zip(reversed(narrow), reversed(wide), strict=False)
    return len(narrow) <= len(wide) and all(n in (1, w) for n, w in pairs)


# ---------------------------------------------------------------- along an axis


def _axes(parts: Sequence[Part]) -> Iterator[int]:
    """Yield the axes that all parts have, counted from the front and, where it matters, the end."""
    ndims = {min(part.expected.ndim, part.actual.ndim) for part in parts}
    yield from range(min(ndims))
    if len(ndims) > 1:
        yield from (-axis for axis in range(1, min(ndims) + 1))


def reversed_order(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an axis, or all of them, along which the order is reversed."""
    whole = [None] if any(part.expected.ndim > 1 for part in parts) else []
    for axis in (*_axes(parts), *whole):
        flip = partial(np.flip, axis=axis)
        if every(parts, partial(_is_moved, move=flip), expects_variety):
            return k.Reversed(axis)
    return None


def shifted(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an axis along which every place holds what belongs one place further."""
    if not all(part.alike for part in parts):
        return None
    for axis in _axes(parts):
        for by in (1, -1):
            fits = partial(_is_shifted, axis=axis, by=by)
            if every(parts, fits, partial(_shift_shows, axis=axis)):
                return k.Shifted(axis, by)
    return None


def _is_shifted(part: Part, axis: int, by: int) -> bool:
    here, there = (slice(None, -by), slice(by, None)) if by > 0 else (slice(-by, None), slice(by))
    return near(
        _cut(part.actual, axis, here),
        _cut(part.expected, axis, there),
        _cut(part.allowed, axis, there),
    )


def _shift_shows(part: Part, axis: int) -> bool:
    return part.expected.shape[axis] > 2 and varied(part.expected)


def _cut(array: Array, axis: int, part: slice) -> Array:
    places = [slice(None)] * array.ndim
    places[axis] = part
    return array[tuple(places)]


def off_by_one(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an axis along which one slice is missing, or one too many."""
    if any(part.expected.ndim != part.actual.ndim or part.alike for part in parts):
        return None
    for axis in (*_axes(parts), None):
        steps = {_step(part, axis) for part in parts}
        if steps in ({1}, {-1}) and cases_of(parts) >= FEWEST:
            end = next((end for end in ("last", "first") if _fits_end(parts, axis, end)), "any")
            return k.OneShort(axis, end) if steps == {-1} else k.OneTooMany(axis, end)
    return None


def _step(part: Part, axis: int | None) -> int:
    """Return by how much an axis, or every axis, is longer than expected; 0 unless by 1."""
    more = [a - e for a, e in zip(part.actual.shape, part.expected.shape, strict=True)]
    if axis is None:
        return more[0] if len(set(more)) == 1 and abs(more[0]) == 1 else 0
    at = more.pop(axis)
    return at if abs(at) == 1 and not any(more) else 0


def _fits_end(parts: Sequence[Part], axis: int | None, end: str) -> bool:
    """Whether the longer one of each pair has just one more at this end."""
    fits = partial(_is_longer_at, axis=axis, kept=slice(-1) if end == "last" else slice(1, None))
    return every(parts, fits, lambda p: min(p.actual.size, p.expected.size) > 0)


def _is_longer_at(part: Part, axis: int | None, kept: slice) -> bool:
    actual, expected, allowed = part.actual, part.expected, part.allowed
    for one in range(expected.ndim) if axis is None else (axis,):
        if actual.shape[one] < expected.shape[one]:
            expected, allowed = _cut(expected, one, kept), _cut(allowed, one, kept)
        else:
            actual = _cut(actual, one, kept)
    return near(actual, expected, allowed)


def end_excluded(parts: Sequence[Part]) -> k.Mistake | None:
    """Name steps that are too short by one part in as many as there are values."""
    fits = every(parts, _stops_early, lambda p: p.expected.size > 2)
    return k.EndExcluded() if fits else None


def _stops_early(part: Part) -> bool:
    count = part.expected.size
    if not part.alike or not part.numeric or part.expected.ndim != 1 or not count:
        return False
    start = part.expected[0]
    shrunk = start + (part.expected - start) * (count - 1) / count
    return near(part.actual, shrunk, 2 * part.allowed)


def cut_short(parts: Sequence[Part]) -> k.Mistake | None:
    """Name results that end too early, or go on too long, along the first axis."""
    if any(not part.expected.ndim or part.actual.ndim != part.expected.ndim for part in parts):
        return None
    for mistake, longer in ((k.CutShort(), False), (k.TooLong(), True)):
        if every(parts, partial(_is_cut, longer=longer), lambda p: p.actual.size > 0):
            return mistake
    return None


def _is_cut(part: Part, longer: bool) -> bool:
    count = min(len(part.actual), len(part.expected))
    if part.alike or (len(part.actual) > len(part.expected)) != longer:
        return False
    return near(part.actual[:count], part.expected[:count], part.allowed[:count])


# ---------------------------------------------------------------- anywhere


def reordered(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the right values in places that follow no simple rule."""
    fits = every(parts, _is_reordered, lambda p: len(np.unique(p.expected)) > 2)
    return k.Reordered() if fits else None


def _is_reordered(part: Part) -> bool:
    if not part.alike:
        return False
    order = np.argsort(part.expected, axis=None)
    return near(
        np.sort(part.actual, axis=None),
        part.expected.reshape(-1)[order],
        part.allowed.reshape(-1)[order],
    )
