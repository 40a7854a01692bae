"""Mistakes that multiply the expected result by something, or add something to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import (
    FEWEST,
    Array,
    Part,
    cases_of,
    every,
    near,
    numeric,
    varied,
)

SMALL: Final = 1e-3  # the share of a number that its margin may be, for the number to tell
EPS: Final = 64 * float(np.finfo(np.float64).eps)
LARGEST_DENOMINATOR: Final = 12
LARGEST_FRACTION: Final = 1e6  # beyond it numbers are shown with four digits
MOST_PRODUCTS: Final = 12  # quantities that are multiplied with each other


@dataclass(frozen=True)
class _Found:
    """A number for each of the parts that tell one, and by how much it may be off."""

    told: Sequence[Part]
    numbers: Array
    margins: Array
    vague: Sequence[Part] = ()

    @property
    def same(self) -> float | None:
        """The number, where it is the same in all parts."""
        best = int(np.argmin(self.margins))
        number = float(self.numbers[best])
        close = np.abs(self.numbers - number) <= self.margins + self.margins[best]
        return number if bool(close.all()) else None

    def follows(self, numbers: Array) -> bool:
        """Whether these numbers are other ones in some cases, and explain every part."""
        with np.errstate(invalid="ignore", over="ignore"):
            close = np.abs(self.numbers - numbers) <= self.margins + EPS * np.abs(numbers)
        return bool(close.all()) and varied(numbers)


# ---------------------------------------------------------------- factors


def factor(parts: Sequence[Part]) -> k.Mistake | None:
    """Name what the expected result is multiplied by."""
    found = _factors(parts)
    if found is None:
        return None
    same = found.same
    if same is None:
        return _varying_factor(found)
    fits = all(_fits_factor(part, same) for part in found.vague)
    return _constant_factor(same, float(found.margins.min())) if fits else None


def proportional(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a factor that is not always the same, where several elements share it."""
    found = _factors(parts)
    if found is None or found.vague:
        return None
    telling = [p for p in parts if np.count_nonzero(p.expected) > 1 and varied(p.expected)]
    return k.Proportional() if cases_of(telling) >= FEWEST else None


def _factors(parts: Sequence[Part]) -> _Found | None:
    """Return the factor of each part; None unless there are enough, and every part has one."""
    if not numeric(parts):
        return None
    told, vague, pairs = [], [], []
    for part in parts:
        pair = _factor_of(part)
        if pair is None:
            return None
        if _is_vague(*pair):
            vague.append(part)
        else:
            told.append(part)
            pairs.append(pair)
    sizes = {round(float(np.nanmax(np.abs(part.expected))), 9) for part in told}
    if cases_of(told) < FEWEST or len(sizes) < 2:
        return None
    numbers, margins = (np.asarray(column) for column in zip(*pairs, strict=True))
    return _Found(told, numbers, margins, vague)


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
    number = float(part.actual.flat[place]) / largest
    margin = float(part.allowed.flat[place]) / abs(largest) * (1 + abs(number))
    margin += EPS * abs(number)
    fits = _is_vague(number, margin) or _fits_factor(part, number)
    return (number, margin) if fits else None


def _is_vague(number: float, margin: float) -> bool:
    return margin > SMALL * max(abs(number), SMALL)


def _fits_factor(part: Part, number: float) -> bool:
    room = 2 * max(1.0, abs(number)) * part.allowed + EPS * np.abs(part.expected * number)
    return near(part.actual, part.expected * number, room)


def _constant_factor(number: float, margin: float) -> k.Mistake | None:
    shown = number_text(number, margin)
    if shown in ("1", "0"):
        return None
    return k.Sign() if shown == "-1" else k.Factor(shown)


def number_text(number: float, margin: float) -> str:
    """Return a number as the simplest fraction that it can be, else with four digits."""
    simple = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    closeness = max(min(margin, SMALL * abs(number)), EPS * abs(number))
    if abs(float(simple) - number) <= closeness and abs(number) < LARGEST_FRACTION:
        return str(simple)
    text = f"{number:.4g}"
    return text if text not in ("1", "-1") else f"{number:.8g}"


