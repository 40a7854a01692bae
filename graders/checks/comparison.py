"""Compares the outcome of a call with the expected one: the first difference, or None."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from graders.checks.mismatch import (
    ArgumentChanged,
    ArgumentNotChanged,
    ArgumentWrong,
    DidNotRaise,
    GradientLeft,
    GradLeftOff,
    ListChanged,
    Mismatch,
    NotContiguous,
    NotWritable,
    NumpyNumber,
    OtherObject,
    OwnMemory,
    Path,
    Raised,
    RaisedOther,
    RandomStateMoved,
    SharedMemory,
    WrongDevice,
    WrongDtype,
    WrongKeys,
    WrongLength,
    WrongRequiresGrad,
    WrongShape,
    WrongType,
    WrongValues,
)
from graders.checks.outcome import Leaf, Outcome, is_sequence, items_of, leaves
from graders.worker.wire import Opaque, ResultTensor


@dataclass(frozen=True)
class Tolerance:
    """What a floating leaf must be, and by how much each element may differ from it."""

    center: np.ndarray[Any, Any]
    allowed: np.ndarray[Any, Any]


@dataclass(frozen=True)
class Expectation:
    """What a call must do, with the arguments that it is made with."""

    outcome: Outcome
    arguments: tuple[Any, ...] = ()  # the argument tensors, numbered as the worker numbers them
    tolerances: Mapping[Path, Tolerance] = field(default_factory=dict)
    device: str = "cpu"


def compare(expected: Expectation, actual: Outcome, checks: frozenset[str]) -> Mismatch | None:
    """Return the first difference that one of `checks` finds, in the order of the checks."""
    finders = _FINDERS if expected.outcome.error is None else _FINDERS_OF_ERRORS
    for check, find in finders:
        if check in checks:
            mismatch = find(expected, actual)
            if mismatch is not None:
                return mismatch
    return None


def _returns(expected: Expectation, actual: Outcome) -> Mismatch | None:
    return Raised(actual.error) if actual.error is not None else None


def _errors(expected: Expectation, actual: Outcome) -> Mismatch | None:
    error = expected.outcome.error
    assert error is not None
    if actual.error is None:
        return DidNotRaise(error, actual.value)
    return None if error.names[0] in actual.error.names else RaisedOther(error, actual.error)


def _type(expected: Expectation, actual: Outcome) -> Mismatch | None:
    return _structure(expected.outcome.value, actual.value, ())


def _structure(expected: Any, actual: Any, path: Path) -> Mismatch | None:
    if is_sequence(expected) and is_sequence(actual):
        left, right = items_of(expected), items_of(actual)
        if len(left) != len(right):
            return WrongLength(len(left), len(right), path)
        return _first(
            _structure(a, b, (*path, n)) for n, (a, b) in enumerate(zip(left, right, strict=True))
        )
    if isinstance(expected, dict) and isinstance(actual, dict):
        if expected.keys() != actual.keys():
            missing = tuple(key for key in expected if key not in actual)
            return WrongKeys(missing, tuple(key for key in actual if key not in expected), path)
        return _first(_structure(expected[key], actual[key], (*path, key)) for key in expected)
    return None if _same_kind(expected, actual) else WrongType(expected, actual, path)


def _same_kind(expected: Any, actual: Any) -> bool:
    if isinstance(expected, ResultTensor):
        return isinstance(actual, ResultTensor) and expected.kind == actual.kind
    return type(expected) is type(actual) and not isinstance(actual, Opaque)


def _first(mismatches: Iterator[Mismatch | None]) -> Mismatch | None:
    return next((mismatch for mismatch in mismatches if mismatch is not None), None)


def _pairs(expected: Expectation, actual: Outcome) -> Iterator[tuple[Path, Leaf, Leaf]]:
    """Yield the leaves of two results of equal structure, side by side."""
    for (path, left), (_, right) in zip(
        leaves(expected.outcome.value), leaves(actual.value), strict=True
    ):
        yield path, left, right


def _tensor_pairs(
    expected: Expectation, actual: Outcome
) -> Iterator[tuple[Path, ResultTensor, ResultTensor]]:
    for path, left, right in _pairs(expected, actual):
        if isinstance(left, ResultTensor) and isinstance(right, ResultTensor):
            yield path, left, right


def _shape(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.shape != right.shape:
            return WrongShape(left.shape, right.shape, path)
    return None


def _dtype(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.dtype != right.dtype:
            return WrongDtype(left.dtype, right.dtype, path, left.kind)
    return None


def _device(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.kind == "tensor" and right.device != expected.device:
            return WrongDevice(expected.device, right.device, path)
    return None


def _values(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _pairs(expected, actual):
        mismatch = compare_values(left, right, expected.tolerances.get(path), path)
        if mismatch is not None:
            return mismatch
    return None


def compare_values(
    expected: Leaf, actual: Leaf, tolerance: Tolerance | None, path: Path = ()
) -> WrongValues | None:
    """Compare two leaves of one type and shape; NaN equals only NaN, infinities their own sign."""
    if isinstance(expected, ResultTensor) and expected.data == actual.data:
        return None
    left, right = _numbers(expected), _numbers(actual)
    if left is None or right is None:
        return None if expected == actual else WrongValues(expected, actual, 1, 1, (), path)
    if tolerance is None:
        wrong = left != right
        if left.dtype.kind in "fc":
            wrong &= ~(np.isnan(left) & np.isnan(right))
        error = np.asarray(wrong, np.float64)
    else:
        error = _excess(tolerance, right)
        wrong = error > 1
    if not wrong.any():
        return None
    worst = np.unravel_index(int(np.argmax(error)), error.shape)
    place = tuple(int(index) for index in worst)
    return WrongValues(expected, actual, int(wrong.sum()), wrong.size, place, path)


def _numbers(leaf: Leaf) -> np.ndarray[Any, Any] | None:
    if isinstance(leaf, ResultTensor):
        return leaf.numpy()
    if isinstance(leaf, int | float | complex) and abs(leaf) < 2**62:
        return np.asarray(leaf)
    if isinstance(leaf, float):
        return np.asarray(leaf)
    return None


def _excess(tolerance: Tolerance, actual: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return each element's difference in units of what is allowed; infinite where hopeless."""
    center = tolerance.center
    wide = actual.astype(center.dtype)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        error = np.abs(wide - center) / tolerance.allowed
    finite = np.isfinite(wide) & np.isfinite(center)
    alike = (wide == center) | (np.isnan(wide) & np.isnan(center))
    return np.asarray(np.where(finite, error, np.where(alike, 0.0, np.inf)))


