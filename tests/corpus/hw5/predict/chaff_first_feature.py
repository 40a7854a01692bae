"""expect: values failed

Uses the first feature only.
"""


def predict(x, w, b):
    return x[:, :1] * w[0] + b
