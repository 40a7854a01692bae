"""expect: passed

Adds x to itself without a graph.
"""

import torch


def sum_of_squares_gradient(x):
    with torch.no_grad():
        return x + x
