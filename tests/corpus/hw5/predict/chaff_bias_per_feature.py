"""expect: values failed

Adds the bias to every feature before multiplying.
"""


def predict(x, w, b):
    return (x + b) @ w
