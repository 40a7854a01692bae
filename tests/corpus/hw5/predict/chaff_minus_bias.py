"""expect: values failed

Subtracts the bias.
"""


def predict(x, w, b):
    return x @ w - b