def _varying_factor(found: _Found) -> k.Mistake | None:
    parts = [*found.told, *found.vague]
    count = len(found.told)
    for mistake, values in _forms(_quantities(parts)):
        if found.follows(values[:count]) and all(
            _fits_factor(part, float(value))
            for part, value in zip(found.vague, values[count:], strict=True)
        ):
            return mistake
    return None


# ---------------------------------------------------------------- what the arguments say


def _quantities(parts: Sequence[Part]) -> dict[str, Array]:
    """Return the numbers and sizes that the arguments of all parts have, by their code."""
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
        match value:
            case bool():
                pass
            case int() | float():
                yield name, value
            case list():
                yield f"len({name})", len(value)
            case np.ndarray():
                yield from _sizes(name, value)


def _sizes(name: str, value: Array) -> Iterator[tuple[str, float]]:
    for axis, size in enumerate(value.shape):
        yield f"{name}.shape[{axis}]", size
    if value.ndim:
        yield f"{name}.shape[-1]", value.shape[-1]
    yield f"{name}.numel()", value.size
    if value.ndim == 1 and value.dtype.kind in "iuf":
        yield f"{name}.norm()", float(np.sqrt((value * value).sum()))


def _is_count(name: str) -> bool:
    return "shape[" in name or name.endswith(".numel()") or name.startswith("len(")


_Form = Callable[[Array], Array]

_FORMS: Final[tuple[tuple[str, _Form], ...]] = (
    ("{n}", lambda n: n),
    ("1 / {n}", lambda n: 1 / n),
    ("-{n}", lambda n: -n),
    ("-1 / {n}", lambda n: -1 / n),
    ("2 * {n}", lambda n: 2 * n),
    ("{n} / 2", lambda n: n / 2),
    ("2 / {n}", lambda n: 2 / n),
    ("1 / (2 * {n})", lambda n: 0.5 / n),
    ("{n}**2", np.square),
    ("1 / {n}**2", lambda n: 1 / n**2),
    ("{n}**0.5", np.sqrt),
    ("1 / {n}**0.5", lambda n: 1 / np.sqrt(n)),
    ("({n} - 1)", lambda n: n - 1),
    ("({n} + 1)", lambda n: n + 1),
    ("({n} - 1) / {n}", lambda n: (n - 1) / n),
    ("({n} + 1) / {n}", lambda n: (n + 1) / n),
    ("({n} + 1) / 2", lambda n: (n + 1) / 2),
)


def _forms(quantities: Mapping[str, Array]) -> Iterator[tuple[k.Mistake, Array]]:
    """Yield the factors that the quantities can make, with what each means."""
    with np.errstate(all="ignore"):
        for name, n in quantities.items():
            if _is_count(name):
                yield from _forms_of_count(name, n)
            for text, form in _FORMS:
                yield k.ArgumentFactor(text.format(n=name)), form(n)
        names = list(quantities)[:MOST_PRODUCTS]
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                a, b = quantities[one], quantities[other]
                yield k.ArgumentFactor(f"{one} * {other}"), a * b
                yield k.ArgumentFactor(f"1 / ({one} * {other})"), 1 / (a * b)
                yield k.ArgumentFactor(f"{one} / {other}"), a / b
                yield k.ArgumentFactor(f"{other} / {one}"), b / a


def _forms_of_count(name: str, n: Array) -> Iterator[tuple[k.Mistake, Array]]:
    yield k.SumForMean(name), n
    yield k.MeanForSum(name), 1 / n
    for root in (False, True):
        power = 0.5 if root else 1.0
        yield k.OtherDivisor(name, True, root), (n / (n - 1)) ** power
        yield k.OtherDivisor(name, False, root), ((n - 1) / n) ** power


# ---------------------------------------------------------------- offsets


