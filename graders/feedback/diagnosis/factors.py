"""Mistakes that multiply the expected result by something, or add something to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
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

SMALL: Final = 1e-3  # the share of a value that its tolerance may be, for the value to tell
EPS: Final = 64 * float(np.finfo(np.float64).eps)
LARGEST_DENOMINATOR: Final = 12
MOST_PRODUCTS: Final = 12  # quantities that are multiplied with each other


@dataclass(frozen=True)
class _Found:
    """A number for each of the parts that tell one, and by how much it may be off."""

    parts: Sequence[Part]
    numbers: Array
    margins: Array
    vague: Sequence[Part]

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
    if same is not None:
        fits = all(_fits_factor(part, same) for part in found.vague)
        return _constant_factor(same, float(found.margins.min())) if fits else None
    quantities = _quantities(parts)
    told = np.asarray([not any(part is other for other in found.vague) for part in parts])
    for mistake, values in _forms_of_all(quantities):
        if found.follows(values[told]) and all(
            _fits_factor(part, float(value))
            for part, value, tells in zip(parts, values, told, strict=True)
            if not tells
        ):
            return mistake
    return None


def proportional(parts: Sequence[Part]) -> k.Mistake | None:
    """Name a factor that differs from case to case, where several elements share it."""
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
        if pair[1] > SMALL * max(abs(pair[0]), SMALL):
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
    vague = margin > SMALL * max(abs(number), SMALL)
    return (number, margin) if vague or _fits_factor(part, number) else None


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
    if abs(float(simple) - number) <= max(margin, EPS * abs(number)):
        return str(simple)
    text = f"{number:.4g}"
    return text if text not in ("1", "-1") else f"{number:.8g}"


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
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield name, value
        elif isinstance(value, list):
            yield f"len({name})", len(value)
        elif isinstance(value, np.ndarray):
            for axis, size in enumerate(value.shape):
                yield f"{name}.shape[{axis}]", size
            if value.ndim:
                yield f"{name}.shape[-1]", value.shape[-1]
            yield f"{name}.numel()", value.size
            if value.ndim == 1 and value.dtype.kind in "iuf":
                yield f"{name}.norm()", float(np.sqrt((value * value).sum()))


def _is_count(name: str) -> bool:
    return "shape[" in name or name.endswith(".numel()") or name.startswith("len(")


_FORMS: Final = (
    ("{n}", lambda n: n),
    ("1 / {n}", lambda n: 1 / n),
    ("-{n}", lambda n: -n),
    ("-1 / {n}", lambda n: -1 / n),
    ("2 * {n}", lambda n: 2 * n),
    ("{n} / 2", lambda n: n / 2),
    ("2 / {n}", lambda n: 2 / n),
    ("1 / (2 * {n})", lambda n: 0.5 / n),
    ("{n}**2", lambda n: n**2),
    ("1 / {n}**2", lambda n: 1 / n**2),
    ("{n}**0.5", lambda n: np.sqrt(n)),
    ("1 / {n}**0.5", lambda n: 1 / np.sqrt(n)),
    ("({n} - 1)", lambda n: n - 1),
    ("({n} + 1)", lambda n: n + 1),
    ("({n} - 1) / {n}", lambda n: (n - 1) / n),
    ("({n} + 1) / {n}", lambda n: (n + 1) / n),
    ("({n} + 1) / 2", lambda n: (n + 1) / 2),
)


def _forms_of_all(quantities: Mapping[str, Array]) -> Iterator[tuple[k.Mistake, Array]]:
    """Yield the factors that the quantities can make, with what each means."""
    with np.errstate(all="ignore"):
        for name, n in quantities.items():
            if _is_count(name):
                yield from _forms_of_count(name, n)
            for text, form in _FORMS:
                yield k.ArgumentFactor(text.format(n=name)), form(n)  # type: ignore[no-untyped-call]
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
    found = _Found(parts, numbers, margins, ())
    same = found.same
    if same is not None:
        return k.Offset(number_text(abs(same), float(margins.min())), same > 0)
    for name, values in _quantities(parts).items():
        for more in (True, False):
            if found.follows(values if more else -values):
                return k.Offset(name, more)
    return None


def _offset_of(part: Part) -> tuple[float, float] | None:
    if not (np.isfinite(part.expected) & np.isfinite(part.actual)).all():
        return None
    difference = part.actual.astype(np.float64) - part.expected
    place = int(np.argmin(part.allowed))
    number = float(difference.flat[place])
    margin = 2 * float(part.allowed.flat[place]) + EPS * abs(float(part.expected.flat[place]))
    if margin > 100 * SMALL * abs(number):
        return None
    room = 2 * part.allowed + margin
    return (number, margin) if bool((np.abs(difference - number) <= room).all()) else None


# ---------------------------------------------------------------- whole arguments


def argument_added(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that is added to the expected result, element by element."""
    if not numeric(parts):
        return None
    for name in _arrays(parts):
        for times in (1.0, -1.0, 2.0, -2.0, 0.5, -0.5):
            if every(
                parts,
                lambda p, n=name, t=times: _is_added(p, p.arguments.get(n), t),  # type: ignore[misc]
                lambda p, n=name: bool(np.any(p.arguments[n])),  # type: ignore[misc]
            ):
                amount = abs(times)
                text = name if amount == 1 else f"{name} / 2" if amount < 1 else f"2 * {name}"
                return k.Offset(text, times > 0)
    return None


