"""expect: values failed

Cuts the fraction of the bias off.
"""


def predict(x, w, b):
    return x @ w + int(b.item())
