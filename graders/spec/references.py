"""Names in a question that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graders.spec import scope
from graders.spec.arguments import (
    Argument,
    BlockArgument,
    LikeArgument,
    ListArgument,
    SameAs,
)
from graders.spec.assignment import Question
from graders.spec.problems import Location, Problem, near_name


def reference_problems(question: Question, at: Location) -> Iterator[Problem]:
    """Every argument, size or `...` that is used and not there, or there and not used."""
    earlier: dict[str, Argument] = {}
    for name, argument in question.arguments.items():
        location = (*at, "arguments", name)
        yield from _argument_references(argument, earlier, location)
        yield from _dims_references(argument, earlier, location)
        earlier[name] = argument
    yield from _size_references(question, at)
    yield from _rest_problems(question, at)


def _argument_references(
    argument: Argument, earlier: dict[str, Argument], at: Location
) -> Iterator[Problem]:
    blocks = [name for name, spec in earlier.items() if _is_block(spec)]
    if isinstance(argument, ListArgument):
        yield from _argument_references(argument.items, earlier, (*at, "list"))
    if isinstance(argument, LikeArgument) and argument.like not in blocks:
        yield _not_earlier((*at, "like"), argument.like, blocks)
    if isinstance(argument, BlockArgument):
        if isinstance(argument.dtype, SameAs) and argument.dtype.argument not in blocks:
            yield _not_earlier((*at, "dtype"), argument.dtype.argument, blocks)
        if argument.linear_in:
            yield from _linear_problems(argument, earlier, (*at, "linear in"))


def _is_block(argument: Argument) -> bool:
    if isinstance(argument, ListArgument):
        return isinstance(argument.items, BlockArgument)
    return isinstance(argument, BlockArgument | LikeArgument)


def _not_earlier(location: Location, name: str, blocks: Iterable[str]) -> Problem:
    names = ", ".join(blocks) or "none"
    text = f"`{name}` is no earlier tensor, array or list of them; earlier ones: {names}"
    return Problem(location, text, near_name(name, blocks, "argument"))


def _linear_problems(
    argument: BlockArgument, earlier: dict[str, Argument], at: Location
) -> Iterator[Problem]:
    name = argument.linear_in or ""
    other = earlier.get(name)
    if not isinstance(other, BlockArgument):
        blocks = [key for key, spec in earlier.items() if isinstance(spec, BlockArgument)]
        yield _not_earlier(at, name, blocks)
    elif not (_is_matrix(argument) and _is_matrix(other)):
        yield Problem(at, f"expected two dims here and in `{name}`")
    elif argument.shapes[0].fixed[0] != other.shapes[0].fixed[0]:
        yield Problem(at, f"expected as many rows as `{name}` has: {other.shapes[0].fixed[0]}")


def _is_matrix(argument: BlockArgument) -> bool:
    shape = argument.shapes[0]
    return len(argument.shapes) == 1 and not shape.rest and len(shape.fixed) == 2


def _dims_references(
    argument: Argument, earlier: dict[str, Argument], at: Location
) -> Iterator[Problem]:
    blocks = [n for n, spec in earlier.items() if isinstance(spec, BlockArgument | LikeArgument)]
    for name in sorted(scope.names_used(argument)):
        if name.endswith(".dims") and name.removesuffix(".dims") not in blocks:
            yield _not_earlier(at, name.removesuffix(".dims"), blocks)


def _size_references(question: Question, at: Location) -> Iterator[Problem]:
    known = scope.with_all_sizes(question)
    used: set[str] = set()
    for name, argument in question.arguments.items():
        names = {size for size in scope.names_used(argument) if not size.endswith(".dims")}
        used |= names
        for size in sorted(names - known.keys()):
            yield Problem(
                (*at, "arguments", name),
                f"the size `{size}` is not defined; expected it alone in a shape, or in dimensions",
                near_name(size, known, "size"),
            )
    for size in sorted(question.dimensions.keys() - used):
        yield Problem(
            (*at, "dimensions", size),
            "no argument uses this size",
            near_name(size, used, "size"),
        )
    for position, size in enumerate(question.constant_operations_in):
        if size not in used:
            text = f"no argument uses the size `{size}`"
            location = (*at, "constant operations in", position)
            yield Problem(location, text, near_name(size, used, "size"))


def _rest_problems(question: Question, at: Location) -> Iterator[Problem]:
    """`dims` and `sizes` belong to the first argument with `...`, for `...` means one thing."""
    owner = question.rest()
    for name, argument in question.shaped().items():
        in_list = isinstance(question.arguments[name], ListArgument)
        location: Location = (*at, "arguments", name, *(("list",) if in_list else ()))
        for key in ("dims", "sizes"):
            if key not in argument.model_fields_set:
                continue
            if not any(shape.rest for shape in argument.shapes):
                yield Problem((*location, key), "the shape has no `...`")
            elif argument is not owner:
                text = "expected this where `...` occurs first; it has one meaning in a question"
                yield Problem((*location, key), text)
        if owner and any(shape.rest for shape in argument.shapes):
            fixed = len(argument.shapes[0].fixed)
            if argument is owner and not owner.rest_dims(owner.shapes[0]):
                text = f"too many sizes beside `...`: {fixed}; dims allow {owner.dims}"
                yield Problem(location, text)
