"""Expressions over arguments that wrong functions compute, as code and as functions.

The code is that of PyTorch, for students to read; the functions compute the same with NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np

from graders.feedback.diagnosis.evidence import Array

MOST_PAIRS: Final = 12  # pairs of arguments that are combined
MOST_NUMBERS: Final = 3  # arguments that are numbers and used as indices
MOST_AXES: Final = 4

Values = Mapping[str, Any]
Unary = Callable[[Any], Any]
Binary = Callable[[Any, Any], Any]
Ternary = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class Expression:
    """An expression over the arguments; those of one family differ in the axis only."""

    code: str
    value: Callable[[Values], Any]
    family: str = ""
    whole: bool = False  # an argument itself
    reducible: bool = False  # its sum, mean and the like over an axis are tried, too
    guarded: bool = False  # it is the value of its code but where that divides by 0


def candidates(values: Values, shape: tuple[int, ...]) -> Iterator[tuple[Expression, Array]]:
    """Yield expressions over these arguments whose value has this shape, the simplest first."""
    bases = []
    for expression in _bases(values):
        value = evaluate(expression, values)
        if value is None:
            continue
        if value.shape == shape and not expression.whole:
            yield expression, value
        if expression.whole or expression.reducible:
            bases.append((expression, value))
    for expression, value in bases:
        yield from _reduced(expression, value, shape)


def evaluate(expression: Expression, values: Values) -> Array | None:
    """Return the value of an expression; None where it has none."""
    with np.errstate(all="ignore"):
        try:
            return np.asarray(expression.value(values))
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError):
            return None


def _bases(values: Values) -> Iterator[Expression]:
    arrays = {n: v for n, v in values.items() if isinstance(v, np.ndarray) and v.ndim <= MOST_AXES}
    numbers = [name for name, value in values.items() if isinstance(value, int | float)]
    for name, value in values.items():
        if isinstance(value, list):
            yield from _of_list(name, value[0].ndim)
    for name, value in arrays.items():
        yield from _of_array(name, value, numbers)
    pairs = [(a, b) for a in arrays for b in arrays if a != b]
    for a, b in pairs[:MOST_PAIRS]:
        for code, binary in _BINARY:
            yield _with_two(code, binary, a, b)
        for scale in numbers[:2]:
            for code, ternary in _TERNARY:
                yield _with_three(code, ternary, a, b, scale)


def _of_array(name: str, value: Array, numbers: Sequence[str]) -> Iterator[Expression]:
    yield Expression(name, lambda values: values[name], whole=True)
    for axis in range(value.ndim):
        yield _with_one(f"{{x}}.shape[{axis}]", _size_along(axis), name)
    for code, unary in _SHAPING + (_UNARY if value.dtype.kind in "iuf" else ()):
        yield _with_one(code, unary, name)
    if value.dtype.kind in "iuf":
        yield from _quotients(name)
    for i in numbers[:MOST_NUMBERS]:
        for code, binary in _INDEXING:
            yield _with_two(code, binary, name, i)
        for j in numbers[:MOST_NUMBERS]:
            for code, ternary in _CUTTING if i != j else ():
                yield _with_three(code, ternary, name, i, j)


def _size_along(axis: int) -> Unary:
    return lambda x: x.shape[axis]


def _with_one(code: str, function: Unary, x: str) -> Expression:
    reducible = code in _REDUCIBLE
    return Expression(code.format(x=x), lambda v: function(v[x]), reducible=reducible)


def _with_two(code: str, function: Binary, a: str, b: str) -> Expression:
    reducible = code in _REDUCIBLE
    made = code.format(a=a, b=b)
    return Expression(made, lambda v: function(v[a], v[b]), reducible=reducible)


def _with_three(code: str, function: Ternary, a: str, b: str, c: str) -> Expression:
    return Expression(code.format(a=a, b=b, c=c), lambda v: function(v[a], v[b], v[c]))


# ---------------------------------------------------------------- of one argument

_SHAPING: Final[tuple[tuple[str, Unary], ...]] = (
    ("{x}.numel()", lambda x: x.size),
    ("{x}.ndim", lambda x: x.ndim),
    ("sum({x}.shape)", lambda x: sum(x.shape)),
    ("{x}.mT", lambda x: np.swapaxes(x, -1, -2)),
    ("{x}.flatten()", lambda x: x.reshape(-1)),
    ("{x}.mT.flatten()", lambda x: np.swapaxes(x, -1, -2).reshape(-1)),
    ("{x}.squeeze()", np.squeeze),
    ("{x}.flatten(0, 1)", lambda x: x.reshape(-1, *x.shape[2:])),
    ("{x}.flatten(1, 2)", lambda x: x.reshape(x.shape[0], -1, *x.shape[3:])),
    ("torch.stack([{x}, {x}], dim=-1)", lambda x: np.stack([x, x], -1)),
    ("{x}[0]", lambda x: x[0]),
    ("{x}[-1]", lambda x: x[-1]),
    ("{x}[:, 0]", lambda x: x[:, 0]),
    ("{x}.flip(0)", lambda x: x[::-1]),
)

_UNARY: Final[tuple[tuple[str, Unary], ...]] = (
    ("-{x}", lambda x: -x),
    ("2 * {x}", lambda x: 2 * x),
    ("{x} / 2", lambda x: x / 2),
    ("{x}.abs()", np.abs),
    ("{x}**2", lambda x: x**2),
    ("2 * {x}**2", lambda x: 2 * x**2),
    ("{x}.sqrt()", np.sqrt),
    ("{x}.exp()", np.exp),
    ("{x}.floor()", np.floor),
    ("{x}.ceil()", np.ceil),
    ("{x}.round()", np.round),
    ("{x}.trunc()", np.trunc),
    ("({x} + 0.5).trunc()", lambda x: np.trunc(x + 0.5)),
    ("({x} + 0.5).floor()", lambda x: np.floor(x + 0.5)),
    ("{x} > 0", lambda x: x > 0),
    ("{x} >= 0", lambda x: x >= 0),
    ("{x}.relu()", lambda x: np.maximum(x, 0)),
    ("{x}.sigmoid()", lambda x: _sigmoid(x)),
    ("{x}.tanh()", np.tanh),
    ("{x} - {x}.mean(dim=0)", lambda x: x - x.mean(0)),
    ("{x}.softmax(dim=0)", lambda x: _softmax(x, 0)),
    ("{x}.softmax(dim=-1)", lambda x: _softmax(x, -1)),
)


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


_QUOTIENTS: Final[tuple[tuple[str, Callable[[Array], tuple[Array, Array]]], ...]] = (
    ("{x} / {x}.std(dim=0, correction=0)", lambda x: (x, x.std(0))),
    (
        "({x} - {x}.mean(dim=0)) / {x}.var(dim=0, correction=0)",
        lambda x: (x - x.mean(0), x.var(0)),
    ),
    (
        "({x} - {x}.amin(dim=0)) / ({x}.amax(dim=0) - {x}.amin(dim=0))",
        lambda x: (x - x.min(0), x.max(0) - x.min(0)),
    ),
    (
        "({x} - {x}.mean(dim=1, keepdim=True)) / {x}.std(dim=1, keepdim=True, correction=0)",
        lambda x: (x - x.mean(1, keepdims=True), x.std(1, keepdims=True)),
    ),
    ("({x} - {x}.mean()) / {x}.std(correction=0)", lambda x: (x - x.mean(), x.std())),
)
"""What is divided by what: something that is 0 where all that is compared is the same."""


def _quotients(name: str) -> Iterator[Expression]:
    for code, parts in _QUOTIENTS:
        for guarded, divide in ((False, np.divide), (True, _over), (True, _over_or_zero)):
            unary = partial(_divided, parts=parts, divide=divide)
            yield replace(_with_one(code, unary, name), guarded=guarded)


def _divided(
    x: Array, parts: Callable[[Array], tuple[Array, Array]], divide: Callable[[Array, Array], Array]
) -> Array:
    return divide(*parts(x))


def _over(above: Array, below: Array) -> Array:
    """Divide as people do who think of constant columns: by 1 instead of 0."""
    return np.asarray(above / np.where(_is_nothing(below, above), 1, below))


def _over_or_zero(above: Array, below: Array) -> Array:
    """Divide as other people do who think of constant columns: with 0 as the result."""
    return np.asarray(np.where(_is_nothing(below, above), 0, _over(above, below)))


def _is_nothing(below: Array, above: Array) -> Array:
    """Whether a deviation is what rounding leaves of 0."""
    return np.asarray(below <= 1e-12 * np.abs(above).max(initial=0))


def _softmax(x: Array, axis: int) -> Array:
    powers = np.exp(x - x.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True))


# ---------------------------------------------------------------- of two arguments, or three

_BINARY: Final[tuple[tuple[str, Binary], ...]] = (
    ("{a} + {b}", lambda a, b: a + b),
    ("{a} - {b}", lambda a, b: a - b),
    ("{a} * {b}", lambda a, b: a * b),
    ("{a} / {b}", lambda a, b: a / b),
    ("({a} - {b})**2", lambda a, b: (a - b) ** 2),
    ("({a} - {b}).abs()", lambda a, b: np.abs(a - b)),
    ("{a} * ({b} > 0)", lambda a, b: a * (b > 0)),
    ("{a} * ({b} >= 0)", lambda a, b: a * (b >= 0)),
    ("{a} * {b}.relu()", lambda a, b: a * np.maximum(b, 0)),
    ("{a} * {b}.sigmoid()", lambda a, b: a * _sigmoid(b)),
    ("{a} * {b} * (1 - {b})", lambda a, b: a * b * (1 - b)),
    ("{a}.sum() * {b}.sum()", lambda a, b: a.sum() * b.sum()),
    ("({a}.sum() - {b}.sum())**2", lambda a, b: (a.sum() - b.sum()) ** 2),
    ("(({a} - {b})**2).mean().sqrt()", lambda a, b: np.sqrt(((a - b) ** 2).mean())),
    ("({a} - {b}).mean()**2", lambda a, b: (a - b).mean() ** 2),
    ("({a} - {b}).var(correction=0)", lambda a, b: (a - b).var()),
    ("({a} * {b})[:-1].sum()", lambda a, b: (a * b)[:-1].sum()),
    ("{a} @ {b}", lambda a, b: a @ b),
    ("{a} @ {b}.mT", lambda a, b: a @ np.swapaxes(b, -1, -2)),
    ("{a}.mT @ {b}", lambda a, b: np.swapaxes(a, -1, -2) @ b),
    ("{a}.mT @ {b}.mT", lambda a, b: np.swapaxes(a, -1, -2) @ np.swapaxes(b, -1, -2)),
    ("{a} @ {b}.reshape({b}.mT.shape)", lambda a, b: a @ b.reshape(np.swapaxes(b, -1, -2).shape)),
    (
        "{a} @ {b}.reshape({b}.mT.shape).mT",
        lambda a, b: a @ np.swapaxes(b.reshape(np.swapaxes(b, -1, -2).shape), -1, -2),
    ),
    ("{a}[:, :-1] @ {b}[:-1]", lambda a, b: a[:, :-1] @ b[:-1]),
    ("{a} @ {b}[0]", lambda a, b: a @ b[0]),
    ("{a} @ {b}.flip(0)", lambda a, b: a @ b[::-1]),
    ("{a} @ {b}.sum(dim=0)", lambda a, b: a @ b.sum(0)),
    ("torch.cat([{a}, {b}], dim=0)", lambda a, b: np.concatenate([a, b], 0)),
    ("torch.cat([{a}, {b}], dim=1)", lambda a, b: np.concatenate([a, b], 1)),
    ("torch.stack([{a}, {b}], dim=0)", lambda a, b: np.stack([a, b], 0)),
    ("torch.stack([{a}, {b}], dim=1)", lambda a, b: np.stack([a, b], 1)),
    ("torch.stack([{a}, {b}], dim=-1)", lambda a, b: np.stack([a, b], -1)),
    ("torch.outer({a}, {b})", lambda a, b: a.reshape(-1)[:, None] * b.reshape(-1)),
    ("{a}[:, None] - {b}", lambda a, b: a[:, None] - b),
    ("{a}[:, None] + {b}", lambda a, b: a[:, None] + b),
    ("({a}[:, None] - {b})**2", lambda a, b: (a[:, None] - b) ** 2),
    ("({a}[:, None] - {b}).abs()", lambda a, b: np.abs(a[:, None] - b)),
    ("({a}[:, None] - {b}).sum(dim=-1)**2", lambda a, b: (a[:, None] - b).sum(-1) ** 2),
    ("{a}[:, :, None] * {b}", lambda a, b: a[:, :, None] * b),
    ("{a}[:, :, None] + {b}", lambda a, b: a[:, :, None] + b),
)

_TERNARY: Final[tuple[tuple[str, Ternary], ...]] = (
    ("{a} - {b} * {c}", lambda a, b, c: a - b * c),
    ("{a} * {c} - {b}", lambda a, b, c: a * c - b),
    ("({a} - {b}) / {c}", lambda a, b, c: (a - b) / c),
    ("({a} + {b}) * {c}", lambda a, b, c: (a + b) * c),
    ("({a} - {b}).abs() * {c}", lambda a, b, c: np.abs(a - b) * c),
    ("({a} - {b}) * int({c})", lambda a, b, c: (a - b) * int(c)),
    ("{a} * {c}", lambda a, b, c: a * c),
)

_INDEXING: Final[tuple[tuple[str, Binary], ...]] = (
    ("{a}[{b}]", lambda x, i: x[i]),
    ("{a}[{b} + 1]", lambda x, i: x[i + 1]),
    ("{a}[{b} - 1]", lambda x, i: x[i - 1]),
    ("{a}[:, {b}]", lambda x, i: x[:, i]),
    ("{a}[:, {b} + 1]", lambda x, i: x[:, i + 1]),
    ("{a}[:, {b} - 1]", lambda x, i: x[:, i - 1]),
    ("{a}[:, ({b} + 1) % {a}.shape[1]]", lambda x, i: x[:, (i + 1) % x.shape[1]]),
    ("{a}[:{b}]", lambda x, i: x[:i]),
    ("{a}[:, :{b}]", lambda x, i: x[:, :i]),
    ("{a} * {b}", lambda x, i: x * i),
    ("{a}.transpose(0, {b})", lambda x, i: np.swapaxes(x, 0, i)),
)

_CUTTING: Final[tuple[tuple[str, Ternary], ...]] = (
    ("{a}[:{b}, :{c}]", lambda x, i, j: x[:i, :j]),
    ("{a}[:{b} + 1, :{c} + 1]", lambda x, i, j: x[: i + 1, : j + 1]),
    ("{a}[-{b}:, -{c}:]", lambda x, i, j: x[-i:, -j:]),
    ("{a}.movedim({b}, {c})", np.moveaxis),
    (
        "{a}.flatten()[:{b} * {c}].reshape({b}, {c})",
        lambda x, i, j: x.reshape(-1)[: i * j].reshape(i, j),
    ),
)


def _of_list(name: str, ndim: int) -> Iterator[Expression]:
    for axis in range(ndim + 1):
        yield _joining("stack", np.stack, name, axis)
    for axis in range(ndim):
        yield _joining("cat", np.concatenate, name, axis)
    yield Expression(f"torch.stack({name}[::-1])", lambda v: np.stack(v[name][::-1]))


def _joining(verb: str, function: Callable[..., Any], name: str, axis: int) -> Expression:
    code = f"torch.{verb}({name}, dim={axis})"
    return Expression(code, lambda v: function(v[name], axis=axis), f"torch.{verb}({name})")


# ---------------------------------------------------------------- sums, means and the like

_REDUCIBLE: Final = {
    "{x}.abs()",
    "{x}**2",
    "{a} + {b}",
    "{a} * {b}",
    "({a} - {b})**2",
    "({a} - {b}).abs()",
    "({a}[:, None] - {b})**2",
    "({a}[:, None] - {b}).abs()",
    "{a}[:, :, None] * {b}",
    "{a}[:, :, None] + {b}",
}

_REDUCTIONS: Final[tuple[tuple[str, Callable[[Array, int | None], Any]], ...]] = (
    ("sum", lambda x, d: x.sum(d)),
    ("mean", lambda x, d: x.mean(d)),
    ("amax", lambda x, d: x.max(d)),
    ("amin", lambda x, d: x.min(d)),
    ("prod", lambda x, d: x.prod(d)),
    ("std", lambda x, d: x.std(d, ddof=1)),
    ("var", lambda x, d: x.var(d, ddof=1)),
    ("argmax", lambda x, d: x.argmax(d)),
    ("argmin", lambda x, d: x.argmin(d)),
)


def _reduced(
    base: Expression, value: Array, shape: tuple[int, ...]
) -> Iterator[tuple[Expression, Array]]:
    """Yield reductions of a value to this shape: over all axes, or over one."""
    code = base.code if base.code.isidentifier() or base.code.endswith(")") else f"({base.code})"
    for axis in (None, *range(value.ndim)):
        left = () if axis is None else value.shape[:axis] + value.shape[axis + 1 :]
        if left != shape or not value.size:
            continue
        for name, function in _REDUCTIONS:
            made = _reduction(base, function, axis, f"{code}.{name}")
            with np.errstate(all="ignore"):
                yield made, np.asarray(function(value, axis))


def _reduction(
    base: Expression, function: Callable[[Array, int | None], Any], axis: int | None, code: str
) -> Expression:
    inside = "" if axis is None else f"dim={axis}"
    return Expression(f"{code}({inside})", lambda v: function(base.value(v), axis), code)
