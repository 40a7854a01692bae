"""Reference solutions of hw1: create tensors."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def tensor_from_rows(rows: list[list[float]]) -> Tensor:
    """Make a tensor of nested lists of numbers, dtype inferred: [len(rows), len(rows[0])]."""
    return torch.tensor(rows)


def filled(shape: tuple[int, ...], value: float) -> Tensor:
    """Fill a tensor with one value, dtype inferred: [*shape]."""
    return torch.full(shape, value)


def zeros_and_ones_like(x: Tensor) -> tuple[Tensor, Tensor]:
    """Make zeros [...] and ones [...] that are like `x` [...]."""
    return torch.zeros_like(x), torch.ones_like(x)


def evenly_spaced(start: float, end: float, steps: int) -> Tensor:
    """Space values evenly from `start` to `end`, both included: [steps]."""
    return torch.linspace(start, end, steps)


def seeded_normal(shape: tuple[int, ...], seed: int) -> Tensor:
    """Draw standard normal samples from a generator of their own: [*shape]."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator)


def roll_dice(count: int, sides: int, seed: int) -> Tensor:
    """Roll a die with faces 1 to `sides` again and again: [count]."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(1, sides + 1, (count,), generator=generator)


def truncate_to_int(x: Tensor) -> Tensor:
    """Truncate `x` [...] toward zero as int32: [...]."""
    return x.to(torch.int32)


def as_numpy_view(x: Tensor) -> NDArray[np.generic]:
    """View `x` [...] as an array that shares its memory: [...]."""
    return x.numpy()


def as_numpy_copy(x: Tensor) -> NDArray[np.generic]:
    """Copy `x` [...], with or without grad, to an array of its own: [...]."""
    return x.detach().numpy().copy()


def describe(x: Tensor) -> dict[str, int | tuple[int, ...] | torch.dtype]:
    """Name the number of dims, shape, number of elements and dtype of `x` [...]."""
    return {"ndim": x.ndim, "shape": tuple(x.shape), "numel": x.numel(), "dtype": x.dtype}


def python_number(x: Tensor) -> float:
    """Take the one element of `x` [1, ..., 1] out as a Python number."""
    if x.numel() != 1:
        raise ValueError("x must hold exactly one element")
    return x.item()
