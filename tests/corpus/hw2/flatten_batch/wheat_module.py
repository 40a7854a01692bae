"""expect: passed

Uses the layer made for it.
"""

from torch import nn


def flatten_batch(x):
    return nn.Flatten()(x)
