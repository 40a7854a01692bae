"""Whether the examples of a question fit its arguments."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graders.spec import scope, vocabulary
from graders.spec.arguments import (
    ArgumentSpec,
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
    TorchDtypeArgument,
)
from graders.spec.assignment import Assignment, Question
from graders.spec.expressions import Expression, Range
from graders.spec.problems import Location, Problem, ReadError, near_name, shown


def example_problems(assignment: Assignment) -> Iterator[Problem]:
    """Everything in the examples that the arguments exclude; one problem for each example."""
    for name, question in assignment.questions.items():
        for position, example in enumerate(question.examples):
            at: Location = ("questions", name, "examples", position)
            try:
                _Example(question, example).check()
            except ReadError as error:
                yield Problem((*at, *error.at), error.text, error.hint)


@dataclass
class _Example:
    """One example; `names` gathers the sizes that its values imply."""

    question: Question
    example: dict[str, Any]
    names: dict[str, int] = field(default_factory=dict)
    rest: tuple[int, ...] | None = None
    computed: list[tuple[Location, Expression, int]] = field(default_factory=list)
    later: list[tuple[Location, Callable[[dict[str, int]], None]]] = field(default_factory=list)

    def check(self) -> None:
        """Raise `ReadError` at the first value that does not fit."""
        arguments = self.question.arguments
        for name in self.example:
            if name not in arguments:
                text = f"unknown argument; arguments: {', '.join(arguments) or 'none'}"
                raise ReadError(text, hint=near_name(name, arguments, "argument"), at=(name,))
        for name in arguments:
            if name not in self.example:
                raise ReadError(f"the argument `{name}` is missing")
        for name, argument in arguments.items():
            self._within((name,), partial(self._value, argument, self.example[name], (name,)))
        self._check_with_sizes()

    def _within(self, at: Location, check: Callable[[], None]) -> None:
        try:
            check()
        except ReadError as error:
            raise ReadError(error.text, hint=error.hint, at=error.at or at) from error

    def _value(self, argument: ArgumentSpec, value: object, at: Location) -> None:
        match argument:
            case ListArgument():
                self._list(argument, value, at)
            case LikeArgument():
                self._like(argument, value, at)
            case ShapedArgument():
                self._shaped(argument, value, at)
            case SizeArgument():
                self._bind(argument.size, _integer(value))
            case IntegerArgument() | FloatArgument() | NumberArgument():
                _check_kind(argument, value)
                self.later.append((at, partial(_check_span, argument.range, [value])))
            case _:
                _check_plain(argument, value)

    def _list(self, argument: ListArgument, value: object, at: Location) -> None:
        if not isinstance(value, list):
            raise ReadError(f"found {shown(value)}; expected a list")
        if len(value) not in argument.length.choices:
            raise ReadError(f"found {len(value)} items; expected {argument.length}")
        for item in value:
            self._value(argument.items, item, at)
            if not argument.one_shape:
                self.rest = None

    def _like(self, argument: LikeArgument, value: object, at: Location) -> None:
        other = self.example[argument.like]
        in_list = isinstance(self.question.arguments[argument.like], ListArgument)
        if in_list:
            items = value if isinstance(value, list) else []
            same = [*map(shape_of, items)] == [*map(shape_of, other)]
        else:
            same = shape_of(value) == shape_of(other)
            self.names[f"{at[0]}.dims"] = len(shape_of(other))
        if not same:
            raise ReadError(f"the shape differs from that of `{argument.like}`")
        for element in _flat(value):
            _kind_of(element)

    def _shaped(self, argument: ShapedArgument, value: object, at: Location) -> None:
        found = shape_of(value)
        shape = self._fitting(argument, found)
        self.names[f"{at[0]}.dims"] = len(found)
        cut = len(found) - len(shape.after)
        sizes = (*found[: len(shape.before)], *found[cut:])
        if shape.rest:
            self._bind_rest(found[len(shape.before) : cut])
        for size, actual in zip(shape.fixed, sizes, strict=True):
            self._match(size, actual, at)
        elements = _flat(value)
        self.later.append((at, partial(_check_elements, argument, elements)))

    def _fitting(self, argument: ShapedArgument, found: tuple[int, ...]) -> Shape:
        owner = self.question.rest() or argument
        for shape in argument.shapes:
            extra = len(found) - len(shape.fixed)
            if extra in (owner.rest_dims(owner.shapes[0]) if shape.rest else (0,)):
                return shape
        expected = " or ".join(map(str, argument.shapes))
        raise ReadError(f"the shape is {list(found)}; expected {expected}")

    def _bind_rest(self, rest: tuple[int, ...]) -> None:
        if self.rest is not None and rest != self.rest:
            raise ReadError(f"`...` is {list(rest)} here and {list(self.rest)} before")
        self.rest = rest
        owner = self.question.rest()
        for size in rest:
            if owner and size not in owner.sizes.choices:
                raise ReadError(f"a size is {size}; expected {owner.sizes}")

    def _match(self, size: Expression, actual: int, at: Location) -> None:
        if size.name:
            self._bind(size.name, actual)
        else:
            self.computed.append((at, size, actual))

    def _bind(self, name: str, actual: int) -> None:
        if self.names.setdefault(name, actual) != actual:
            raise ReadError(f"the size `{name}` is {actual} here and {self.names[name]} before")
        allowed = scope.with_all_sizes(self.question)[name]
        if actual not in allowed.choices:
            raise ReadError(f"the size `{name}` is {actual}; expected {allowed}")

    def _check_with_sizes(self) -> None:
        """Check the values with sizes that the shapes leave open, and find these sizes."""
        if not (fitting := [*self._fitting_sizes()]):
            at, size, actual = self.computed[0]
            raise ReadError(f"no allowed sizes make {size} equal to {actual}", at=at)
        *others, last = fitting
        for sizes in others:
            with suppress(ReadError):
                return self._check_later(sizes)
        self._check_later(last)

    def _fitting_sizes(self) -> Iterator[dict[str, int]]:
        domains = scope.with_all_sizes(self.question)
        used = frozenset().union(*map(scope.names_used, self.question.arguments.values()))
        for extra in scope.combinations(used - self.names.keys(), domains):
            names = self.names | extra
            if all(size.evaluate(names) == actual for _, size, actual in self.computed):
                yield names

    def _check_later(self, names: dict[str, int]) -> None:
        for at, check in self.later:
            self._within(at, partial(check, names))


def shape_of(value: object) -> tuple[int, ...]:
    """The shape of a nested list; raises `ReadError` when it is ragged."""
    if not isinstance(value, list):
        return ()
    shapes = {shape_of(item) for item in value}
    if len(shapes) > 1:
        raise ReadError("the rows have different lengths")
    return (len(value), *(shapes.pop() if shapes else ()))


def _flat(value: object) -> list[Any]:
    if not isinstance(value, list):
        return [value]
    return [element for item in value for element in _flat(item)]


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReadError(f"found {shown(value)}; expected a whole number")
    return value


def _kind_of(value: object) -> str:
    kinds = {bool: "boolean", int: "integer", float: "float"}
    if type(value) not in kinds:
        raise ReadError(f"found {shown(value)}; expected a number, true or false")
    return kinds[type(value)]


def _check_kind(argument: ArgumentSpec, value: object) -> None:
    match argument:
        case IntegerArgument():
            _integer(value)
        case FloatArgument() if _kind_of(value) == "boolean":
            raise ReadError(f"found {shown(value)}; expected a number")
        case NumberArgument() if _kind_of(value) not in argument.kinds:
            raise ReadError(f"found {shown(value)}; expected one of: {', '.join(argument.kinds)}")


def _check_plain(argument: ArgumentSpec, value: object) -> None:
    match argument:
        case BooleanArgument() if not isinstance(value, bool):
            raise ReadError(f"found {shown(value)}; expected true or false")
        case SeedArgument() if _integer(value) < 0:
            raise ReadError(f"found {shown(value)}; expected a whole number from 0")
        case StringArgument() | ChoiceArgument() if value not in argument.choices:
            choices = ", ".join(map(str, argument.choices))
            raise ReadError(f"found {shown(value)}; expected one of: {choices}")
        case TorchDtypeArgument() if value not in argument.dtypes:
            raise ReadError(f"found {shown(value)}; expected one of: {', '.join(argument.dtypes)}")
        case ShapeArgument():
            _check_shape(argument, value)


def _check_shape(argument: ShapeArgument, value: object) -> None:
    if not isinstance(value, list) or len(value) not in argument.dims.choices:
        raise ReadError(f"found {shown(value)}; expected a list of {argument.dims} sizes")
    for size in value:
        if _integer(size) not in argument.sizes.choices:
            raise ReadError(f"found the size {size}; expected {argument.sizes}")


def _check_span(span: Range, values: list[Any], names: dict[str, int]) -> None:
    low, high = span.bounds(names)
    for value in values:
        if not isinstance(value, bool) and not low <= value <= high:
            raise ReadError(f"found {shown(value)}; expected {low}..{high}")


def _check_elements(argument: ShapedArgument, elements: list[Any], names: dict[str, int]) -> None:
    kinds = {_kind_of(element) for element in elements}
    if isinstance(argument, BlockArgument):
        _check_dtype(argument, kinds)
        elements = _ordinary(elements, argument.special)
        _check_constraints(argument, elements, names)
    elif isinstance(argument, NestedListArgument) and not _one_kind(kinds, argument.of):
        raise ReadError(
            f"found {' and '.join(sorted(kinds))}; expected one of: {', '.join(argument.of)}"
        )
    if argument.range:
        _check_span(argument.range, elements, names)


def _ordinary(elements: list[Any], special: tuple[float, ...]) -> list[Any]:
    """The elements that must keep to the constraints, which special values need not."""
    return [e for e in elements if not special or (math.isfinite(e) and e not in special)]


def _one_kind(kinds: set[str], allowed: tuple[str, ...]) -> bool:
    return (len(kinds) < 2 and kinds <= {*allowed}) or (
        "mixed" in allowed and kinds <= {"integer", "float"}
    )


def _check_dtype(argument: BlockArgument, kinds: set[str]) -> None:
    if isinstance(argument.dtype, SameAs):
        return
    inexact = {*vocabulary.FLOAT_DTYPES, *vocabulary.COMPLEX_DTYPES}
    needed = {
        "float": inexact,
        "integer": inexact | {*vocabulary.WHOLE_DTYPES},
        "boolean": {"bool"},
    }
    for kind in sorted(kinds):
        if needed[kind].isdisjoint(argument.dtype):
            dtypes = ", ".join(argument.dtype)
            raise ReadError(f"found a value of kind {kind}; no dtype can hold it: {dtypes}")


def _check_constraints(argument: BlockArgument, elements: list[Any], names: dict[str, int]) -> None:
    if argument.below:
        _check_span(Range(0, argument.below.evaluate(names) - 1), elements, names)
    for element in elements:
        if argument.positive and not element > 0:
            raise ReadError(f"found {shown(element)}; expected positive values")
        if argument.non_zero and element == 0:
            raise ReadError("found 0; expected other values")
        if (argument.whole or argument.below) and element != element // 1:
            raise ReadError(f"found {shown(element)}; expected whole numbers")
    if argument.unique and len(set(elements)) < len(elements):
        raise ReadError("a value occurs twice; expected different values")
