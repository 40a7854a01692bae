"""Hypothesis strategies that draw the arguments of a question.

The simplest draw of each strategy is a call that a student can read: sizes are distinct and not 1,
elements count 1, 2, 3, ... on from argument to argument, and elements are drawn as one block that
is cut to shape, so that shrinking never trades a readable shape for fewer draws.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np
from hypothesis import strategies as st

from graders.cases.layouts import lay_out
from graders.cases.values import Style, constrain, styles_of
from graders.spec import Question
from graders.spec.arguments import (
    ArgumentSpec,
    ArrayArgument,
    BlockArgument,
    BooleanArgument,
    ChoiceArgument,
    FloatArgument,
    IntegerArgument,
    LikeArgument,
    ListArgument,
    NestedListArgument,
    NumberArgument,
    SameAs,
    SeedArgument,
    Shape,
    ShapeArgument,
    ShapedArgument,
    SizeArgument,
    StringArgument,
    TensorArgument,
    TorchDtypeArgument,
)
from graders.spec.expressions import Sizes
from graders.worker.wire import ArgumentTensor, Dtype

Draw = Callable[[st.SearchStrategy[Any]], Any]

PREFERRED_SIZES: Final = (3, 2, 4, 5)
PREFERRED_INTEGERS: Final = (2, 1, 0, 3)
SEEDS: Final = (0, 1, 2, 7, 42, 123, 2024, 2**31 - 1)
FLOATS: Final = (0.5, 2.0, 1.0, -1.0, 0.25, 3.0, -0.5, 0.1, 0.0, 1.5, -2.0, 10.0, 0.01, 0.001)
ROWS: Final[dict[str, Callable[[int], int]]] = {  # what stands in a nested list
    "counting": lambda place: place,
    "bits": lambda place: place % 2,
    "repeating, some negative": lambda place: place * 7 % 5 - 2,
    "too large for float32": lambda place: 2**24 + place,
}
BLOCK: Final = 12
RICH: Final = 2**30


@dataclass(frozen=True)
class Focus:
    """What all cases of one group have in common; the rest is drawn."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    dims: int | None = None  # number of further sizes in the place of `...`
    dtype: int | None = None  # which of the possible dtypes
    layout: str | None = None
    style: Style | None = None
    shape: int | None = None  # which of several shapes
    integers: Literal["least", "greatest"] | None = None  # the end of their range that they take

    @property
    def relaxed(self) -> Focus:
        """The same without what it says about sizes and numbers, where simpler ones may be."""
        return replace(self, sizes={}, dims=None, integers=None)


READABLE: Final = Focus(layout="contiguous", style=Style.COUNTING)


