"""expect: forbidden failed

Imports the Jacobian under another name.
"""

import torch.nn.functional as F
from torch.autograd.functional import jacobian as table_of_slopes


def softmax_cross_entropy_backward(logits, labels):
    return table_of_slopes(lambda z: F.cross_entropy(z, labels), logits)
