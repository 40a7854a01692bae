"""expect: passed

Looks at all numbers and names the dtype itself.
"""

import torch


def tensor_from_rows(rows):
    kinds = {type(number) for number in numbers(rows)}
    if float in kinds or not kinds:
        dtype = torch.float32
    elif int in kinds:
        dtype = torch.int64
    else:
        dtype = torch.bool
    return torch.tensor(rows, dtype=dtype)


def numbers(rows):
    if not isinstance(rows, (list, tuple)):
        return [rows]
    return [number for row in rows for number in numbers(row)]
