"""expect: values failed

Uses layer_norm, which normalizes rows and has an eps of its own.
"""

import torch.nn.functional as F


def standardize_columns(x):
    return F.layer_norm(x, x.shape[1:])
