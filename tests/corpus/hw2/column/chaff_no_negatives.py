"""expect: returns failed

`index_select` refuses a negative column.
"""

import torch


def column(x, j):
    index = torch.tensor([j], device=x.device)
    return x.index_select(1, index).squeeze(1)
