"""expect: forbidden failed

Puts the name of the ready-made function together at run time.
"""

import torch.nn.functional as F


def cosine(a, b):
    function = getattr(F, "cosine" + "_" + "similarity")
    return function(a, b, 0)
