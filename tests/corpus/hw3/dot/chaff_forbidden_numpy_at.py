"""expect: forbidden failed

Hides the @ of two arrays in a lambda.
"""

import torch

product = lambda p, q: p.cpu().numpy() @ q.cpu().numpy()


def dot(a, b):
    return torch.as_tensor(product(a, b), dtype=a.dtype, device=a.device)
