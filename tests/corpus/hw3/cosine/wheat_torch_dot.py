"""expect: passed

Uses torch.dot and the vector norm of torch.linalg.
"""

import torch


def cosine(a, b):
    return torch.dot(a, b) / torch.linalg.vector_norm(a) / torch.linalg.vector_norm(b)
