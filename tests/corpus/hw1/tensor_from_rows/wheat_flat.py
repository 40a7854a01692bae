"""expect: passed

Makes one long vector first, so that the dtype fits all numbers, and folds it.
"""

import torch


def tensor_from_rows(rows):
    return torch.tensor(flat(rows)).reshape(shape_of(rows))


def flat(rows):
    if not isinstance(rows, (list, tuple)):
        return [rows]
    return [number for row in rows for number in flat(row)]


def shape_of(rows):
    if not isinstance(rows, (list, tuple)):
        return []
    return [len(rows)] + (shape_of(rows[0]) if rows else [])
