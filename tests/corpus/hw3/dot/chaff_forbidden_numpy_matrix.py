"""expect: forbidden failed

Multiplies np.matrix objects with *, which is a matrix product.
"""

import numpy as np
import torch


def dot(a, b):
    row = np.matrix(a.cpu().numpy())
    column = np.matrix(b.cpu().numpy()).T
    return torch.tensor((row * column)[0, 0], dtype=a.dtype, device=a.device)
