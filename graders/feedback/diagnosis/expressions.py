"""Tells which expression over the arguments a wrong result equals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.candidates import (
    MOST_AXES,
    Expression,
    Values,
    candidates,
    evaluate,
)
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, near, varied

ROOM: Final = 64  # rounding errors of the result's dtype that an expression may be off by
SHAKES: Final = 4
SHAKEN: Final = 32.0  # times as far as rounding the arguments takes an element
EPS: Final = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


def argument_returned(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that the result equals."""
    for name, value in parts[0].arguments.items():
        if isinstance(value, np.ndarray | int | float) and _explains(_argument(name), parts):
            return k.ArgumentReturned(name)
    return None


def _argument(name: str) -> Expression:
    return Expression(name, lambda values: np.asarray(values[name]))


def operation(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an expression over the arguments that the result equals."""
    if any(part.actual.dtype.kind == "c" for part in parts):
        return None
    probe = parts[0]
    for expression, value in candidates(probe.arguments, probe.actual.shape):
        if _is_near(expression, probe, value, probe.actual) and _explains(expression, parts):
            if _is_other_axis(expression, parts):
                return k.OtherAxis(expression.code)
            return k.OtherOperation(expression.code, expression.guarded)
    return None


def _is_other_axis(expression: Expression, parts: Sequence[Part]) -> bool:
    """Whether the same over some other axis gives what was expected."""
    probe = parts[0]
    return any(
        other.family == expression.family
        and near(probe.expected, value, _room(probe, value))
        and all(_equals(other, part, part.expected) for part in parts)
        for other, value in candidates(probe.arguments, probe.expected.shape)
        if expression.family
    )


def _explains(expression: Expression, parts: Sequence[Part], *, flat: bool = False) -> bool:
    """Whether the result equals an expression in every case, and that says something.

    Where rounding the arguments decides about elements, as of differences of large numbers, they
    may be anything alike; but in some cases nothing but the usual rounding is allowed.
    """
    values, telling = set(), set()
    for part in parts:
        actual = part.actual.reshape(-1) if flat else part.actual
        if not _equals(expression, part, actual):
            return False
        if actual.size and _equals(expression, part, actual, shaken=False):
            values.add(complex(actual.flat[0]))
            telling.add(part.case)
    return len(telling) >= FEWEST and (len(values) > 1 or any(varied(p.actual) for p in parts))


def _equals(expression: Expression, part: Part, array: Array, *, shaken: bool = True) -> bool:
    value = evaluate(expression, part.arguments)
    if value is None or value.shape != array.shape:
        return False
    return _is_near(expression, part, value, array, shaken=shaken)


def _is_near(
    expression: Expression, part: Part, value: Array, array: Array, *, shaken: bool = True
) -> bool:
    room = _room(part, value)
    if near(array, value, room):
        return True
    floats = array.dtype.kind == value.dtype.kind == "f"
    if not shaken or not floats or array.shape != value.shape or not array.size:
        return False
    alike = np.isclose(array, value, rtol=1e-2, equal_nan=True)
    return bool(2 * alike.mean() >= 1) and near(
        array, value, room + SHAKEN * _shift(expression, part, value)
    )


def _shift(expression: Expression, part: Part, value: Array) -> Array:
    """Return how far each element moves when the arguments are rounded."""
    eps = max(EPS.get(dtype, EPS["float64"]) for dtype in part.dtypes)
    chance = np.random.default_rng(0)
    shift = np.zeros(value.shape)
    for _ in range(SHAKES):
        other = evaluate(expression, _rounded(part.arguments, eps, chance))
        if other is not None and other.shape == value.shape:
            with np.errstate(all="ignore"):
                moved = np.nan_to_num(np.abs(other - value), nan=0.0, posinf=0.0)
            shift = np.maximum(shift, moved)
    return np.maximum(shift, np.median(shift))


def _rounded(values: Values, eps: float, chance: np.random.Generator) -> Values:
    return {
        name: value * (1 + eps * chance.uniform(-1, 1, value.shape))
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
        else value
        for name, value in values.items()
    }


def _room(part: Part, value: Array) -> float:
    """Return how far rounding alone can take an expression of this size."""
    if value.dtype.kind not in "iuf":
        return 0.0
    eps = max(EPS.get(dtype, EPS["float64"]) for dtype in part.dtypes)
    finite = np.abs(value[np.isfinite(value)])
    return ROOM * eps * float(finite.max(initial=0))


# ---------------------------------------------------------------- the order of elements


def argument_order(parts: Sequence[Part]) -> k.Mistake | None:
    """Name arguments whose elements the result holds in their order, in the expected shape."""
    if not all(part.alike for part in parts):
        return None
    values = parts[0].arguments
    arrays = [n for n, v in values.items() if isinstance(v, np.ndarray) and v.ndim]
    lists = [name for name, value in values.items() if isinstance(value, list)]
    pairs = [tuple(arrays)] if len(arrays) == 2 else []
    for names in [*((name,) for name in [*arrays, *lists]), *pairs]:
        if _explains(Expression("", _in_order(names)), parts, flat=True):
            return k.ArgumentOrder(names)
    for name in arrays:
        for code, read in _readings(name, values[name].ndim):
            if _explains(Expression(code, read), parts, flat=True):
                return k.ArgumentOrder((code,))
    return None


def _in_order(names: tuple[str, ...]) -> Callable[[Values], Array]:
    def value(values: Values) -> Array:
        found = [values[name] for name in names]
        arrays = [a for item in found for a in (item if isinstance(item, list) else [item])]
        return np.concatenate([array.reshape(-1) for array in arrays])

    return value


def _readings(name: str, ndim: int) -> list[tuple[str, Callable[[Values], Array]]]:
    """Return other orders in which an argument's elements can be read, as code and functions."""
    moves: list[tuple[str, Callable[[Array], Array]]] = []
    if ndim <= MOST_AXES:
        for axes in list(permutations(range(ndim)))[1:]:
            text = ".T" if ndim == 2 else f".permute({', '.join(map(str, axes))})"
            moves.append((text, _transposing(axes)))
    for axis in range(ndim):
        moves.append((f".flip({axis})", _flipping(axis)))
    if ndim == 2:
        moves.append((".flip(1).T", lambda array: array[:, ::-1].T))
    return [(f"{name}{text}", _reading(name, move)) for text, move in moves]


def _transposing(axes: tuple[int, ...]) -> Callable[[Array], Array]:
    return lambda array: array.transpose(axes)


def _flipping(axis: int) -> Callable[[Array], Array]:
    return lambda array: np.flip(array, axis)


def _reading(name: str, move: Callable[[Array], Array]) -> Callable[[Values], Array]:
    return lambda values: move(values[name]).reshape(-1)
