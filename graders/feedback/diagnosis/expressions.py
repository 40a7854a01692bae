"""Expressions over the arguments that a wrong result may equal, as code and as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np

from graders.checks import mistake as k
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, near, varied

ROOM: Final = 64  # rounding errors of the result's dtype that an expression may be off by
EPS: Final = {"float64": 2.0**-52, "float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}
MOST_PAIRS: Final = 12  # pairs of arguments that are combined
MOST_AXES: Final = 4

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Expression:
    """An expression over the arguments; those of one family differ in the axis only."""

    code: str
    value: Callable[[Values], Array]
    family: str = ""
    whole: bool = False  # an argument itself
    reducible: bool = False  # its sum, mean and the like over an axis are tried, too


def argument_returned(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an argument that the result equals."""
    for name, value in parts[0].arguments.items():
        if isinstance(value, np.ndarray | int | float):
            whole = Expression(name, lambda v, name=name: np.asarray(v[name]))  # type: ignore[misc]
            if _explains(whole, parts):
                return k.ArgumentReturned(name)
    return None


def argument_order(parts: Sequence[Part]) -> k.Mistake | None:
    """Name arguments whose elements the result holds in their order, in the expected shape."""
    if not all(part.alike for part in parts):
        return None
    values = parts[0].arguments
    arrays = [n for n, v in values.items() if isinstance(v, np.ndarray) and v.ndim]
    lists = [(name,) for name, value in values.items() if isinstance(value, list)]
    for names in ([(name,) for name in arrays], lists, [tuple(arrays)] if len(arrays) == 2 else []):
        for chosen in names:
            if _explains(Expression("", _in_order(chosen)), parts, flat=True):
                return k.ArgumentOrder(chosen)
    return next(
        (
            k.ArgumentOrder((made.code,))
            for name in arrays
            for made in _permutations(name, values[name].ndim)
            if _equals(made, parts[0], parts[0].actual, flat=True)
            and _explains(made, parts, flat=True)
        ),
        None,
    )


def _in_order(names: tuple[str, ...]) -> Callable[[Values], Array]:
    def value(values: Values) -> Array:
        found = [values[name] for name in names]
        arrays = [a for item in found for a in (item if isinstance(item, list) else [item])]
        return np.concatenate([array.reshape(-1) for array in arrays])

    return value


def _permutations(name: str, ndim: int) -> Iterator[Expression]:
    """Yield an argument's elements, read in every other order of its axes."""
    for axes in permutations(range(min(ndim, MOST_AXES))):
        if axes != tuple(range(ndim)) and len(axes) == ndim:
            code = f"{name}.T" if ndim == 2 else f"{name}.permute({', '.join(map(str, axes))})"
            yield Expression(code, lambda v, a=axes: v[name].transpose(a).reshape(-1))  # type: ignore[misc]
    for axis in range(ndim):
        code = f"{name}.flip({axis})"
        yield Expression(code, lambda v, a=axis: np.flip(v[name], a).reshape(-1))  # type: ignore[misc]
    if ndim == 2:
        code = f"{name}.flip(1).T"
        yield Expression(code, lambda v: np.flip(v[name], 1).T.reshape(-1))


def operation(parts: Sequence[Part]) -> k.Mistake | None:
    """Name an expression over the arguments that the result equals."""
    if any(part.actual.dtype.kind == "c" for part in parts):
        return None
    probe = parts[0]
    for expression, value in _candidates(probe.arguments, probe.actual.shape):
        if near(probe.actual, value, _room(probe, value)) and _explains(expression, parts):
            return _named(expression, parts)
    return None


def _named(expression: Expression, parts: Sequence[Part]) -> k.Mistake:
    """Call it another axis where the same over some axis gives what was expected."""
    probe = parts[0]
    if expression.family:
        for other, value in _candidates(probe.arguments, probe.expected.shape):
            if other.family == expression.family and near(
                probe.expected, value, _room(probe, value)
            ):
                if all(_equals(other, part, part.expected) for part in parts):
                    return k.OtherAxis(expression.code)
    return k.OtherOperation(expression.code)


def _explains(expression: Expression, parts: Sequence[Part], *, flat: bool = False) -> bool:
    """Whether the result equals an expression in every case, and that says something."""
    telling = set()
    values = set()
    for part in parts:
        if not _equals(expression, part, part.actual, flat=flat):
            return False
        if part.actual.size:
            values.add(float(part.actual.flat[0]))
            telling.add(part.case)
    return len(telling) >= FEWEST and (len(values) > 1 or any(varied(p.actual) for p in parts))


