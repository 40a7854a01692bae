"""expect: device failed

Takes the roots with the math module and returns a CPU tensor.
"""

import math

import torch


def cosine(a, b):
    length_a = math.sqrt((a.double() ** 2).sum())
    length_b = math.sqrt((b.double() ** 2).sum())
    product = (a.double() * b.double()).sum().item()
    return torch.tensor(product / (length_a * length_b), dtype=a.dtype)
