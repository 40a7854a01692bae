"""Chooses the calls of a bank that are repeated on other devices.

What a function does about devices may depend on what its arguments are: their types, dtypes,
layouts, sizes. So every such feature is in some call of the sample; not each one with each other.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from graders.cases.bank import Case
from graders.worker import wire

FEWEST: Final = 6  # calls, where that many are needed
MOST_OPERATIONS: Final = 500  # of the reference, in all calls of a larger sample
OVERHEAD: Final = 10  # operations that take as long as what surrounds a call
SEVERAL: Final = 2  # sizes from here on are alike
TIMES: Final = 2  # that a feature is shown: one call may hide what it does

Place = tuple[Hashable, ...]


class Feature(NamedTuple):
    """What a program may decide by."""

    what: Place
    idle: bool = False  # whether a call that has it may do little else


def choose_sample(cases: Sequence[Case]) -> tuple[int, ...]:
    """Return the numbers of cases that show each feature with little work, in order.

    The first case, the easiest to read, is one of them: a report shows the first that fails.
    """
    work = [case.observed.operations for case in cases]
    rest = {number: features_of_call(case) for number, case in enumerate(cases)}
    chosen: list[int] = []
    for _ in range(TIMES):
        missing = frozenset[Feature]().union(*rest.values())
        while missing:
            scores = {n: len(new & missing) / (OVERHEAD + work[n]) for n, new in rest.items()}
            best = max(scores, key=scores.__getitem__) if chosen else 0
            if len(chosen) >= FEWEST and sum(work[n] for n in (*chosen, best)) > MOST_OPERATIONS:
                return tuple(sorted(chosen))
            chosen.append(best)
            missing -= rest.pop(best)
    return tuple(sorted(chosen))


def features_of_call(case: Case) -> frozenset[Feature]:
    """Return what a call shows: where it may do nothing, only that."""
    if "error" in case.observed.record:
        return frozenset([Feature(("raises", case.observed.record["error"][0][0]))])
    found = frozenset(
        feature
        for name, value in case.arguments.items()
        for feature in _features_of((name,), value)
    )
    return frozenset(feature for feature in found if feature.idle) or found


def _features_of(place: Place, value: Any) -> Iterator[Feature]:
    match value:
        case wire.ArgumentTensor():
            yield from _features_of_tensor(place, value)
        case bool() | str() | wire.Dtype() | None:
            yield Feature((*place, value))
        case int() | float():
            yield Feature((*place, type(value).__name__, _class_of(value)), idle=value == 0)
        case list() | tuple():
            yield Feature((*place, "length", min(len(value), SEVERAL)), idle=not value)
            for item in value:
                yield from _features_of((*place, "item"), item)


def _features_of_tensor(place: Place, tensor: wire.ArgumentTensor) -> Iterator[Feature]:
    yield Feature((*place, "dtype", tensor.dtype))
    yield Feature((*place, "layout", tensor.contiguous, tensor.offset > 0))
    yield Feature((*place, "dims", len(tensor.shape)))
    yield Feature((*place, "requires_grad", tensor.requires_grad))
    for axis, size in enumerate(tensor.shape):
        yield Feature((*place, "size", axis, min(size, SEVERAL)), idle=size == 0)
    if tensor.dtype in wire.FLOATING:
        yield Feature((*place, "finite", bool(np.isfinite(tensor.numpy()).all())))


def _class_of(number: float) -> float | str:
    """Return what a number is to a program: itself near zero, a sign further away."""
    if not math.isfinite(number):
        return repr(number)
    if number != round(number):
        return math.copysign(0.5, number)
    return max(-SEVERAL, min(number, SEVERAL))
