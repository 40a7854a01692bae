"""Sizes and values that no case could have."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graders.spec import scope, vocabulary
from graders.spec.arguments import (
    Argument,
    BlockArgument,
    FloatArgument,
    IntegerArgument,
    ListArgument,
    NestedListArgument,
    NumberArgument,
    SameAs,
    ShapedArgument,
    TensorArgument,
)
from graders.spec.assignment import Question
from graders.spec.expressions import Expression, Number, Range, Sizes
from graders.spec.problems import Location, Problem

_INEXACT = {*vocabulary.FLOAT_DTYPES, *vocabulary.COMPLEX_DTYPES}
_CONTRADICTIONS = {
    "range": ("below", "normal", "linear in", "large", "far"),
    "below": ("normal", "linear in", "large", "far"),
    "normal": ("linear in", "large", "positive"),
    "linear in": ("large", "positive"),
}
_NEED_FLOATS = ("normal", "linear in", "special", "requires grad")
_NEED_NUMBERS = ("range", "below", "unique", "positive", "sorted")


def value_problems(question: Question, at: Location) -> Iterator[Problem]:
    """Every range that can be empty, and every constraint that cannot be kept."""
    judge = _Judge(scope.domains(question))
    for name, argument in question.arguments.items():
        yield from judge.argument(argument, (*at, "arguments", name))


@dataclass(frozen=True)
class _Judge:
    domains: dict[str, Sizes]

    def argument(self, argument: Argument, at: Location) -> Iterator[Problem]:
        match argument:
            case ListArgument():
                yield from self.argument(argument.items, (*at, "list"))
            case IntegerArgument() | FloatArgument():
                yield from self._span(argument.range, (*at, argument.kind))
            case NumberArgument():
                yield from self._span(argument.range, (*at, "range"))
            case NestedListArgument():
                yield from self._shaped(argument, at)
                if 0 in scope.dims_of(argument, argument):
                    yield Problem(at, "a nested list has at least one dim")
            case BlockArgument():
                yield from self._shaped(argument, at)
                yield from self._block(argument, at)

    def _shaped(self, argument: ShapedArgument, at: Location) -> Iterator[Problem]:
        for size in dict.fromkeys(size for shape in argument.shapes for size in shape.fixed):
            yield from self._at_least(0, size, (*at, argument.kind))
        if argument.range:
            yield from self._span(argument.range, (*at, "range"))

    def _block(self, argument: BlockArgument, at: Location) -> Iterator[Problem]:
        if argument.below:
            least = 2 if argument.positive or argument.non_zero else 1
            yield from self._at_least(least, argument.below, (*at, "below"))
        if argument.range and not argument.range.names:
            yield from _range_problems(argument, argument.range, (*at, "range"))
        if argument.unique:
            yield from self._unique(argument, (*at, "unique"))
        yield from _contradictions(argument, at)
        yield from _dtype_problems(argument, at)

    def _at_least(self, least: int, size: Expression, at: Location) -> Iterator[Problem]:
        def judge(names: dict[str, int]) -> str | None:
            value = size.evaluate(names)
            found = f"`{size}` is {value}{_when(names)}" if names else f"found {value}"
            return f"{found}; expected at least {least}" if value < least else None

        yield from self._everywhere(judge, size.names, at)

    def _span(self, span: Range, at: Location) -> Iterator[Problem]:
        def judge(names: dict[str, int]) -> str | None:
            low, high = span.bounds(names)
            text = f"the range {span} is empty{_when(names)}: {low} is greater than {high}"
            return text if low > high else None

        yield from self._everywhere(judge, span.names, at)

    def _unique(self, argument: BlockArgument, at: Location) -> Iterator[Problem]:
        """Too few whole numbers for so many elements."""

        def judge(names: dict[str, int]) -> str | None:
            elements = max(math.prod(shape.sizes(names)) for shape in argument.shapes)
            values = _count(argument, names)
            text = f"{elements} elements cannot differ with {values} values{_when(names)}"
            return text if values < elements else None

        if not any(shape.rest for shape in argument.shapes):
            yield from self._everywhere(judge, scope.names_used(argument), at)

    def _everywhere(
        self, judge: Callable[[dict[str, int]], str | None], names: frozenset[str], at: Location
    ) -> Iterator[Problem]:
        """What `judge` says about the first sizes for which it finds something."""
        for values in scope.sampled_combinations(names, self.domains):
            try:
                text = judge(values)
            except ZeroDivisionError:
                text = f"this divides by 0{_when(values)}"
            if text:
                yield Problem(at, text)
                return


def _count(argument: BlockArgument, names: dict[str, int]) -> float:
    """How many values an element can have."""
    if argument.below:
        return argument.below.evaluate(names)
    if argument.range and (argument.whole or not _has_float(argument.dtype)):
        low, high = argument.range.bounds(names)
        return math.floor(high) - math.ceil(low) + 1
    return math.inf


def _when(names: dict[str, int]) -> str:
    values = [f"{name} is {value}" for name, value in names.items()]
    return f" when {' and '.join(values)}" if values else ""


def _range_problems(argument: BlockArgument, span: Range, at: Location) -> Iterator[Problem]:
    low, high = span.bounds({})
    if low > high:
        return
    if argument.positive and high <= 0:
        yield Problem(at, f"no number in {span} is positive")
    if argument.non_zero and low == high == 0:
        yield Problem(at, f"no number in {span} is other than 0")
    whole = argument.whole or not _has_float(argument.dtype)
    if whole and math.ceil(low) > math.floor(high):
        yield Problem(at, f"no number in {span} is whole")
    yield from _limit_problems(argument, (low, high), at)


def _limit_problems(
    argument: BlockArgument, bounds: tuple[Number, Number], at: Location
) -> Iterator[Problem]:
    low, high = bounds
    for dtype in argument.dtype if isinstance(argument.dtype, tuple) else ():
        least, most = vocabulary.WHOLE_LIMITS.get(dtype, bounds)
        if low < least or high > most:
            yield Problem(at, f"{dtype} holds {least}..{most} only; found {low}..{high}")


def _contradictions(argument: BlockArgument, at: Location) -> Iterator[Problem]:
    given = _given(argument)
    for one, others in _CONTRADICTIONS.items():
        for other in others:
            if one in given and other in given:
                yield Problem((*at, other), f"`{one}` and `{other}` contradict each other")
    if "noise" in given and "linear in" not in given:
        yield Problem((*at, "noise"), "noise counts only beside `linear in`")


def _given(argument: BlockArgument) -> dict[str, Any]:
    """The constraints of an argument by their keys, without those that are switched off."""
    values = {
        field.alias or name: getattr(argument, name)
        for name, field in type(argument).model_fields.items()
        if name in argument.model_fields_set
    }
    return {key: value for key, value in values.items() if value not in (False, "false", ())}


def _dtype_problems(argument: BlockArgument, at: Location) -> Iterator[Problem]:
    if not isinstance(argument.dtype, tuple):
        return
    given = _given(argument)
    dtypes = ", ".join(argument.dtype)
    if not isinstance(argument, TensorArgument) and "bfloat16" in argument.dtype:
        yield Problem((*at, "dtype"), "NumPy has no bfloat16")
    for key in () if _has_float(argument.dtype) else _NEED_FLOATS:
        if key in given:
            yield Problem((*at, key), f"`{key}` needs a float dtype; found {dtypes}")
    for key in _NEED_NUMBERS if argument.dtype == ("bool",) else ():
        if key in given:
            yield Problem((*at, key), f"`{key}` needs numbers; found bool")


def _has_float(dtype: tuple[str, ...] | SameAs) -> bool:
    return isinstance(dtype, SameAs) or not _INEXACT.isdisjoint(dtype)