def _equals(expression: Expression, part: Part, array: Array, *, flat: bool = False) -> bool:
    value = _evaluate(expression, part.arguments)
    if flat:
        array = array.reshape(-1)
    if value is None or value.shape != array.shape:
        return False
    return near(array, value, _room(part, value))


def _room(part: Part, value: Array) -> float:
    dtypes = [part.dtypes[1], part.dtypes[0]]
    eps = max(EPS.get(dtype, EPS["float64"]) for dtype in dtypes)
    finite = np.abs(value[np.isfinite(value)]) if value.dtype.kind == "f" else np.abs(value)
    largest = float(finite.max(initial=0)) if value.dtype.kind != "b" else 0.0
    return ROOM * eps * largest


# ---------------------------------------------------------------- what is tried


def _candidates(values: Values, shape: tuple[int, ...]) -> Iterator[tuple[Expression, Array]]:
    """Yield expressions over these arguments whose value has this shape, the simplest first."""
    bases = []
    for expression in _bases(values):
        value = _evaluate(expression, values)
        if value is None:
            continue
        if value.shape == shape and not expression.whole:
            yield expression, value
        if expression.whole or expression.reducible:
            bases.append((expression, value))
    for expression, value in bases:
        yield from _reduced(expression, value, shape)


def _evaluate(expression: Expression, values: Values) -> Array | None:
    with np.errstate(all="ignore"):
        try:
            return np.asarray(expression.value(values))
        except (ValueError, IndexError, KeyError, TypeError, ArithmeticError):
            return None


def _bases(values: Values) -> Iterator[Expression]:
    arrays = [n for n, v in values.items() if isinstance(v, np.ndarray) and v.ndim <= MOST_AXES]
    numbers = [n for n, v in values.items() if isinstance(v, int | float)]
    for name, value in values.items():
        if isinstance(value, list):
            yield from _of_list(name, value)
    for name in arrays:
        yield from _sizes(name, values[name].ndim)
        yield Expression(name, lambda v, n=name: v[n], whole=True)  # type: ignore[misc]
        for unary in _UNARY:
            yield _unary(*unary, name)
        yield from _indexed(name, numbers)
    pairs = [(a, b) for a in arrays for b in arrays if a != b]
    for a, b in pairs[:MOST_PAIRS]:
        for binary in _BINARY:
            yield _binary(*binary, a, b)
        for scale in numbers[:2]:
            for ternary in _TERNARY:
                yield _ternary(*ternary, a, b, scale)


def _sizes(name: str, ndim: int) -> Iterator[Expression]:
    for axis in range(ndim):
        yield Expression(f"{name}.shape[{axis}]", lambda v, a=axis: v[name].shape[a])  # type: ignore[misc]
    yield Expression(f"{name}.numel()", lambda v: v[name].size)
    yield Expression(f"{name}.dim()", lambda v: v[name].ndim)
    yield Expression(f"sum({name}.shape)", lambda v: sum(v[name].shape))


def _unary(code: str, function: Callable[[Any], Any], x: str) -> Expression:
    return Expression(code.format(x=x), lambda v: function(v[x]), reducible=code in _REDUCIBLE)


def _binary(code: str, function: Callable[[Any, Any], Any], a: str, b: str) -> Expression:
    reducible = code in _REDUCIBLE
    return Expression(code.format(a=a, b=b), lambda v: function(v[a], v[b]), reducible=reducible)


def _ternary(
    code: str, function: Callable[[Any, Any, Any], Any], a: str, b: str, s: str
) -> Expression:
    return Expression(code.format(a=a, b=b, s=s), lambda v: function(v[a], v[b], v[s]))