def _is_added(part: Part, value: Any, times: float) -> bool:
    if not isinstance(value, np.ndarray) or not _broadcasts(value, part.expected):
        return False
    added = part.expected + times * value
    room = 2 * part.allowed + _rounding(part, added, value)
    return near(part.actual, added, room)


def argument_multiplied(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that the expected result is multiplied with, element by element."""
    if not numeric(parts):
        return None
    for name in _arrays(parts):
        for text, move in _MOVES:
            if every(
                parts,
                lambda p, n=name, m=move: _is_multiplied(p, p.arguments.get(n), m),  # type: ignore[misc]
                lambda p, n=name: varied(p.arguments[n]) and bool(np.any(p.expected)),  # type: ignore[misc]
            ):
                return k.ArgumentFactor(text.format(n=name))
    return None


_MOVES: Final = (
    ("{n}", lambda e, a, v: (a, e * v)),
    ("1 / {n}", lambda e, a, v: (a * v, e)),
    ("-{n}", lambda e, a, v: (a, -e * v)),
    ("-1 / {n}", lambda e, a, v: (a * v, -e)),
)


def _is_multiplied(part: Part, value: Any, move: Any) -> bool:
    if not isinstance(value, np.ndarray) or not _broadcasts(value, part.expected):
        return False
    with np.errstate(all="ignore"):
        left, right = move(part.expected, part.actual.astype(np.float64), value)
        room = 2 * part.allowed * np.maximum(1, np.abs(value)) + _rounding(part, right, value)
        return near(left, right, room)


def _rounding(part: Part, *arrays: Array) -> float:
    """Return how far rounding alone can take numbers of this size, in the dtype of the result."""
    eps = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}.get(part.dtypes[1], EPS)
    largest = max(float(np.nanmax(np.abs(a), initial=0.0)) for a in arrays)
    return 4 * eps * largest if np.isfinite(largest) else 0.0


def _arrays(parts: Sequence[Part]) -> list[str]:
    values = parts[0].arguments.items()
    return [n for n, v in values if isinstance(v, np.ndarray) and v.dtype.kind in "iuf" and v.ndim]


def _broadcasts(value: Array, target: Array) -> bool:
    """Whether an argument has a shape that broadcasts to the result's, and is as long."""
    pairs = zip(reversed(value.shape), reversed(target.shape), strict=False)
    return value.ndim <= target.ndim and all(n in (1, w) for n, w in pairs)
