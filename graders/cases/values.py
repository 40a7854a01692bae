"""The elements of tensors and arrays: how they are chosen and made to fit what an author asks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

import numpy as np

from graders.spec.arguments import BlockArgument
from graders.spec.vocabulary import WHOLE_LIMITS


class Style(Enum):
    """How elements are chosen."""

    COUNTING = "counting"  # 1, 2, 3, ...
    BLOCK = "block"  # the same with offsets that are drawn and shrink
    NORMAL = "normal"  # standard normal, times ten for whole numbers
    FAR = "far"  # normal, far from the origin
    LARGE = "large"  # up to 10000
    SPECIAL = "special"  # with NaN, infinities or other numbers that the author names
    CONSTANT = "constant column"  # one column is constant
    TIES = "ties"  # few different numbers


def styles_of(spec: BlockArgument, dtype: str) -> list[Style]:
    """Return the styles that suit an argument, the most readable first."""
    if dtype == "bool":
        return [Style.COUNTING, Style.NORMAL]
    styles = [] if spec.normal else [Style.COUNTING, Style.BLOCK]
    styles.append(Style.NORMAL)
    if not (spec.unique or spec.normal):
        styles.append(Style.TIES)
    floating = dtype not in WHOLE_LIMITS
    if spec.far and floating:
        styles.append(Style.FAR)
    if spec.large:
        styles.append(Style.LARGE)
    if spec.special and floating:
        styles.append(Style.SPECIAL)
    if spec.constant_columns:
        styles.append(Style.CONSTANT)
    return styles


def constrain(
    spec: BlockArgument,
    style: Style,
    counted: np.ndarray[Any, Any],
    dtype: str,
    names: Mapping[str, int],
    seed: int,
    related: np.ndarray[Any, Any] | None,
) -> np.ndarray[Any, Any]:
    """Return elements of `counted`'s shape in a style, made to fit every constraint of `spec`."""
    generator = np.random.default_rng(seed)
    if related is not None:
        return _linear(spec, counted.shape, generator, related)
    values = _styled(style, spec, counted, dtype, generator)
    values = _fitted(spec, values, dtype, names)
    if spec.unique:
        values = _distinct(values)
    if style is Style.CONSTANT and values.ndim == 2 and values.size:
        # Constants whose mean is not exact show a deviation that is not quite 0.
        constant = generator.choice([values[0, 0], 0.1, 0.7, 1234.567])
        values[:, generator.integers(values.shape[1])] = constant
    if style is Style.SPECIAL and values.size:
        where = generator.random(values.shape) < 0.3
        values[where] = generator.choice(np.array(spec.special), int(where.sum()))
    return np.sort(values, axis=-1) if spec.sorted and values.ndim else values


def _linear(
    spec: BlockArgument,
    shape: tuple[int, ...],
    generator: np.random.Generator,
    related: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """Return `related @ w + b` with noise, rounded so that a printed call stays short."""
    wide = related.astype(np.float64).reshape(related.shape[0], -1)
    weights = generator.uniform(0.5, 3.0, wide.shape[1]) * generator.choice([-1, 1], wide.shape[1])
    clean = wide @ weights + generator.uniform(-2.0, 2.0)
    noise = spec.noise * generator.standard_normal(len(clean))
    return np.asarray(np.round((clean + noise).reshape(shape), 3))


def _styled(
    style: Style,
    spec: BlockArgument,
    counted: np.ndarray[Any, Any],
    dtype: str,
    generator: np.random.Generator,
) -> np.ndarray[Any, Any]:
    whole = dtype in WHOLE_LIMITS or spec.whole or spec.below is not None
    if spec.normal and style in (Style.COUNTING, Style.BLOCK, Style.NORMAL):
        return np.asarray(np.round(generator.standard_normal(counted.shape), 2))
    match style:
        case Style.COUNTING | Style.BLOCK | Style.CONSTANT:
            return counted.copy()
        case Style.TIES:
            return np.asarray(generator.integers(-1, 3, counted.shape), np.float64)
        case Style.FAR:
            return np.asarray(1e4 + generator.standard_normal(counted.shape))
        case Style.LARGE:
            return np.asarray(np.round(generator.uniform(-1e4, 1e4, counted.shape)))
    values = generator.standard_normal(counted.shape)
    scaled = np.round(10 * values) if whole else values * 10.0 ** generator.integers(-1, 2)
    return np.asarray(scaled)


def _fitted(
    spec: BlockArgument, values: np.ndarray[Any, Any], dtype: str, names: Mapping[str, int]
) -> np.ndarray[Any, Any]:
    whole = dtype in WHOLE_LIMITS or spec.whole
    if dtype == "bool":
        return np.isin(np.mod(np.round(values), 5), (1, 2, 4)).astype(np.float64)
    if spec.below is not None:
        return np.mod(np.round(values), max(spec.below.evaluate(names), 1))
    if whole:
        values = np.round(values)
    if spec.positive:
        values = np.where(values == 0, 1, np.abs(values))
    low, high = _bounds(spec, dtype, names)
    values = _folded(values, low, high, whole)
    return np.where(values == 0, 1 if high >= 1 else high, values) if spec.non_zero else values


def _bounds(spec: BlockArgument, dtype: str, names: Mapping[str, int]) -> tuple[float, float]:
    low, high = spec.range.bounds(names) if spec.range is not None else (-math.inf, math.inf)
    least, most = WHOLE_LIMITS.get(dtype, (-math.inf, math.inf))
    return max(low, least), min(high, most)


def _folded(
    values: np.ndarray[Any, Any], low: float, high: float, whole: bool
) -> np.ndarray[Any, Any]:
    """Bring values into [low, high] by wrapping those outside around."""
    inside = (values >= low) & (values <= high)
    if inside.all():
        return values
    if math.isinf(low) or math.isinf(high):
        return np.where(
            inside,
            values,
            np.where(values < low, low, high) if whole else _mirror(values, low, high),
        )
    span = high - low + 1 if whole else high - low
    wrapped = low + np.mod(values - low, span) if span else np.full_like(values, low)
    return np.where(inside, values, wrapped)


def _mirror(values: np.ndarray[Any, Any], low: float, high: float) -> np.ndarray[Any, Any]:
    edge = low if math.isfinite(low) else high
    return 2 * edge - values


def _distinct(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the values with repeats replaced by numbers that do not occur."""
    flat = values.reshape(-1).copy()
    seen: set[float] = set()
    for place, value in enumerate(flat):
        while float(value) in seen:
            value += 1
        flat[place] = value
        seen.add(float(value))
    return flat.reshape(values.shape)