_UNARY: Final[tuple[tuple[str, Callable[[Array], Any]], ...]] = (
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
    ("{x} > 0", lambda x: x > 0),
    ("{x} >= 0", lambda x: x >= 0),
    ("{x}.relu()", lambda x: np.maximum(x, 0)),
    ("{x}.sigmoid()", lambda x: 1 / (1 + np.exp(-x))),
    ("{x}.tanh()", np.tanh),
    ("{x}.mT", lambda x: np.swapaxes(x, -1, -2)),
    ("{x}.flatten()", lambda x: x.reshape(-1)),
    ("{x}.mT.flatten()", lambda x: np.swapaxes(x, -1, -2).reshape(-1)),
    ("{x}.squeeze()", np.squeeze),
    ("{x}[0]", lambda x: x[0]),
    ("{x}[-1]", lambda x: x[-1]),
    ("{x}[:, 0]", lambda x: x[:, 0]),
    ("{x}.flip(0)", lambda x: x[::-1]),
    ("{x} - {x}.mean(dim=0)", lambda x: x - x.mean(0)),
    ("{x} / {x}.std(dim=0, correction=0)", lambda x: _over(x, x.std(0))),
    (
        "({x} - {x}.mean(dim=0)) / {x}.var(dim=0, correction=0)",
        lambda x: _over(x - x.mean(0), x.var(0)),
    ),
    (
        "({x} - {x}.amin(dim=0)) / ({x}.amax(dim=0) - {x}.amin(dim=0))",
        lambda x: _over(x - x.min(0), x.max(0) - x.min(0)),
    ),
    (
        "({x} - {x}.mean(dim=1, keepdim=True)) / {x}.std(dim=1, keepdim=True, correction=0)",
        lambda x: _over(x - x.mean(1, keepdims=True), x.std(1, keepdims=True)),
    ),
    ("({x} - {x}.mean()) / {x}.std(correction=0)", lambda x: _over(x - x.mean(), x.std())),
    ("{x}.softmax(dim=0)", lambda x: _softmax(x, 0)),
    ("{x}.softmax(dim=-1)", lambda x: _softmax(x, -1)),
)


def _over(above: Array, below: Array) -> Array:
    """Divide as most people do who think of constant columns: by 1 instead of 0."""
    return np.asarray(above / np.where(below == 0, 1, below))


def _softmax(x: Array, axis: int) -> Array:
    powers = np.exp(x - x.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True))


_REDUCIBLE: Final = {
    "{x}.abs()",
    "{x}**2",
    "{a} + {b}",
    "{a} * {b}",
    "({a} - {b})**2",
    "({a} - {b}).abs()",
    "({a}[:, None] - {b})**2",
    "({a}[:, None] - {b}).abs()",
    "({a}[:, :, None] * {b})",
    "({a}[:, :, None] + {b})",
}

_BINARY: Final[tuple[tuple[str, Callable[[Any, Any], Any]], ...]] = (
    ("{a} + {b}", lambda a, b: a + b),
    ("{a} - {b}", lambda a, b: a - b),
    ("{a} * {b}", lambda a, b: a * b),
    ("{a} / {b}", lambda a, b: a / b),
    ("({a} - {b})**2", lambda a, b: (a - b) ** 2),
    ("({a} - {b}).abs()", lambda a, b: np.abs(a - b)),
    ("{a} * ({b} > 0)", lambda a, b: a * (b > 0)),
    ("{a} * ({b} >= 0)", lambda a, b: a * (b >= 0)),
    ("{a} * {b}.relu()", lambda a, b: a * np.maximum(b, 0)),
    ("{a} * {b}.sigmoid()", lambda a, b: a / (1 + np.exp(-b))),
    ("{a} * {b} * (1 - {b})", lambda a, b: a * b * (1 - b)),
    ("{a}.sum() * {b}.sum()", lambda a, b: a.sum() * b.sum()),
    ("({a}.sum() - {b}.sum())**2", lambda a, b: (a.sum() - b.sum()) ** 2),
    ("(({a} - {b})**2).mean().sqrt()", lambda a, b: np.sqrt(((a - b) ** 2).mean())),
    ("({a} - {b}).mean()**2", lambda a, b: (a - b).mean() ** 2),
    ("({a} - {b}).var(correction=0)", lambda a, b: (a - b).var()),
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
    ("({a} * {b})[:-1].sum()", lambda a, b: (a * b)[:-1].sum()),
    ("{a} @ {b}[0]", lambda a, b: a @ b[0]),
    ("{a} @ {b}.flip(0)", lambda a, b: a @ b[::-1]),
    ("{a} @ {b}.sum(dim=0)", lambda a, b: a @ b.sum(0)),
    ("torch.cat([{a}, {b}], dim=0)", lambda a, b: np.concatenate([a, b], 0)),
    ("torch.cat([{a}, {b}], dim=1)", lambda a, b: np.concatenate([a, b], 1)),
    ("torch.stack([{a}, {b}], dim=0)", lambda a, b: np.stack([a, b], 0)),
    ("torch.stack([{a}, {b}], dim=1)", lambda a, b: np.stack([a, b], 1)),
    ("torch.stack([{a}, {b}], dim=-1)", lambda a, b: np.stack([a, b], -1)),
    ("torch.outer({a}, {b})", np.outer),
    ("{a}[:, None] - {b}", lambda a, b: a[:, None] - b),
    ("({a}[:, None] - {b})**2", lambda a, b: (a[:, None] - b) ** 2),
    ("({a}[:, None] - {b}).abs()", lambda a, b: np.abs(a[:, None] - b)),
    ("({a}[:, None] + {b})", lambda a, b: a[:, None] + b),
    ("({a}[:, :, None] * {b})", lambda a, b: a[:, :, None] * b),
    ("({a}[:, :, None] + {b})", lambda a, b: a[:, :, None] + b),
)

