"""expect: passed

Writes every product as einsum and averages the squared error in two steps.
"""

from torch import einsum


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = einsum("ni,ih->nh", x, w1) + b1
    active = (z > 0).to(z.dtype)
    error = einsum("nh,ho->no", z * active, w2) + b2 - y
    outer = 2 * error / error.shape[0] / error.shape[1]
    return {
        "w1": einsum("ni,no,ho,nh->ih", x, outer, w2, active),
        "b1": einsum("no,ho,nh->h", outer, w2, active),
        "w2": einsum("nh,no->ho", z * active, outer),
        "b2": einsum("no->o", outer),
    }
