"""The sizes of a question: which names there are, and which values they take together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from graders.spec.arguments import (
    Argument,
    ArgumentSpec,
    BlockArgument,
    FloatArgument,
    IntegerArgument,
    LikeArgument,
    ListArgument,
    NumberArgument,
    ShapedArgument,
    SizeArgument,
)
from graders.spec.assignment import DEFAULT_SIZES, Question
from graders.spec.expressions import Sizes

_MOST_VALUES = 7
_MOST = 20_000


def plain_sizes(question: Question) -> list[str]:
    """The sizes that stand alone in a shape, in the order of the file; they define themselves."""
    names = [
        size.name
        for argument in question.shaped().values()
        for shape in argument.shapes
        for size in shape.fixed
        if size.name
    ]
    return list(dict.fromkeys(names))


def with_all_sizes(question: Question) -> dict[str, Sizes]:
    """The declared sizes, and the default for each size that only stands in a shape."""
    return dict.fromkeys(plain_sizes(question), DEFAULT_SIZES) | question.dimensions


def names_used(argument: ArgumentSpec) -> frozenset[str]:
    """The sizes that an argument mentions, `x.dims` among them."""
    match argument:
        case ListArgument():
            return names_used(argument.items)
        case SizeArgument():
            return frozenset({argument.size})
        case IntegerArgument() | FloatArgument() | NumberArgument():
            return argument.range.names
        case ShapedArgument():
            sizes = (size.names for shape in argument.shapes for size in shape.fixed)
            return frozenset().union(*sizes, *names_in_values(argument))
    return frozenset()


def names_in_values(argument: ShapedArgument) -> Iterator[frozenset[str]]:
    """The sizes on which the values depend."""
    if argument.range:
        yield argument.range.names
    if isinstance(argument, BlockArgument) and argument.below:
        yield argument.below.names


def domains(question: Question) -> dict[str, Sizes]:
    """What each name can be; `x.dims` is the number of dims of a tensor or array."""
    found = dict(with_all_sizes(question))
    for name, argument in question.arguments.items():
        if dims := possible_dims(question, argument):
            found[f"{name}.dims"] = Sizes(dims)
    return found


def possible_dims(question: Question, argument: Argument) -> tuple[int, ...]:
    """How many dims a tensor or array can have; empty for other arguments."""
    if isinstance(argument, LikeArgument):
        return possible_dims(question, question.arguments[argument.like])
    if not isinstance(argument, BlockArgument):
        return ()
    return dims_of(argument, question.rest() or argument)


def dims_of(argument: ShapedArgument, owner: ShapedArgument) -> tuple[int, ...]:
    """How many dims `argument` can have when `owner` says what `...` stands for."""
    counts = {
        len(shape.fixed) + rest
        for shape in argument.shapes
        for rest in (owner.rest_dims(owner.shapes[0]) if shape.rest else (0,))
    }
    return tuple(sorted(counts))


def sampled_combinations(
    names: Iterable[str], values: Mapping[str, Sizes]
) -> Iterator[dict[str, int]]:
    """Values that these names can have together; of long ranges only some values."""
    return combinations(names, {name: _spread(values[name]) for name in names})


def combinations(names: Iterable[str], values: Mapping[str, Sizes]) -> Iterator[dict[str, int]]:
    """All values that these names can have together, as far as there is time to count them."""
    ordered = sorted(names)
    for chosen in islice(product(*(values[name].choices for name in ordered)), _MOST):
        yield dict(zip(ordered, chosen, strict=True))


def _spread(sizes: Sizes) -> Sizes:
    if len(sizes.choices) <= _MOST_VALUES:
        return sizes
    ordered = sorted(sizes.choices)
    return Sizes((*ordered[: _MOST_VALUES - 2], ordered[len(ordered) // 2], ordered[-1]))
