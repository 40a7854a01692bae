"""Mistakes that change the expected values by a rule: roots, rounding, sums, means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import Array, Part, every, filled, near, numeric, varied

EPS: Final = 64 * float(np.finfo(np.float64).eps)
MOST_DECIMALS: Final = 4

_Function = Callable[[Array], Any]

FUNCTIONS: Final[tuple[tuple[str, _Function], ...]] = (
    ("absolute value", np.abs),
    ("truncated", np.trunc),
    ("rounded down", np.floor),
    ("rounded up", np.ceil),
    ("negatives to zero", lambda x: np.maximum(x, 0)),
    ("positives to zero", lambda x: np.minimum(x, 0)),
    ("square root", np.sqrt),
    ("squared", np.square),
    ("reciprocal", lambda x: 1 / x),
    ("one minus", lambda x: 1 - x),
    ("exponential", np.exp),
    ("logarithm", np.log),
    ("arc cosine", np.arccos),
    ("sign only", np.sign),
)
_OF_FRACTIONS: Final = ("truncated", "rounded down", "rounded up", "sign only")


# ---------------------------------------------------------------- functions of the expected result


def lost_negatives(parts: Sequence[Part]) -> k.Mistake | None:
    """Name what became of negative results, where cases with positive ones pass."""
    if not numeric(parts) or any((part.expected > part.allowed).any() for part in parts):
        return None
    for name, function in (("absolute value", np.abs), ("negatives to zero", np.zeros_like)):
        if every(parts, partial(_is_applied, function=function), _is_not_zero):
            return k.Applied(name)
    return None


def _is_not_zero(part: Part) -> bool:
    return bool((part.expected != 0).any())


def applied(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a well-known function that the result is of the expected one."""
    if all(part.alike and part.expected.dtype.kind == "b" for part in parts):
        fits = every(parts, lambda p: near(p.actual, ~p.expected, 0), filled)
        return k.Applied("negated") if fits else None
    if not numeric(parts) or _all_equal(parts):
        return None
    with np.errstate(all="ignore"):
        for name, function in FUNCTIONS:
            tells = _is_fractional if name in _OF_FRACTIONS else filled
            if every(parts, partial(_is_applied, function=function), tells):
                return k.Applied(name)
    return None


def _all_equal(parts: Sequence[Part]) -> bool:
    return not any(varied(part.expected) for part in parts) and (
        len({float(part.expected.flat[0]) for part in parts}) == 1
    )


def _is_fractional(part: Part) -> bool:
    return bool((np.abs(part.expected - np.round(part.expected)) > part.allowed).any())


def _is_applied(part: Part, function: _Function) -> bool:
    center = part.expected.astype(np.float64)
    value = function(center)
    moved = [np.abs(function(center + step) - value) for step in (part.allowed, -part.allowed)]
    room = np.maximum(*moved) + 4 * EPS * np.abs(value)
    return near(part.actual, value, part.allowed + _finite(room))


def rounded(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the number of decimals that the result is rounded to."""
    if not numeric(parts) or any(part.expected.dtype.kind != "f" for part in parts):
        return None
    for decimals in range(MOST_DECIMALS + 1):
        if every(parts, partial(_is_rounded, decimals=decimals), _is_fractional):
            return k.RoundedTo(decimals)
    return None


def _is_rounded(part: Part, decimals: int) -> bool:
    value = np.round(part.expected, decimals)
    return near(part.actual, value, part.allowed + _finite(EPS * np.abs(value)))


def _finite(room: Array) -> Array:
    """Leave no room around what is infinite: nothing but itself is near."""
    return np.nan_to_num(room, nan=0.0, posinf=0.0)


# ---------------------------------------------------------------- sums and means


def reductions(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an axis that was reduced and should not have been, or the reverse."""
    if any(part.alike or not part.numeric for part in parts):
        return None
    most = max(max(part.expected.ndim, part.actual.ndim) for part in parts)
    for operation in ("sum", "mean"):
        for axis in (None, *range(most), -1):
            over = {"operation": operation, "axis": axis}
            if every(parts, partial(_is_reduced, **over), _reduction_shows):
                return k.Reduced(operation, axis)
            if every(parts, partial(_is_not_reduced, **over), _reduction_shows):
                return k.NotReduced(operation, axis)
    return None


def _reduction_shows(part: Part) -> bool:
    fewer, more = sorted((part.expected.size, part.actual.size))
    return more > fewer > 0


def _is_reduced(part: Part, operation: str, axis: int | None) -> bool:
    value = _reduce(part.expected, operation, axis)
    if value is None or not _squeezes(value, part.actual):
        return False
    allowed = np.asarray(part.allowed.sum(axis))
    return near(part.actual.reshape(-1), value.reshape(-1), allowed.reshape(-1))


def _is_not_reduced(part: Part, operation: str, axis: int | None) -> bool:
    value = _reduce(part.actual, operation, axis)
    if value is None or not _squeezes(value, part.expected):
        return False
    room = part.allowed.reshape(-1) + 4 * float(part.allowed.max(initial=0.0))
    return near(value.reshape(-1), part.expected.reshape(-1), room)


def _squeezes(one: Array, other: Array) -> bool:
    """Whether the shapes differ by dimensions of size 1 at most."""
    return [n for n in one.shape if n != 1] == [n for n in other.shape if n != 1]


def _reduce(array: Array, operation: str, axis: int | None) -> Array | None:
    if not array.ndim or (axis is not None and not -array.ndim <= axis < array.ndim):
        return None
    if operation == "mean" and not array.size:
        return None
    wide = array.astype(np.float64)
    return np.asarray(wide.sum(axis) if operation == "sum" else wide.mean(axis))
