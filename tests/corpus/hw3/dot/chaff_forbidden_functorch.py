"""expect: forbidden failed

Takes the product as the slope of a product along b, by the forward mode of torch.func.
"""

import torch


def dot(a, b):
    value, slope = torch.func.jvp(lambda x: torch.nn.functional.linear(x, a), (b,), (b,))
    return slope
