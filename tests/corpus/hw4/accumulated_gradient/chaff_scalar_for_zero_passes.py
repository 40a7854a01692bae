"""expect: shape failed

Answers a scalar zero when there was no pass.
"""

import torch


def accumulated_gradient(x, times):
    if times == 0:
        return torch.tensor(0.0, dtype=x.dtype, device=x.device)
    return 2 * times * x.detach()
