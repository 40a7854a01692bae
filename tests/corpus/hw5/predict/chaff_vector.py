"""expect: shape failed

Squeezes the result to shape [n].
"""


def predict(x, w, b):
    return (x @ w).squeeze(1) + b
