"""expect: passed

Multiplies by the weights as a row and sums with keepdim.
"""


def predict(x, w, b):
    return (x * w.T).sum(dim=1, keepdim=True) + b
