"""expect: values failed

Forgets the bias.
"""


def predict(x, w, b):
    return x @ w
