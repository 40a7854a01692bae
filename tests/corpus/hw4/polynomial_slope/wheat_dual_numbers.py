"""expect: passed

Brings its own dual numbers: every value carries its slope along.
"""

import torch


class Dual:
    def __init__(self, value, slope):
        self.value = value
        self.slope = slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)


def polynomial_slope(coefficients, x):
    x = x.detach()
    point = Dual(x, torch.ones_like(x))
    y = Dual(torch.zeros_like(x), torch.zeros_like(x))
    for c in reversed(coefficients):
        y = y * point + Dual(torch.full_like(x, c), torch.zeros_like(x))
    return y.slope
