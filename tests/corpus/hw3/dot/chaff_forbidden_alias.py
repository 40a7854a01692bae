"""expect: forbidden failed

Imports torch.inner under an innocent name.
"""

from torch import inner as add_products


def dot(a, b):
    return add_products(a, b)
