"""Mistakes of constants, overflow and precision."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, cases_of, every, varied
from graders.feedback.diagnosis.places import only_places
from graders.feedback.literal import number_shown

FEWEST_DIGITS: Final = 2
ROUNDINGS: Final = 64  # of the shorter dtype, which a calculation in it may add up
DIGITS: Final = {"float64": 15, "float32": 6, "float16": 3, "bfloat16": 2}


def constant(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the one value that the result always holds."""
    filled = [part for part in parts if part.actual.size]
    if not filled or cases_of(filled) < FEWEST:
        return None
    value = filled[0].actual.flat[0]
    if not np.isfinite(value) or not all((part.actual == value).all() for part in filled):
        return None
    expected = np.concatenate([part.expected.reshape(-1) for part in filled])
    if not (expected != value).any():
        return None
    if not varied(expected) and (value != 0 or expected.dtype.kind == "b"):
        return None
    return k.Zeros() if value == 0 else k.Constant(number_shown(value))


def not_finite(parts: Sequence[Part]) -> k.Mistake | None:
    """Name NaN and infinity where finite values are expected."""
    if not all(part.alike and part.numeric for part in parts):
        return None
    if not every(parts, _wrong_are_not_finite, lambda p: bool(np.isfinite(p.expected).any())):
        return None
    found = np.concatenate([part.actual[part.wrong] for part in parts])
    nan, infinite = bool(np.isnan(found).any()), bool(np.isinf(found).any())
    return k.NotFinite("both" if nan and infinite else "nan" if nan else "inf", only_places(parts))


def _wrong_are_not_finite(part: Part) -> bool:
    where = part.wrong
    return bool(
        np.isfinite(part.expected[where]).all() and not np.isfinite(part.actual[where]).any()
    )


def low_precision(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a shorter dtype whose numbers the results are, close to the expected ones."""
    if not all(part.alike and part.expected.dtype.kind == "f" for part in parts):
        return None
    for dtype, shorten in _SHORTER:
        if every(
            parts,
            lambda p, d=dtype, s=shorten: _is_short(p, d, s),  # type: ignore[misc]
            lambda p, s=shorten: bool((s(p.expected) != p.expected).any()),  # type: ignore[misc]
        ):
            return k.LowPrecision(dtype)
    return None


def _to_bfloat16(array: Array) -> Array:
    bits = np.ascontiguousarray(array, np.float32).view(np.uint32)
    rounded = (bits.astype(np.uint64) + 0x7FFF + ((bits >> 16) & 1)) >> 16 << 16
    return rounded.astype(np.uint32).view(np.float32).reshape(array.shape).astype(np.float64)


def _through(dtype: str) -> Callable[[Array], Array]:
    def shorten(array: Array) -> Array:
        with np.errstate(over="ignore"):
            return array.astype(dtype).astype(np.float64)

    return shorten


_SHORTER: Final = (
    ("bfloat16", _to_bfloat16),
    ("float16", _through("float16")),
    ("float32", _through("float32")),
)
_EPS: Final = {"bfloat16": 2.0**-8, "float16": 2.0**-11, "float32": 2.0**-24}
_ORDER: Final = ("bfloat16", "float16", "float32", "float64")


def _is_short(part: Part, dtype: str, shorten: Callable[[Array], Array]) -> bool:
    if part.dtypes[1] not in _ORDER or _ORDER.index(part.dtypes[1]) <= _ORDER.index(dtype):
        return False
    actual = part.actual.astype(np.float64)
    finite = np.isfinite(part.expected)
    scale = float(np.abs(part.expected[finite]).max(initial=0.0))
    room = ROUNDINGS * _EPS[dtype] * scale
    with np.errstate(invalid="ignore"):
        close = np.abs(actual - part.expected) <= room
        return bool((close | ~finite).all() and (shorten(actual) == actual)[finite].all())


def few_digits(parts: Sequence[Part]) -> k.Mistake | None:
    """Name to how many digits the results agree with the expected ones, where it is some."""
    if not all(part.alike and part.expected.dtype.kind == "f" for part in parts):
        return None
    if cases_of(parts) < FEWEST:
        return None
    worst = 0.0
    for part in parts:
        worst = max(worst, _relative_error(part))
        if worst >= 10.0**-FEWEST_DIGITS:
            return None
    if not worst:
        return None
    digits = int(-math.log10(worst))
    return k.FewDigits(digits) if digits < min(DIGITS.get(p.dtypes[1], 15) for p in parts) else None


def _relative_error(part: Part) -> float:
    """Return the largest error in units of the largest value."""
    finite = np.isfinite(part.expected) & np.isfinite(part.actual)
    if (~finite & part.wrong).any():
        return math.inf
    scale = float(np.abs(part.expected[finite]).max(initial=0.0))
    error = float(np.abs(part.actual[finite] - part.expected[finite]).max(initial=0.0))
    return error / scale if scale else math.inf
