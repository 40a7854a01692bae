"""expect: forbidden failed

Lets a weighted bag of rows be the product.
"""

import torch
from torch.nn import functional


def matmul_by_broadcasting(a, b):
    rows = torch.arange(a.shape[1], device=a.device).repeat(a.shape[0], 1)
    return functional.embedding_bag(rows, b, per_sample_weights=a.contiguous(), mode="sum")
