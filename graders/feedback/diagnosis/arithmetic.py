"""Mistakes that change the values by a rule: factors, offsets, signs, sums, functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from graders.feedback.diagnosis import mistakes as k
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, cases_of, every, near, varied

SMALL: Final = 1e-3  # the share of a value that its tolerance may be, for the value to tell
EPS: Final = 64 * float(np.finfo(np.float64).eps)
LARGEST_DENOMINATOR: Final = 12


def _comparable(parts: Sequence[Part]) -> bool:
    return all(part.numeric and part.alike and part.expected.size for part in parts)


# ---------------------------------------------------------------- factors


@dataclass(frozen=True)
class _Scaled:
    """Numbers that one number per part explains, how exact each is, and whether it tells much."""

    parts: Sequence[Part]
    numbers: Array
    margins: Array

    @property
    def same(self) -> float | None:
        """The number, where it is the same in all parts."""
        best = int(np.argmin(self.margins))
        number = float(self.numbers[best])
        close = np.abs(self.numbers - number) <= self.margins + self.margins[best]
        return number if bool(close.all()) else None

    def follows(self, numbers: Array) -> bool:
        """Whether these numbers are other ones in some cases, and explain every part."""
        with np.errstate(invalid="ignore"):
            close = np.abs(self.numbers - numbers) <= self.margins + EPS * np.abs(numbers)
        return bool(close.all()) and varied(numbers)


def factor(parts: Sequence[Part]) -> k.Mistake | None:
    """Name what the expected result is multiplied by."""
    found = _factors(parts)
    if found is None:
        return None
    same = found.same
    if same is not None:
        return _constant_factor(same, float(found.margins.min()))
    return _argument_factor(found)


def proportional(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a factor that differs from case to case, where several elements share it."""
    found = _factors(parts)
    telling = {p.case for p in parts if np.count_nonzero(p.expected) > 1 and varied(p.expected)}
    return k.Proportional() if found is not None and len(telling) >= FEWEST else None


def _factors(parts: Sequence[Part]) -> _Scaled | None:
    """Return the factor of each part; None unless every part has one and they tell enough."""
    if not _comparable(parts):
        return None
    pairs = []
    for part in parts:
        pair = _factor_of(part)
        if pair is None:
            return None
        pairs.append(pair)
    tellers = {part.case for part in parts}
    sizes = {round(float(np.abs(part.expected).max()), 9) for part in parts}
    if len(tellers) < FEWEST or len(sizes) < 2:
        return None
    return _Scaled(parts, *(np.asarray(column) for column in zip(*pairs, strict=True)))


def _factor_of(part: Part) -> tuple[float, float] | None:
    """Return the factor that explains a part, and how far it may be off."""
    finite = np.isfinite(part.expected) & np.isfinite(part.actual)
    if not (finite | ~part.wrong).all():
        return None
    expected = np.where(finite, part.expected, 0).astype(np.float64)
    place = int(np.argmax(np.abs(expected)))
    largest = float(expected.flat[place])
    if largest == 0:
        return None
    allowed = part.allowed
    margin = float(allowed.flat[place]) / abs(largest)
    number = float(part.actual.flat[place]) / largest
    margin *= 1 + abs(number)
    if margin > SMALL:
        return None
    room = 2 * max(1.0, abs(number)) * allowed + EPS * abs(largest * number)
    fits = np.abs(np.where(finite, part.actual, 0) - number * expected) <= room
    return (number, margin + EPS * abs(number)) if bool(fits.all()) else None


def _constant_factor(number: float, margin: float) -> k.Mistake | None:
    shown = number_text(number, margin)
    if shown in ("1", "0"):
        return None
    return k.Sign() if shown == "-1" else k.Factor(shown)


def number_text(number: float, margin: float) -> str:
    """Return a number as the simplest fraction that it can be, else with four digits."""
    simple = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(simple) - number) <= max(margin, EPS * abs(number)):
        return str(simple)
    text = f"{number:.4g}"
    return text if text not in ("1", "-1") else f"{number:.8g}"


def _argument_factor(found: _Scaled) -> k.Mistake | None:
    quantities = _quantities(found.parts)
    for name, numbers in quantities.items():
        for mistake, values in _forms(name, numbers):
            if found.follows(values):
                return mistake
    for mistake, values in _products(quantities):
        if found.follows(values):
            return mistake
    return None


