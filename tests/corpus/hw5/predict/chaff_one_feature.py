"""expect: returns failed

Multiplies element by element, which fits one feature only.
"""


def predict(x, w, b):
    return (x * w).reshape(x.shape[0], 1) + b
