"""expect: passed

Computes one prediction after the other.
"""


def predict(x, w, b):
    out = x.new_zeros(x.shape[0], 1)
    for i in range(x.shape[0]):
        out[i] = (x[i] * w[:, 0]).sum() + b[0]
    return out
