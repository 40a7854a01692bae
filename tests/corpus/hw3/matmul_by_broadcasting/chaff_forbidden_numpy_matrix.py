"""expect: forbidden failed

Multiplies with * after np.asmatrix, which makes it a matrix product.
"""

import numpy as np
import torch


def matmul_by_broadcasting(a, b):
    product = np.asmatrix(a.cpu().numpy()) * np.asmatrix(b.cpu().numpy())
    return torch.from_numpy(np.asarray(product)).to(a.device)
