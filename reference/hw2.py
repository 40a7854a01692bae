"""Reference solutions of hw2: reshape."""

import torch
from torch import Tensor


def fold_rows(x: Tensor, columns: int) -> Tensor:
    """Fold `x` [n] into rows: [n / columns, columns]."""
    if len(x) % columns != 0:
        raise ValueError("columns must divide len(x)")
    return x.reshape(-1, columns)


def flatten_batch(x: Tensor) -> Tensor:
    """Flatten every item of `x` [batch, ...]: [batch, everything else]."""
    return x.flatten(start_dim=1)


def drop_singletons(x: Tensor) -> Tensor:
    """Drop all dims of size 1: `x` [1, n, 1, m] becomes [n, m]."""
    return x.squeeze()


def add_batch_dim(x: Tensor) -> Tensor:
    """View `x` [...] as a batch of one: [1, ...]."""
    return x.unsqueeze(0)


def swap_axes(x: Tensor, i: int, j: int) -> Tensor:
    """View `x` [..., n_i, ..., n_j, ...] with two axes swapped: [..., n_j, ..., n_i, ...]."""
    return x.transpose(i, j)


def channels_last(x: Tensor) -> Tensor:
    """Move the channels of `x` [N, C, H, W] to the end, in memory too: [N, H, W, C]."""
    return x.permute(0, 2, 3, 1).contiguous()


def flatten_columns(x: Tensor) -> Tensor:
    """Read `x` [rows, columns] column by column: [rows * columns]."""
    return x.T.flatten()


def corner(x: Tensor, rows: int, columns: int) -> Tensor:
    """View the top-left corner of the matrix `x`: [rows, columns]."""
    return x[:rows, :columns]


def column(x: Tensor, j: int) -> Tensor:
    """Take column `j` of `x` [rows, columns]: [rows]."""
    return x[:, j]


def join_rows(a: Tensor, b: Tensor) -> Tensor:
    """Put `a` [m, columns] on top of `b` [n, columns]: [m + n, columns]."""
    return torch.cat([a, b])


def stack_batch(tensors: list[Tensor]) -> Tensor:
    """Stack equal-shaped tensors [...] into one batch: [len, ...]."""
    if not tensors:
        raise ValueError("nothing to stack")
    return torch.stack(tensors)


def depth_pair(a: Tensor, b: Tensor) -> Tensor:
    """Pair the elements of `a` and `b` [rows, columns]: [rows, columns, 2]."""
    return torch.stack([a, b], dim=-1)


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Split `x` [batch, time, heads * width] into heads: [batch, heads, time, width]."""
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("heads must divide the last dim")
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)


def merge_heads(x: Tensor) -> Tensor:
    """Merge the heads of `x` [batch, heads, time, width]: [batch, time, heads * width]."""
    return x.transpose(1, 2).flatten(start_dim=2)
