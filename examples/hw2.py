"""A sample submission of hw2: eleven functions are right, three are not."""

import torch
from torch import Tensor


def fold_rows(x: Tensor, columns: int) -> Tensor:
    """Fold x into rows of the given number of columns."""
    if x.numel() % columns:
        raise ValueError(f"{columns} columns do not divide {x.numel()} elements")
    return x.reshape(x.numel() // columns, columns)


def flatten_batch(x: Tensor) -> Tensor:
    """Flatten each item of a batch."""
    return x.flatten(1)


def drop_singletons(x: Tensor) -> Tensor:
    """Remove all dims of size 1."""
    return x.reshape([size for size in x.shape if size != 1])


def add_batch_dim(x: Tensor) -> Tensor:
    """Turn x into a batch of one, without a copy."""
    return torch.stack([x])


def swap_axes(x: Tensor, i: int, j: int) -> Tensor:
    """Swap two axes, without a copy."""
    return x.swapaxes(i, j)


def channels_last(x: Tensor) -> Tensor:
    """Rearrange images from [N, C, H, W] to [N, H, W, C]."""
    return x.movedim(1, -1).contiguous()


def flatten_columns(x: Tensor) -> Tensor:
    """Read a matrix column by column."""
    return x.T.view(-1)


def corner(x: Tensor, rows: int, columns: int) -> Tensor:
    """Return the top-left corner of a matrix, without a copy."""
    return x.narrow(0, 0, rows).narrow(1, 0, columns)


def column(x: Tensor, j: int) -> Tensor:
    """Return one column of a matrix."""
    return x.select(1, j)


def join_rows(a: Tensor, b: Tensor) -> Tensor:
    """Put one matrix on top of another."""
    return torch.vstack((a, b))


def stack_batch(tensors: list[Tensor]) -> Tensor:
    """Stack tensors of one shape into a batch."""
    if len(tensors) == 0:
        raise ValueError("an empty list has no shape")
    return torch.stack(tensors)


def depth_pair(a: Tensor, b: Tensor) -> Tensor:
    """Pair the elements of two matrices."""
    return torch.stack((a, b), dim=2)


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Split the last dim into attention heads."""
    batch, time, features = x.shape
    if features % heads:
        raise ValueError(f"{heads} heads do not divide {features} features")
    return x.reshape(batch, time, heads, features // heads)


def merge_heads(x: Tensor) -> Tensor:
    """Undo split_heads."""
    batch, heads, time, width = x.shape
    return x.permute(0, 2, 1, 3).reshape(batch, time, heads * width)
