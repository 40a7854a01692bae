"""expect: passed

Clones where no gradients are recorded.
"""

import torch


def as_numpy_copy(x):
    with torch.no_grad():
        return x.clone().numpy()
