"""What the arguments of cases have in common: which kind of case a function is wrong for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from graders.cases.bank import Case
from graders.checks.mistake import KindOfCase, Trait
from graders.feedback.diagnosis.evidence import FEWEST, Array
from graders.feedback.diagnosis.parts import rows_of
from graders.worker.wire import FLOATING, ArgumentTensor, Dtype

UNLIKELY: Final = 1e-4  # how improbable a coincidence must be
LARGE: Final = 50.0  # where exponentials begin to overflow
MOST_PASSING: Final = 0.5  # for each failing case with a trait, how many may pass with it
MOST_AXES: Final = 4


def kind_of_case(
    failing: Sequence[Case], passed: Sequence[Case], *, values: bool = True
) -> KindOfCase | None:
    """Return the trait that all failing cases have and the fewest of those that pass.

    None where that could be a coincidence. Elements are looked at only where `values` says so.
    """
    if len(failing) < FEWEST or not passed:
        return None
    looks = (_outer_traits, _value_traits) if values else (_outer_traits,)
    found = [_best(traits, failing, passed) for traits in looks]
    known = [kind for kind in found if kind is not None]
    return min(known, key=lambda kind: kind.passing) if known else None


def _best(
    traits: Callable[[Case], Iterator[Trait]], failing: Sequence[Case], passed: Sequence[Case]
) -> KindOfCase | None:
    shared = list(dict.fromkeys(traits(failing[0])))
    for case in failing[1:]:
        if not shared:
            return None
        own = set(traits(case))
        shared = [trait for trait in shared if trait in own]
    if not shared:
        return None
    counts = dict.fromkeys(shared, 0)
    for case in passed:
        for trait in set(traits(case)) & counts.keys():
            counts[trait] += 1
    best = min(shared, key=lambda trait: counts[trait])
    able = len(passed) if traits is _outer_traits else sum(_has_elements(c, best) for c in passed)
    total, marked = len(failing) + able, len(failing) + counts[best]
    if counts[best] > MOST_PASSING * len(failing) or chance(total, marked, len(failing)) > UNLIKELY:
        return None
    return KindOfCase(best, counts[best])


def chance(total: int, marked: int, drawn: int) -> float:
    """Return how likely it is that all that are drawn at random from `total` are marked ones."""
    if drawn > marked:
        return 0.0
    return math.exp(_log_ways(marked, drawn) - _log_ways(total, drawn))


def _log_ways(things: int, chosen: int) -> float:
    return math.lgamma(things + 1) - math.lgamma(chosen + 1) - math.lgamma(things - chosen + 1)


# ---------------------------------------------------------------- the traits of a case


def _outer_traits(case: Case) -> Iterator[Trait]:
    """Yield what can be said of a case without looking at elements, most telling first."""
    tensors = {n: v for n, v in case.arguments.items() if isinstance(v, ArgumentTensor)}
    for name, tensor in tensors.items():
        yield from _of_form(name, tensor)
    if len(tensors) > 1:
        yield from _of_any(list(tensors.values()))
    for name, value in case.arguments.items():
        if isinstance(value, list | tuple):
            yield from _of_list(name, value)
        elif not isinstance(value, ArgumentTensor):
            yield from _of_number(name, value)
    yield from _of_numbers(case.arguments.values())
    yield from _of_pairs(tensors)


def _value_traits(case: Case) -> Iterator[Trait]:
    """Yield what can be said of the elements of tensors and lists."""
    for name, value in case.arguments.items():
        elements = _elements(value)
        if elements is not None:
            yield from _of_values(name, elements)


def _has_elements(case: Case, trait: Trait) -> bool:
    """Whether a case could have a trait of elements at all."""
    elements = _elements(case.arguments[trait.argument])
    return elements is not None and elements.size > 0


def _elements(value: Any) -> Array | None:
    if isinstance(value, ArgumentTensor):
        return value.numpy()
    return rows_of(value) if isinstance(value, list | tuple) else None


def _of_form(name: str, tensor: ArgumentTensor) -> Iterator[Trait]:
    shape = tensor.shape
    yield Trait("contiguous argument" if tensor.contiguous else "non-contiguous", name)
    if 0 in shape:
        yield Trait("empty", name)
    yield Trait(f"only {tensor.dtype}", name)
    if tensor.dtype not in FLOATING:
        yield Trait("not floating", name)
    if tensor.requires_grad:
        yield Trait("with grad", name)
    yield from _of_shape(name, shape)


def _of_any(tensors: Sequence[ArgumentTensor]) -> Iterator[Trait]:
    """Yield what at least one argument is, whichever."""
    if any(not tensor.contiguous for tensor in tensors):
        yield Trait("non-contiguous")
    if any(0 in tensor.shape for tensor in tensors):
        yield Trait("empty")
    if any(tensor.requires_grad for tensor in tensors):
        yield Trait("with grad")


def _of_shape(name: str, shape: tuple[int, ...]) -> Iterator[Trait]:
    yield Trait("dims", name, str(len(shape)))
    for dims in range(MOST_AXES):
        if len(shape) != dims:
            yield Trait("other dims", name, str(dims))
    if len(shape) < 2:
        yield Trait("fewer dims", name, "2")
    if len(shape) > 2:
        yield Trait("more dims", name, "2")
    for axis, size in enumerate(shape[:MOST_AXES]):
        if size < 2:
            yield Trait(f"size {size}", name, str(axis))
        else:
            yield Trait("size above 1", name, str(axis))
    if 1 in shape:
        yield Trait("size 1", name)
    if math.prod(shape) == 1:
        yield Trait("one element", name)
    elif shape:
        yield Trait("several elements", name)
    if len(shape) > 1:
        yield Trait("square" if shape[-1] == shape[-2] else "not square", name)
        if shape[-1] > shape[-2]:
            yield Trait("more columns than rows", name)
        elif shape[-1] < shape[-2]:
            yield Trait("more rows than columns", name)


def _of_list(name: str, items: Sequence[Any]) -> Iterator[Trait]:
    if len(items) < 2:
        yield Trait("no items" if not items else "one item", name)
    else:
        yield Trait("several items", name)
    tensors = [item for item in items if isinstance(item, ArgumentTensor)]
    if not tensors:
        rows = rows_of(items)
        if rows is not None and rows.size:
            yield Trait(_DTYPES[rows.dtype.kind], name)
            yield Trait("dims", f"torch.tensor({name})", str(rows.ndim))
        return
    if any(not tensor.contiguous for tensor in tensors):
        yield Trait("non-contiguous", name)
    if any(tensor.requires_grad for tensor in tensors):
        yield Trait("with grad", name)
    yield Trait(f"only {tensors[0].dtype}", name)
    yield Trait("dims", f"{name}[0]", str(len(tensors[0].shape)))


_DTYPES: Final = {"b": "only bool", "i": "only int64", "u": "only int64", "f": "only float64"}


def _of_number(name: str, value: Any) -> Iterator[Trait]:
    match value:
        case bool() | str() | Dtype() | None:
            yield Trait("one choice", name, value.name if isinstance(value, Dtype) else repr(value))
        case int() | float():
            if value < 0:
                yield Trait("negative number", name)
            if value in (0, 1):
                yield Trait("zero" if value == 0 else "one", name)
            if value > 1:
                yield Trait("above 1", name)
            if value > 0:
                yield Trait("positive number", name)
            if isinstance(value, float) and not value.is_integer():
                yield Trait("fraction", name)


def _of_numbers(values: Iterable[Any]) -> Iterator[Trait]:
    numbers = [v for v in values if isinstance(v, int | float)]
    if len(numbers) > 1 and any(number < 0 for number in numbers):
        yield Trait("negative argument")


def _of_pairs(tensors: dict[str, ArgumentTensor]) -> Iterator[Trait]:
    for (a, one), (b, other) in combinations(tensors.items(), 2):
        if len(one.shape) != len(other.shape):
            yield Trait("different dims", a, b)
        if one.shape != other.shape:
            yield Trait("different shapes", a, b)
        if one.shape and other.shape:
            if one.shape[0] != other.shape[0]:
                yield Trait("different lengths", a, b)
            if len(one.shape) == len(other.shape) and one.shape[-1] != other.shape[-1]:
                yield Trait("different widths", a, b)


def _of_values(name: str, array: Array) -> Iterator[Trait]:
    if not array.size or array.dtype.kind not in "iuf":
        return
    flat = array.reshape(-1)
    low, high = float(np.min(flat)), float(np.max(flat))
    if math.isnan(low) or math.isinf(low) or math.isinf(high):
        yield Trait("infinite values", name)
    if low < 0:
        yield Trait("negative numbers", name)
    if high > 0:
        yield Trait("positive numbers", name)
    if high > LARGE:
        yield Trait("large positive", name)
    if low < -LARGE:
        yield Trait("large negative", name)
    if max(-low, high) > LARGE:
        yield Trait("large values", name)
    if (flat == 0).any():
        yield Trait("with zeros", name)
    if array.dtype.kind == "f" and (flat != np.floor(flat)).any():
        yield Trait("fractions", name)
    if array.ndim == 2 and len(array) > 1 and (array == array[0]).all(0).any():
        yield Trait("constant column", name)
    if flat.size > 1 and len(set(flat.tolist())) < flat.size:
        yield Trait("ties", name)
