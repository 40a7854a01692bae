"""expect: forbidden failed

Hides the call in a string that exec runs.
"""

import torch

SOURCE = "def ready_made(a, b): return torch.cosine_" + "similarity(a, b, dim=0)"
exec(SOURCE)


def cosine(a, b):
    return ready_made(a, b)
