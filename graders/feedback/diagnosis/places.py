"""Mistakes that show at some places of the result, or in some of its parts, only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np

from graders.checks import mistake as k
from graders.checks.mismatch import Path
from graders.feedback.diagnosis.evidence import FEWEST, Array, Part, Sample, near
from graders.feedback.diagnosis.traits import LARGE, chance

UNLIKELY: Final = 1e-4  # how improbable a coincidence must be
FEWEST_WRONG: Final = 0.5  # the share of the places that must be wrong


def only_places(parts: Sequence[Part]) -> k.OnlyPlaces | None:
    """Name a kind of place where all wrong values stand, and hardly a right one."""
    if not all(part.alike for part in parts):
        return None
    return next((kind for kind in _kinds(parts[0]) if _explains(kind, parts)), None)


def _explains(kind: k.OnlyPlaces, parts: Sequence[Part]) -> bool:
    telling = set()
    total = marked = wrong = 0
    for part in parts:
        mask = _places(kind, part)
        if mask is None or (part.wrong & ~mask).any():
            return False
        if not mask.all():
            telling.add(part.case)
        total += mask.size
        marked += int(mask.sum())
        wrong += int(part.wrong.sum())
    if len(telling) < max(FEWEST, len({part.case for part in parts}) / 4):
        return False
    return wrong >= FEWEST_WRONG * marked and chance(total, marked, wrong) < UNLIKELY


def _kinds(part: Part) -> Iterator[k.OnlyPlaces]:
    """Yield the kinds of places that a result may have."""
    shape = part.expected.shape
    if not shape or not part.expected.size:
        return
    for name, value in part.arguments.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            if value.shape == shape:
                yield from (k.OnlyPlaces(kind, name) for kind in _BY_ELEMENT)
            elif value.dtype.kind in "iu" and value.shape == shape[:1] and len(shape) == 2:
                yield k.OnlyPlaces("at labels", name)
                yield k.OnlyPlaces("not at labels", name)
    for axis in range(len(shape)):
        yield k.OnlyPlaces("last", axis=axis)
        yield k.OnlyPlaces("first", axis=axis)
    if len(shape) == 2:
        yield k.OnlyPlaces("diagonal")
        yield k.OnlyPlaces("off the diagonal")


_BY_ELEMENT: Final[Mapping[str, Callable[[Array], Any]]] = {
    "zeros": lambda x: x == 0,
    "constant column": lambda x: np.broadcast_to((x == x[:1]).all(0), x.shape),
    "not finite": lambda x: ~np.isfinite(x),
    "large positive": lambda x: x > LARGE,
    "large negative": lambda x: x < -LARGE,
    "negative": lambda x: x < 0,
    "positive": lambda x: x > 0,
}


def _places(kind: k.OnlyPlaces, part: Part) -> Array | None:
    """Return the places of a kind in one result; None where it has no such kind."""
    shape = part.expected.shape
    if kind.kind in _BY_ELEMENT:
        value = part.arguments.get(kind.argument)
        if not isinstance(value, np.ndarray) or value.shape != shape or not shape:
            return None
        return np.asarray(_BY_ELEMENT[kind.kind](value))
    if kind.kind in ("at labels", "not at labels"):
        labels = part.arguments.get(kind.argument)
        if not isinstance(labels, np.ndarray) or labels.shape != shape[:1] or len(shape) != 2:
            return None
        at = labels[:, None] == np.arange(shape[1])
        return np.asarray(at if kind.kind == "at labels" else ~at)
    return _by_position(kind, shape)


def _by_position(kind: k.OnlyPlaces, shape: tuple[int, ...]) -> Array | None:
    if kind.axis is None:
        if len(shape) != 2:
            return None
        diagonal = np.eye(*shape, dtype=bool)
        return diagonal if kind.kind == "diagonal" else ~diagonal
    if len(shape) <= kind.axis:
        return None
    mask = np.zeros(shape, bool)
    mask[(*[slice(None)] * kind.axis, 0 if kind.kind == "first" else slice(-1, None))] = True
    return mask


# ---------------------------------------------------------------- parts of a container


def parts_exchanged(samples: Sequence[Sample]) -> k.Mistake | None:
    """Name parts of the result that hold what belongs in others."""
    first = samples[0]
    count = len(first.parts)
    if count < 2 or any(len(sample.parts) != count for sample in samples):
        return None
    order = []
    for place in range(count):
        holds = [n for n in range(count) if all(_holds(sample, place, n) for sample in samples)]
        if not holds:
            return None
        order.append(place if place in holds else holds[0])
    if order == list(range(count)) or len(samples) < FEWEST:
        return None
    moved = [place for place, other in enumerate(order) if place != other]
    places = tuple(first.parts[place].place for place in moved)
    return k.PartsExchanged(places, tuple(first.parts[order[place]].place for place in moved))


def _holds(sample: Sample, place: int, other: int) -> bool:
    part = sample.parts[other]
    return near(sample.parts[place].actual, part.expected, part.allowed)


def only_parts(samples: Sequence[Sample]) -> k.Mistake | None:
    """Name parts that are right in every case, where others are wrong."""
    if len(samples) < FEWEST or not all(sample.complete for sample in samples):
        return None
    wrong = {part.place for sample in samples for part in sample.wrong}
    shared = set.intersection(*({part.place for part in sample.parts} for sample in samples))
    return k.OnlyParts() if shared - wrong and wrong <= shared else None


def wrong_places(samples: Sequence[Sample]) -> tuple[tuple[Path, ...], bool]:
    """Return the places of the wrong parts, and whether they differ from case to case."""
    wrong = [tuple(part.place for part in sample.wrong) for sample in samples]
    return tuple(dict.fromkeys(chain(*wrong))), len(set(wrong)) > 1


def are_cut_differently(samples: Sequence[Sample]) -> bool:
    """Whether what iterators gave is right once it is joined."""
    if len(samples) < FEWEST or any(sample.wrong for sample in samples):
        return False
    return all(s.parts and all(":" in part.place for part in s.parts) for s in samples)