def _argument_mismatch(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for number, argument in enumerate(expected.arguments):
        before = expected.outcome.changed.get(number)
        after = actual.changed.get(number)
        if before is None and after is not None:
            if not _equals(argument, after):
                return ArgumentChanged(number, after)
        elif before is not None and (after is None or number in actual.moved):
            return ArgumentNotChanged(number, before)
        elif before is not None:
            mismatch = _changed_differently(expected, number, before, after)
            if mismatch is not None:
                return mismatch
    return _list_mismatch(expected.outcome.lists, actual.lists)


def _list_mismatch(expected: tuple[int, ...], actual: tuple[int, ...]) -> Mismatch | None:
    for number in sorted({*expected} ^ {*actual}):
        return ListChanged(number, number in expected)
    return None


def _changed_differently(
    expected: Expectation, number: int, wanted: Any, after: Any
) -> Mismatch | None:
    if not _same_kind(wanted, after):
        return ArgumentWrong(number, WrongType(wanted, after))
    if wanted.shape != after.shape:
        return ArgumentWrong(number, WrongShape(wanted.shape, after.shape))
    if wanted.dtype != after.dtype:
        return ArgumentWrong(number, WrongDtype(wanted.dtype, after.dtype))
    if wanted.requires_grad and not after.requires_grad:
        return ArgumentWrong(number, WrongRequiresGrad(True))
    difference = compare_values(wanted, after, expected.tolerances.get(("argument", number)))
    return ArgumentWrong(number, difference) if difference else None


def _equals(argument: Any, after: Any) -> bool:
    """Whether an argument that was touched still holds what it held."""
    if not isinstance(after, ResultTensor) or (argument.dtype, argument.shape) != (
        after.dtype,
        after.shape,
    ):
        return False
    if argument.requires_grad and not after.requires_grad:
        return False
    equal_nan = argument.dtype in ("float16", "bfloat16", "float32", "float64")
    return bool(np.array_equal(argument.numpy(), after.numpy(), equal_nan=equal_nan))


def _shares_memory(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        for number in left.shares:
            if number < len(expected.arguments) and number not in right.shares:
                return OwnMemory(number, path)
    return None


def _own_memory(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        for number in right.shares:
            if number not in left.shares:
                return SharedMemory(number if number < len(expected.arguments) else None, path)
    return None


def _same_object(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.same is not None and right.same != left.same:
            return OtherObject(left.same, path)
    return None


def _contiguous(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.contiguous and not right.contiguous:
            return NotContiguous(path)
    return None


def _writable(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if right.overlaps and not left.overlaps:
            return NotWritable(True, path)
        if left.writable and not right.writable:
            return NotWritable(False, path)
    return None


def _random_state(expected: Expectation, actual: Outcome) -> Mismatch | None:
    return RandomStateMoved() if actual.random and not expected.outcome.random else None


def _gradients(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for number in sorted(actual.gradients):
        if number not in expected.outcome.gradients:
            return GradientLeft(number)
    return GradLeftOff() if actual.grad_off and not expected.outcome.grad_off else None


def _requires_grad(expected: Expectation, actual: Outcome) -> Mismatch | None:
    for path, left, right in _tensor_pairs(expected, actual):
        if left.requires_grad != right.requires_grad:
            return WrongRequiresGrad(left.requires_grad, path)
    return None


def _python_number(expected: Expectation, actual: Outcome) -> Mismatch | None:
    if actual.numpy is None or expected.outcome.numpy is not None:
        return None
    return NumpyNumber(expected.outcome.value, actual.numpy)


_Finder = Callable[[Expectation, Outcome], Mismatch | None]
_FINDERS: Final[tuple[tuple[str, _Finder], ...]] = (
    ("returns", _returns),
    ("type", _type),
    ("shape", _shape),
    ("dtype", _dtype),
    ("values", _values),
    ("device", _device),
    ("arguments unchanged", _argument_mismatch),
    ("shares memory", _shares_memory),
    ("own memory", _own_memory),
    ("same object", _same_object),
    ("contiguous", _contiguous),
    ("writable", _writable),
    ("random state", _random_state),
    ("gradients untouched", _gradients),
    ("requires grad", _requires_grad),
    ("python number", _python_number),
)
_FINDERS_OF_ERRORS: Final[tuple[tuple[str, _Finder], ...]] = (
    ("errors", _errors),
    ("arguments unchanged", _argument_mismatch),
    ("random state", _random_state),
)
