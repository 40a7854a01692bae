"""expect: passed

Cuts the rows out one by one and stacks them.
"""

import torch


def fold_rows(x, columns):
    if len(x) % columns:
        raise ValueError(f"{columns} does not divide {len(x)}")
    rows = [x[start : start + columns] for start in range(0, len(x), columns)]
    if not rows:
        return x.reshape(0, columns)
    return torch.stack(rows)
