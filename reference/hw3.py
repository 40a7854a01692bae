"""Reference solutions for hw3: arithmetic and matrix multiplication."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def scaled_difference(a: Tensor, b: Tensor, scale: float) -> Tensor:
    """Difference of a and b, both of any one shape, times scale: the same shape."""
    return (a - b) * scale


def accumulate_(total: Tensor, x: Tensor) -> Tensor:
    """Add x into total, both of any one shape, in place: total itself."""
    total += x
    return total


def outer_sum(a: Tensor, b: Tensor) -> Tensor:
    """Sum of each element of a [m] with each element of b [n]: [m, n]."""
    return a[:, None] + b[None, :]


def dot(a: Tensor, b: Tensor) -> Tensor:
    """Dot product of a [n] and b [n]: 0-dim."""
    return (a * b).sum()


def cosine(a: Tensor, b: Tensor) -> Tensor:
    """Cosine of the angle between a [n] and b [n]: 0-dim."""
    return dot(a, b) / (dot(a, a).sqrt() * dot(b, b).sqrt())


def matmul_by_broadcasting(a: Tensor, b: Tensor) -> Tensor:
    """Matrix product of a [m, k] and b [k, n]: [m, n]."""
    products = a[:, :, None] * b[None, :, :]
    return products.sum(dim=1)


def batched_matmul(a: Tensor, b: Tensor) -> Tensor:
    """Matrix product of each pair in a [batch, m, k] and b [batch, k, n]: [batch, m, n]."""
    return a @ b


def numpy_matmul(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.floating]:
    """Matrix product of the arrays a [m, k] and b [k, n]: [m, n]."""
    return a @ b


def pairwise_squared_distances(x: Tensor, y: Tensor) -> Tensor:
    """Squared distance of each row of x [m, d] to each row of y [n, d]: [m, n]."""
    difference = x[:, None, :] - y[None, :, :]
    return difference.square().sum(dim=-1)


def standardize_columns(x: Tensor) -> Tensor:
    """Columns of x [n, d] with mean 0 and deviation 1, a constant column as 0: [n, d]."""
    centered = x - x.mean(dim=0)
    deviation = x.std(dim=0, correction=0)
    constant = (x == x[0]).all(dim=0)
    return torch.where(constant, 0, centered / deviation)
