"""expect: loads failed

Leaves out the colon after def.
"""


def predict(x, w, b)
    return x @ w + b