_TERNARY: Final[tuple[tuple[str, Callable[[Any, Any, Any], Any]], ...]] = (
    ("{a} - {b} * {s}", lambda a, b, s: a - b * s),
    ("{a} * {s} - {b}", lambda a, b, s: a * s - b),
    ("({a} - {b}) / {s}", lambda a, b, s: (a - b) / s),
    ("({a} + {b}) * {s}", lambda a, b, s: (a + b) * s),
    ("({a} - {b}).abs() * {s}", lambda a, b, s: np.abs(a - b) * s),
    ("({a} - {b}) * int({s})", lambda a, b, s: (a - b) * int(s)),
    ("{a} * {s}", lambda a, b, s: a * s),
)


def _indexed(name: str, numbers: Sequence[str]) -> Iterator[Expression]:
    """Yield what indexing with the integers among the arguments gives."""
    for i in numbers[:3]:
        for text, function in _INDEXED:
            yield Expression(text.format(x=name, i=i), lambda v, i=i, f=function: f(v[name], v[i]))  # type: ignore[misc]
        for j in numbers[:3]:
            if i != j:
                for text, cut in _CUT:
                    code = text.format(x=name, i=i, j=j)
                    yield Expression(code, lambda v, i=i, j=j, f=cut: f(v[name], v[i], v[j]))  # type: ignore[misc]


_INDEXED: Final[tuple[tuple[str, Callable[[Any, Any], Any]], ...]] = (
    ("{x}[{i}]", lambda x, i: x[i]),
    ("{x}[{i} + 1]", lambda x, i: x[i + 1]),
    ("{x}[{i} - 1]", lambda x, i: x[i - 1]),
    ("{x}[:, {i}]", lambda x, i: x[:, i]),
    ("{x}[:, {i} + 1]", lambda x, i: x[:, i + 1]),
    ("{x}[:, {i} - 1]", lambda x, i: x[:, i - 1]),
    ("{x}[:, ({i} + 1) % {x}.shape[1]]", lambda x, i: x[:, (i + 1) % x.shape[1]]),
    ("{x}[:{i}]", lambda x, i: x[:i]),
    ("{x}[:, :{i}]", lambda x, i: x[:, :i]),
    ("{x} * {i}", lambda x, i: x * i),
)
_CUT: Final[tuple[tuple[str, Callable[[Any, Any, Any], Any]], ...]] = (
    ("{x}[:{i}, :{j}]", lambda x, i, j: x[:i, :j]),
    ("{x}[:{i} + 1, :{j} + 1]", lambda x, i, j: x[: i + 1, : j + 1]),
    ("{x}[-{i}:, -{j}:]", lambda x, i, j: x[-i:, -j:]),
    ("{x}.flatten()[:{i} * {j}].reshape({i}, {j})", lambda x, i, j: x.flat[: i * j].reshape(i, j)),
)


def _of_list(name: str, value: Sequence[Any]) -> Iterator[Expression]:
    for axis in range(value[0].ndim + 1):
        yield Expression(
            f"torch.stack({name}, dim={axis})",
            lambda v, d=axis: np.stack(v[name], d),  # type: ignore[misc]
            f"torch.stack({name})",
        )
    for axis in range(value[0].ndim):
        yield Expression(
            f"torch.cat({name}, dim={axis})",
            lambda v, d=axis: np.concatenate(v[name], d),  # type: ignore[misc]
            f"torch.cat({name})",
        )
    yield Expression(f"torch.stack({name}[::-1])", lambda v: np.stack(v[name][::-1]))


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
    code = base.code if base.code.isidentifier() or base.code.endswith(")") else f"({base.code})"
    for axis in (None, *range(value.ndim)):
        left = () if axis is None else value.shape[:axis] + value.shape[axis + 1 :]
        if left != shape:
            continue
        inside = "" if axis is None else f"dim={axis}"
        for name, function in _REDUCTIONS:
            made = Expression(
                f"{code}.{name}({inside})",
                lambda v, f=function, d=axis: f(base.value(v), d),  # type: ignore[misc]
                f"{code}.{name}",
            )
            with np.errstate(all="ignore"):
                yield made, np.asarray(function(value, axis)) if value.size else np.zeros(shape)