def _quantities(parts: Sequence[Part]) -> dict[str, Array]:
    """Return the positive numbers and sizes that the arguments of all parts have, as code."""
    rows = [dict(_quantities_of(part)) for part in parts]
    names = [name for name in rows[0] if all(name in row for row in rows)]
    columns = {name: np.asarray([row[name] for row in rows], np.float64) for name in names}
    found: dict[str, Array] = {}
    for name, column in columns.items():
        known = any(np.array_equal(column, other) for other in found.values())
        if varied(column) and not known and np.isfinite(column).all():
            found[name] = column
    return found


def _quantities_of(part: Part) -> Iterator[tuple[str, float]]:
    for name, value in part.arguments.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield name, value
        elif isinstance(value, list):
            yield f"len({name})", len(value)
        elif isinstance(value, np.ndarray):
            for axis, size in enumerate(value.shape):
                yield f"{name}.shape[{axis}]", size
            yield f"{name}.numel()", value.size
            if value.dtype.kind in "iuf":
                if value.size == 1:
                    yield name, float(value.flat[0])
                elif value.ndim == 1:
                    yield f"{name}.norm()", float(np.linalg.norm(value))


def _is_count(name: str) -> bool:
    return "shape[" in name or name.endswith(".numel()") or name.startswith("len(")


def _forms(name: str, n: Array) -> Iterator[tuple[k.Mistake, Array]]:
    """Yield the factors that a quantity can make, with what each means."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if _is_count(name):
            yield k.SumForMean(name), n
            yield k.MeanForSum(name), 1 / n
            for root in (False, True):
                power = 0.5 if root else 1.0
                yield k.OtherDivisor(name, True, root), (n / (n - 1)) ** power
                yield k.OtherDivisor(name, False, root), ((n - 1) / n) ** power
        for text, values in (
            ("{n}", n),
            ("1 / {n}", 1 / n),
            ("-{n}", -n),
            ("-1 / {n}", -1 / n),
            ("2 * {n}", 2 * n),
            ("{n} / 2", n / 2),
            ("2 / {n}", 2 / n),
            ("1 / (2 * {n})", 0.5 / n),
            ("{n}**2", n**2),
            ("1 / {n}**2", 1 / n**2),
            ("{n}**0.5", np.sqrt(np.abs(n))),
            ("1 / {n}**0.5", 1 / np.sqrt(np.abs(n))),
            ("({n} - 1)", n - 1),
            ("({n} + 1)", n + 1),
            ("(1 + 1 / {n})", 1 + 1 / n),
        ):
            yield k.ArgumentFactor(text.format(n=name)), values


def _products(quantities: dict[str, Array]) -> Iterator[tuple[k.Mistake, Array]]:
    names = list(quantities)[:12]
    with np.errstate(divide="ignore", invalid="ignore"):
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                a, b = quantities[one], quantities[other]
                yield k.ArgumentFactor(f"{one} * {other}"), a * b
                yield k.ArgumentFactor(f"1 / ({one} * {other})"), 1 / (a * b)
                yield k.ArgumentFactor(f"{one} / {other}"), a / b
                yield k.ArgumentFactor(f"{other} / {one}"), b / a


# ---------------------------------------------------------------- offsets


def offset(parts: Sequence[Part]) -> k.Mistake | None:
    """Name what is added to the expected result."""
    if not _comparable(parts):
        return None
    pairs = []
    for part in parts:
        pair = _offset_of(part)
        if pair is None:
            return None
        pairs.append(pair)
    varies = {round(float(part.expected.flat[0]), 9) for part in parts}
    if cases_of(parts) < FEWEST or len(varies) < 2:
        return None
    found = _Scaled(parts, *(np.asarray(column) for column in zip(*pairs, strict=True)))
    same = found.same
    if same is not None:
        text = number_text(abs(same), float(found.margins.min()))
        return k.Offset(text, same > 0)
    for name, values in _quantities(parts).items():
        for more in (True, False):
            if found.follows(values if more else -values):
                return k.Offset(name, more)
    return None


def _offset_of(part: Part) -> tuple[float, float] | None:
    finite = np.isfinite(part.expected) & np.isfinite(part.actual)
    if not finite.all():
        return None
    difference = part.actual.astype(np.float64) - part.expected
    allowed = part.allowed
    place = int(np.argmin(allowed)) if allowed.size else 0
    number = float(difference.flat[place])
    margin = 2 * float(allowed.flat[place]) + EPS * abs(float(part.expected.flat[place]))
    if number == 0 or margin > SMALL * abs(number) * 100:
        return None
    room = 2 * allowed + margin
    return (number, margin) if bool((np.abs(difference - number) <= room).all()) else None


# ---------------------------------------------------------------- functions of the expected result

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
_ROUNDING: Final = ("truncated", "rounded down", "rounded up", "sign only")


def applied(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a well-known function that the result is of the expected one."""
    if all(part.alike and part.expected.dtype.kind == "b" for part in parts):
        fits = every(parts, lambda p: near(p.actual, ~p.expected, 0), lambda p: p.expected.size > 0)
        return k.Applied("negated") if fits else None
    if not _comparable(parts) or not any(varied(p.expected) for p in parts) and _all_equal(parts):
        return None
    with np.errstate(all="ignore"):
        for name, function in FUNCTIONS:
            if every(
                parts,
                lambda p, f=function: _is_applied(p, f),  # type: ignore[misc]
                lambda p, n=name: n not in _ROUNDING or _is_fractional(p),  # type: ignore[misc]
            ):
                return k.Applied(name)
    return None