def cases(question: Question, focus: Focus) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of calls, each a mapping from argument names to values."""

    @st.composite
    def draw_case(draw: Draw) -> dict[str, Any]:
        return _Case(draw, question, focus).arguments()

    return draw_case()


class _Case:
    """One case while it is drawn."""

    def __init__(self, draw: Draw, question: Question, focus: Focus) -> None:
        self.draw = draw
        self.question = question
        self.focus = focus
        self.names: dict[str, int] = {}
        self.drawn: dict[str, Any] = {}
        self.rest: tuple[int, ...] | None = None  # what `...` stands for
        self.integers: list[int] = []
        self.count = 1  # the next number of the elements that count on

    def arguments(self) -> dict[str, Any]:
        for number, (name, sizes) in enumerate(self.question.dimensions.items()):
            self.names[name] = self._size(sizes, number, self.focus.sizes.get(name))
        for name, spec in self.question.arguments.items():
            value = self._value(spec)
            self.drawn[name] = value
            if isinstance(value, ArgumentTensor):
                self.names[f"{name}.dims"] = len(value.shape)
        return self.drawn

    def _size(self, sizes: Sizes, number: int, pinned: int | None) -> int:
        if pinned is not None:
            return pinned
        return int(self.draw(st.sampled_from(readable_sizes(sizes, number))))

    def _pick(self, items: Sequence[Any], pinned: int | None = None) -> Any:
        if pinned is not None:
            return items[pinned % len(items)]
        return items[0] if len(items) == 1 else self.draw(st.sampled_from(items))

    def _value(self, spec: ArgumentSpec) -> Any:
        match spec:
            case BlockArgument():
                return self._block(spec)
            case LikeArgument():
                return self._like(self.drawn[spec.like], spec)
            case ListArgument():
                return self._list(spec)
            case SizeArgument():
                return self.names[spec.size]
            case IntegerArgument():
                return self._integer(*spec.range.bounds(self.names))
            case FloatArgument():
                return self._float(*spec.range.bounds(self.names))
            case NumberArgument():
                return self._number(spec)
            case BooleanArgument():
                return self._pick((True, False))
            case SeedArgument():
                return self._pick(SEEDS)
            case StringArgument() | ChoiceArgument():
                return self._pick(spec.choices)
            case ShapeArgument():
                return self._sizes(self._dims(spec.dims.choices), spec.sizes)
            case NestedListArgument():
                return self._nested_list(spec)
            case TorchDtypeArgument():
                return Dtype(self._pick(spec.dtypes))
        raise TypeError(f"no strategy for {spec.kind}")

    # ------------------------------------------------------------ numbers

    def _integer(self, low: float, high: float) -> int:
        numbers = range(int(low), int(high) + 1)
        if self.focus.integers is not None:
            value = numbers[0 if self.focus.integers == "least" else -1]
        elif len(numbers) > 64:
            value = int(self.draw(st.integers(int(low), int(high))))
        else:
            value = int(self._pick(readable_integers(numbers, self.integers)))
        self.integers.append(value)
        return value

    def _float(self, low: float, high: float) -> float:
        nice = [number for number in FLOATS if low <= number <= high]
        hundredths = st.integers(int(np.ceil(low * 100)), int(np.floor(high * 100)))
        fine = hundredths.map(lambda number: number / 100)
        return float(self.draw(st.sampled_from(nice) | fine if nice else fine))

    def _number(self, spec: NumberArgument) -> Any:
        kind = self._pick(spec.kinds)
        low, high = spec.range.bounds(self.names)
        if kind == "boolean":
            return self._pick((True, False))
        return self._float(low, high) if kind == "float" else self._integer(low, high)

    def _sizes(self, dims: int, sizes: Sizes) -> tuple[int, ...]:
        return tuple(self._size(sizes, number, None) for number in range(dims))

    def _dims(self, choices: Sequence[int]) -> int:
        pinned = self.focus.dims
        if pinned is not None and pinned in choices:
            return pinned
        return int(self._pick(sorted(choices, key=lambda dims: abs(dims - 2))))

    # ------------------------------------------------------------ tensors and lists

    def _block(self, spec: BlockArgument) -> ArgumentTensor:
        return self._tensor(spec, self._shape(spec), self._dtype(spec))

    def _shape(self, spec: ShapedArgument, *, own_rest: bool = False) -> tuple[int, ...]:
        shape: Shape = self._pick(spec.shapes, self.focus.shape)
        if not shape.rest:
            return shape.sizes(self.names)
        if self.rest is None or own_rest:
            owner = self.question.rest() or spec
            dims = self._dims(owner.rest_dims(next(s for s in owner.shapes if s.rest)))
            self.rest = self._sizes(dims, owner.sizes)
        return shape.sizes(self.names, self.rest)

    def _dtype(self, spec: BlockArgument) -> str:
        if isinstance(spec.dtype, SameAs):
            return _dtype_of(self.drawn[spec.dtype.argument])
        return str(self._pick(spec.dtype, self.focus.dtype))

    def _tensor(self, spec: BlockArgument, shape: tuple[int, ...], dtype: str) -> ArgumentTensor:
        values = self._elements(spec, shape, dtype)
        layout = self.focus.layout
        if layout is None or layout not in spec.layouts:
            layout = self._pick(spec.layouts)
        kind = "array" if isinstance(spec, ArrayArgument) else "tensor"
        gradient = isinstance(spec, TensorArgument) and self._requires_grad(spec.requires_grad)
        floating = dtype.startswith(("float", "bfloat", "complex"))
        return lay_out(kind, dtype, values, layout, requires_grad=gradient and floating)

    def _requires_grad(self, mode: str) -> bool:
        return mode == "true" or (mode == "either" and bool(self._pick((False, True))))

    def _elements(
        self, spec: BlockArgument, shape: tuple[int, ...], dtype: str
    ) -> np.ndarray[Any, Any]:
        styles = styles_of(spec, dtype)
        style = self.focus.style if self.focus.style in styles else self._pick(styles)
        count = int(np.prod(shape))
        numbers = np.arange(self.count, self.count + count, dtype=np.float64)
        if style is Style.BLOCK:
            offsets = self.draw(st.lists(st.integers(-12, 12), min_size=BLOCK, max_size=BLOCK))
            numbers = numbers + np.resize(np.array(offsets, np.float64), count)
        seed = 0 if style in (Style.COUNTING, Style.BLOCK) else self.draw(st.integers(0, RICH))
        related = self.drawn[spec.linear_in].numpy() if spec.linear_in else None
        self.count = self.count + count if self.count + count < 30 else 2
        return constrain(spec, style, numbers.reshape(shape), dtype, self.names, seed, related)

    def _like(self, other: Any, spec: LikeArgument) -> Any:
        if isinstance(other, list):
            return [self._like(item, spec) for item in other]
        source = self.question.arguments[spec.like]
        while isinstance(source, ListArgument | LikeArgument):
            source = (
                source.items
                if isinstance(source, ListArgument)
                else self.question.arguments[source.like]
            )
        assert isinstance(source, BlockArgument)
        copy = self._tensor(source, other.shape, other.dtype)
        gradient = self._requires_grad(spec.requires_grad)
        return ArgumentTensor(
            copy.kind, copy.dtype, copy.shape, copy.strides, copy.offset, copy.storage, gradient
        )

    def _list(self, spec: ListArgument) -> list[Any]:
        length = self._dims(spec.length.choices)
        item = spec.items
        if not isinstance(item, BlockArgument):
            return [self._value(item) for _ in range(length)]
        dtype = self._dtype(item)
        shape = self._shape(item)
        shapes = [
            shape if spec.one_shape else self._shape(item, own_rest=True) for _ in range(length)
        ]
        return [self._tensor(item, shape, dtype) for shape in shapes]

    def _nested_list(self, spec: NestedListArgument) -> Any:
        shape = self._shape(spec)
        kind = self._pick(spec.of, self.focus.dtype)
        row = self._pick(tuple(ROWS))
        counter = itertools.count(1 + int(self.draw(st.integers(0, 20))))
        return _nest(shape, lambda: _list_number(kind, next(counter), row))


def _nest(shape: tuple[int, ...], number: Callable[[], Any]) -> Any:
    if not shape:
        return number()
    return [_nest(shape[1:], number) for _ in range(shape[0])]


def _list_number(kind: str, place: int, row: str) -> Any:
    if kind == "boolean":
        return place % 3 != 0
    number = ROWS[row](place)
    if kind == "integer" or (kind == "mixed" and place % 2):
        return number
    return number + 0.5 if row == "counting" else float(number)


def _dtype_of(value: Any) -> str:
    return str(_dtype_of(value[0]) if isinstance(value, list) else value.dtype)


def readable_sizes(sizes: Sizes, number: int) -> list[int]:
    """Return the choices of the `number`-th size, the most readable first and 1 and 0 last."""
    if sizes.largest <= 1:
        return sorted(sizes.choices)
    first = PREFERRED_SIZES[number % len(PREFERRED_SIZES)]
    return sorted(
        sizes.choices, key=lambda size: (size != first, size < 2, size if size > 1 else -size)
    )


def readable_integers(numbers: Sequence[int], taken: Sequence[int]) -> list[int]:
    """Return the choices of an integer, small ones that differ from the earlier ones first."""
    order = {number: place for place, number in enumerate(PREFERRED_INTEGERS)}
    return sorted(numbers, key=lambda n: (n in taken, n < 0, order.get(n, len(order)), abs(n)))


__all__ = ["READABLE", "Focus", "Style", "cases", "readable_integers", "readable_sizes"]
