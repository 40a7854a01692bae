"""Puts the elements of a tensor or array into memory in one of the layouts of the assignments."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from graders.worker.wire import ArgumentTensor, as_numpy

FILLER: Final = 99  # what lies in the gaps: it shows when a function reads past its argument
OFFSET: Final = 3


def lay_out(
    kind: str,
    dtype: str,
    values: np.ndarray[Any, Any],
    layout: str = "contiguous",
    *,
    requires_grad: bool = False,
) -> ArgumentTensor:
    """Return `values` as an argument of this dtype, laid out as `layout` says.

    "transposed" stores the axes in reverse order, "strided" every second element along the last
    axis, "offset" some elements after the start of the storage.
    """
    values = np.asarray(values)
    order: tuple[int, ...] = tuple(range(values.ndim))
    gap, offset = 1, 0
    if layout == "transposed":
        order = order[::-1]
    elif layout == "strided":
        gap = 2
    elif layout == "offset":
        offset = OFFSET
    stored = values.transpose(order) if values.ndim else values
    strides = _strides(stored.shape, gap)
    flat = np.full(offset + stored.size * gap, FILLER, np.result_type(values.dtype, np.int8))
    flat[offset::gap][: stored.size] = stored.reshape(-1)
    placed = tuple(strides[order.index(axis)] for axis in range(values.ndim))
    storage = to_bytes(dtype, flat) if values.size else b""
    return ArgumentTensor(
        kind, dtype, values.shape, placed, offset if values.size else 0, storage, requires_grad
    )


def _strides(shape: tuple[int, ...], gap: int) -> tuple[int, ...]:
    strides = []
    step = gap
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


def to_bytes(dtype: str, values: np.ndarray[Any, Any]) -> bytes:
    """Return the elements as bytes of this dtype (bfloat16 rounds to nearest even)."""
    if dtype == "bfloat16":
        bits = values.astype(np.float32).view(np.uint32)
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16).tobytes()
    if dtype == "bool":
        return np.asarray(values % 2 != 0).tobytes()
    with np.errstate(invalid="ignore", over="ignore"):
        return values.astype(dtype).tobytes()


def layout_of(argument: ArgumentTensor) -> str:
    """Return the name of an argument's layout."""
    if argument.contiguous:
        return "offset" if argument.offset else "contiguous"
    if argument.strides and argument.strides[-1] == 2 and len(argument.storage) > 0:
        items = len(argument.storage) // as_numpy(argument.dtype, argument.storage).itemsize
        if argument.dtype == "bfloat16":
            items = len(argument.storage) // 2
        if items == 2 * int(np.prod(argument.shape)):
            return "strided"
    return "transposed"
