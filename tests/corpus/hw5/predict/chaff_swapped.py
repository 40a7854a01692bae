"""expect: returns failed

Multiplies w by x.
"""


def predict(x, w, b):
    return w @ x + b
