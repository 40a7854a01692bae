"""Mistakes of constants, overflow and precision."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, cases_of, every, varied
from graders.feedback.diagnosis.places import only_places
from graders.feedback.literal import number_shown

FEWEST_DIGITS: Final = 2
ROUNDINGS: Final = 8  # of the shorter dtype, which a calculation in it may add up
DIGITS: Final = {"float64": 15, "float32": 6, "float16": 3, "bfloat16": 2}

_Shorten = Callable[[Array], Array]


def constant(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the one value that the result always holds."""
    if cases_of(parts) < FEWEST or not all(part.actual.size for part in parts):
        return None
    value = parts[0].actual.flat[0]
    if not np.isfinite(value) or not all((part.actual == value).all() for part in parts):
        return None
    expected = np.concatenate([part.expected.reshape(-1) for part in parts])
    if not (expected != value).any():
        return None
    if not varied(expected) and (value != 0 or expected.dtype.kind == "b"):
        return None
    shown = max((part.actual for part in parts), key=lambda array: array.dtype.kind != "b")
    return k.Zeros() if value == 0 else k.Constant(number_shown(shown.flat[0]))


def not_finite(parts: Sequence[Part]) -> k.Mistake | None:
    """Name NaN and infinity where finite values are expected."""
    if not all(part.alike and part.numeric for part in parts):
        return None
    if not every(parts, _wrong_are_not_finite, lambda p: bool(np.isfinite(p.expected).any())):
        return None
    found = np.concatenate([part.actual[part.wrong] for part in parts])
    kinds = (bool(np.isnan(found).any()), bool(np.isinf(found).any()))
    name = {(True, True): "both", (True, False): "nan", (False, True): "inf"}[kinds]
    return k.NotFinite(name, only_places(parts))


def _wrong_are_not_finite(part: Part) -> bool:
    expected, actual = part.expected[part.wrong], part.actual[part.wrong]
    return bool(np.isfinite(expected).all()) and not bool(np.isfinite(actual).any())


# ---------------------------------------------------------------- precision


def low_precision(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a shorter dtype whose numbers the results are, close to the expected ones."""
    if not all(part.alike and part.expected.dtype.kind == "f" for part in parts):
        return None
    for dtype, shorten in _SHORTER:
        fits = partial(_is_short, dtype=dtype, shorten=shorten)
        if every(parts, fits, partial(_shortening_shows, shorten=shorten)):
            return k.LowPrecision(dtype)
    return None


def _to_bfloat16(array: Array) -> Array:
    bits = np.ascontiguousarray(array, np.float32).view(np.uint32).astype(np.uint64)
    rounded = (bits + 0x7FFF + ((bits >> np.uint64(16)) & 1)) >> np.uint64(16) << np.uint64(16)
    return rounded.astype(np.uint32).view(np.float32).reshape(array.shape).astype(np.float64)


def _through(array: Array, dtype: str) -> Array:
    with np.errstate(over="ignore"):
        return array.astype(dtype).astype(np.float64)


_SHORTER: Final[tuple[tuple[str, _Shorten], ...]] = (
    ("bfloat16", _to_bfloat16),
    ("float16", partial(_through, dtype="float16")),
    ("float32", partial(_through, dtype="float32")),
)
_EPS: Final = {"bfloat16": 2.0**-8, "float16": 2.0**-11, "float32": 2.0**-24}
_LONGER: Final = {
    "bfloat16": {"float16", "float32", "float64"},
    "float16": {"float32", "float64"},
    "float32": {"float64"},
}


def _is_short(part: Part, dtype: str, shorten: _Shorten) -> bool:
    if part.dtypes[1] not in _LONGER[dtype]:
        return False
    actual = part.actual.astype(np.float64)
    finite = np.isfinite(part.expected)
    scale = float(np.abs(part.expected[finite]).max(initial=0.0))
    room = ROUNDINGS * _EPS[dtype] * scale
    with np.errstate(invalid="ignore"):
        close = np.abs(actual - part.expected) <= room
        return bool((close | ~finite).all() and (shorten(actual) == actual)[finite].all())


def _shortening_shows(part: Part, shorten: _Shorten) -> bool:
    return bool((shorten(part.expected) != part.expected).any())


def few_digits(parts: Sequence[Part]) -> k.Mistake | None:
    """Name to how many digits the results agree with the expected ones, where it is some."""
    if not all(part.alike and part.expected.dtype.kind == "f" for part in parts):
        return None
    worst = 0.0
    for part in parts:
        worst = max(worst, _relative_error(part))
        if worst >= 10.0**-FEWEST_DIGITS:
            return None
    if not worst or cases_of(parts) < FEWEST:
        return None
    digits = int(-math.log10(worst))
    return k.FewDigits(digits) if digits < min(DIGITS[p.dtypes[1]] for p in parts) else None


def _relative_error(part: Part) -> float:
    """Return the largest error in units of the largest value."""
    finite = np.isfinite(part.expected) & np.isfinite(part.actual)
    if part.dtypes[1] not in DIGITS or (~finite & part.wrong).any():
        return math.inf
    scale = float(np.abs(part.expected[finite]).max(initial=0.0))
    error = float(np.abs(part.actual[finite] - part.expected[finite]).max(initial=0.0))
    return error / scale if scale else math.inf
