"""expect: arguments unchanged failed

Scales the caller's x in place.
"""


def predict(x, w, b):
    x *= w[:, 0]
    return x.sum(dim=1, keepdim=True) + b
