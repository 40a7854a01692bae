"""What an author writes properties with: promises that a comparison with the reference cannot keep.

A property is a Hypothesis test whose first parameter is the student:

    @given(count=st.integers(1, 100), seed=seeds)
    def rolls_stay_on_the_die(student: Student, count: int, seed: int) -> None:
        rolls = student.roll_dice(count, 6, seed)
        require(rolls.min() >= 1, en="`roll_dice` rolls less than 1.", zh="...")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from hypothesis import strategies as st

from graders.cases.layouts import lay_out
from graders.spec.text import Text
from graders.worker.wire import ArgumentTensor, Iterated, ResultTensor

seeds: Final = st.integers(0, 2**31 - 1)
"""Seeds that every random generator of PyTorch, NumPy and Python takes."""


class Broken(Exception):
    """A property does not hold; the author's words for it, if there are any."""

    def __init__(self, text: Text | None) -> None:
        super().__init__(text)
        self.text = text


def require(condition: object, /, **text: str) -> None:
    """Fail the property unless `condition` holds; `en`, `zh`, ... say what the function does."""
    if not condition:
        raise Broken(Text(tuple(text.items())) if text else None)


def tensor(values: Any, dtype: str | None = None) -> ArgumentTensor:
    """Return a tensor to call a function with, of the dtype that `torch.tensor` would choose."""
    array = np.asarray(values)
    given = isinstance(values, np.ndarray | np.generic)
    default = "float32" if array.dtype == np.float64 and not given else array.dtype.name
    return lay_out("tensor", dtype or default, array)


class Student:
    """The functions of a submission, each called in a worker: `student.dot(a, b)`.

    Arguments are numbers, texts, None, NumPy arrays, tensors that `tensor` makes, and lists and
    tuples of them. Results are the same, with read-only NumPy arrays in place of tensors.
    """

    def __init__(self, call: Callable[[str, list[Any]], Any]) -> None:
        self._call = call

    def __getattr__(self, function: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return _received(self._call(function, [_sent(value) for value in arguments]))

        return call


def _sent(value: Any) -> Any:
    match value:
        case np.ndarray():
            return lay_out("array", value.dtype.name, value)
        case np.generic():
            return value.item()
        case list() | tuple():
            return type(value)(_sent(item) for item in value)
    return value


def _received(value: Any) -> Any:
    match value:
        case ResultTensor():
            return value.numpy()
        case list() | tuple():
            return type(value)(_received(item) for item in value)
        case Iterated(items):
            return [_received(item) for item in items]
        case dict():
            return {key: _received(item) for key, item in value.items()}
    return value


__all__ = ["Broken", "Student", "require", "seeds", "tensor"]
