"""expect: shape failed

Sums the products and drops the column dimension.
"""


def predict(x, w, b):
    return (x * w[:, 0]).sum(dim=1) + b
