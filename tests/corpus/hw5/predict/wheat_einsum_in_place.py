"""expect: passed

Uses einsum and adds the bias into its own result.
"""

import torch


def predict(x, w, b):
    out = torch.einsum("nf,fo->no", x, w)
    out += b
    return out
