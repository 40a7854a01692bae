"""expect: forbidden failed

Fetches the forbidden methods by names that are put together.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    track, go_back = "requires_" + "grad_", "".join(reversed("drawkcab"))
    leaves = [getattr(t.clone(), track)() for t in (w1, b1, w2, b2)]
    hidden = torch.relu(x @ leaves[0] + leaves[1])
    getattr((hidden @ leaves[2] + leaves[3] - y).pow(2).mean(), go_back)()
    return {name: leaf.grad for name, leaf in zip(("w1", "b1", "w2", "b2"), leaves)}