def offset(parts: Sequence[Part]) -> k.Mistake | None:
    """Name the number that is added to the expected result."""
    if not numeric(parts):
        return None
    pairs = []
    for part in parts:
        pair = _offset_of(part)
        if pair is None:
            return None
        pairs.append(pair)
    if cases_of(parts) < FEWEST or len({round(float(p.expected.flat[0]), 9) for p in parts}) < 2:
        return None
    numbers, margins = (np.asarray(column) for column in zip(*pairs, strict=True))
    found = _Found(parts, numbers, margins)
    same = found.same
    if same is not None:
        return k.Offset(number_text(abs(same), float(margins.min())), same > 0)
    for name, values in _quantities(parts).items():
        if found.follows(values):
            return k.Offset(name, True)
        if found.follows(-values):
            return k.Offset(name, False)
    return None


def _offset_of(part: Part) -> tuple[float, float] | None:
    """Return the number that is added to every element of a part, and how far it may be off."""
    if not (np.isfinite(part.expected) & np.isfinite(part.actual)).all():
        return None
    difference = part.actual.astype(np.float64) - part.expected
    place = int(np.argmin(part.allowed))
    number = float(difference.flat[place])
    margin = 2 * float(part.allowed.flat[place]) + EPS * abs(float(part.expected.flat[place]))
    if margin > 10 * SMALL * abs(number):
        return None
    room = 2 * part.allowed + margin
    return (number, margin) if bool((np.abs(difference - number) <= room).all()) else None


# ---------------------------------------------------------------- whole arguments


def argument_added(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that is added to the expected result, element by element."""
    if not numeric(parts):
        return None
    for name in _arrays(parts[0]):
        for text, times in (("{n}", 1.0), ("2 * {n}", 2.0), ("{n} / 2", 0.5)):
            for sign in (1, -1):
                fits = partial(_is_added, name=name, times=sign * times)
                if every(parts, fits, lambda p: bool(p.wrong.any())):
                    return k.Offset(text.format(n=name), sign > 0)
    return None


def _is_added(part: Part, name: str, times: float) -> bool:
    value = _broadcast_argument(part, name)
    if value is None:
        return False
    added = part.expected + times * value
    return near(part.actual, added, 2 * part.allowed + _rounding(part, added, value))


def argument_multiplied(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that the expected result is multiplied with, element by element."""
    if not numeric(parts):
        return None
    for name in _arrays(parts[0]):
        for text, sign, divides in _PRODUCTS:
            fits = partial(_is_multiplied, name=name, sign=sign, divides=divides)
            if every(parts, fits, partial(_product_shows, name=name)):
                return k.ArgumentFactor(text.format(n=name))
    return None


_PRODUCTS: Final = (
    ("{n}", 1, False),
    ("1 / {n}", 1, True),
    ("-{n}", -1, False),
    ("-1 / {n}", -1, True),
)


def _is_multiplied(part: Part, name: str, sign: int, divides: bool) -> bool:
    value = _broadcast_argument(part, name)
    if value is None:
        return False
    with np.errstate(all="ignore"):
        left, right = part.actual.astype(np.float64), sign * part.expected
        if divides:
            left = left * value
        else:
            right = right * value
        room = 2 * part.allowed * np.maximum(1, np.abs(value)) + _rounding(part, right, value)
        return near(left, right, room)


def _product_shows(part: Part, name: str) -> bool:
    return varied(part.arguments[name]) and bool(np.any(part.expected))


def _broadcast_argument(part: Part, name: str) -> Array | None:
    """Return an argument whose shape broadcasts to that of the result."""
    value = part.arguments.get(name)
    if not isinstance(value, np.ndarray) or value.ndim > part.expected.ndim:
        return None
    pairs = zip(reversed(value.shape), reversed(part.expected.shape), strict=False)
    return value if all(size in (1, wide) for size, wide in pairs) else None


def _rounding(part: Part, *arrays: Array) -> float:
    """Return how far rounding alone can take numbers of this size, in the dtype of the result."""
    eps = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}.get(part.dtypes[1], EPS)
    largest = max(float(np.abs(array).max(initial=0.0)) for array in arrays)
    return 4 * eps * largest if np.isfinite(largest) else 0.0


def _arrays(part: Part) -> list[str]:
    values: Iterator[tuple[str, Any]] = iter(part.arguments.items())
    return [n for n, v in values if isinstance(v, np.ndarray) and v.dtype.kind in "iuf" and v.ndim]
