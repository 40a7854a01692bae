"""expect: passed

Adds the negated second argument with the alpha option and scales the sum.
"""

from torch import Tensor


def scaled_difference(a: Tensor, b: Tensor, scale: float) -> Tensor:
    return a.add(b, alpha=-1).mul(scale)