def absolute(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a sign that is lost: no failing case tells that from a wrong sign."""
    if not _comparable(parts) or any((part.expected > part.allowed).any() for part in parts):
        return None
    fits = every(parts, lambda p: near(p.actual, np.abs(p.expected), p.allowed), _is_not_zero)
    return k.Applied("absolute value") if fits else None


def _is_not_zero(part: Part) -> bool:
    return bool((part.expected != 0).any())


def _all_equal(parts: Sequence[Part]) -> bool:
    return len({float(part.expected.flat[0]) for part in parts}) == 1


def _is_fractional(part: Part) -> bool:
    return bool((np.abs(part.expected - np.round(part.expected)) > part.allowed).any())


def _is_applied(part: Part, function: _Function) -> bool:
    center = part.expected.astype(np.float64)
    value = function(center)
    moved = [np.abs(function(center + step) - value) for step in (part.allowed, -part.allowed)]
    room = np.nan_to_num(np.maximum(*moved), nan=0.0, posinf=0.0) + 4 * EPS * np.abs(value)
    return near(part.actual, value, part.allowed + room)


def rounded(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the number of decimals that the result is rounded to."""
    if not _comparable(parts) or any(part.expected.dtype.kind != "f" for part in parts):
        return None
    for decimals in range(5):
        if every(
            parts,
            lambda p, d=decimals: near(  # type: ignore[misc]
                p.actual, np.round(p.expected, d), p.allowed + EPS * np.abs(p.expected)
            ),
            _is_fractional,
        ):
            return k.RoundedTo(decimals)
    return None


# ---------------------------------------------------------------- sums and means


def reductions(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an axis that was reduced and should not have been, or the reverse."""
    if any(part.alike or not part.numeric for part in parts):
        return None
    axes = [None, *range(max(max(p.expected.ndim, p.actual.ndim) for p in parts)), -1]
    for operation in ("sum", "mean"):
        for axis in axes:
            if every(parts, lambda p: _is_reduced(p, operation, axis), _reduction_shows):  # noqa: B023
                return k.Reduced(operation, axis)
            if every(parts, lambda p: _is_not_reduced(p, operation, axis), _reduction_shows):  # noqa: B023
                return k.NotReduced(operation, axis)
    return None


def _reduction_shows(part: Part) -> bool:
    sizes = sorted((part.expected.size, part.actual.size))
    return sizes[1] > sizes[0] > 0


def _is_reduced(part: Part, operation: str, axis: int | None) -> bool:
    value = _reduce(part.expected, operation, axis)
    if value is None or value.size != part.actual.size or not _squeezes(value, part.actual):
        return False
    allowed = _reduce(part.allowed, "sum", axis)
    assert allowed is not None
    return near(part.actual.reshape(-1), value.reshape(-1), allowed.reshape(-1))


def _is_not_reduced(part: Part, operation: str, axis: int | None) -> bool:
    value = _reduce(part.actual, operation, axis)
    if value is None or value.size != part.expected.size or not _squeezes(value, part.expected):
        return False
    room = part.allowed.reshape(-1) + 4 * float(part.allowed.max(initial=0.0))
    return near(value.reshape(-1), part.expected.reshape(-1), room)


def _squeezes(one: Array, other: Array) -> bool:
    """Whether the shapes differ by dimensions of size 1 at most."""
    return [n for n in one.shape if n != 1] == [n for n in other.shape if n != 1]


def _reduce(array: Array, operation: str, axis: int | None) -> Array | None:
    if axis is not None and not -array.ndim <= axis < array.ndim:
        return None
    if not array.ndim or (operation == "mean" and not array.size):
        return None
    wide = array.astype(np.float64)
    return np.asarray(wide.sum(axis) if operation == "sum" else wide.mean(axis))
