"""expect: errors failed

Leaves the error to `item`, which raises RuntimeError.
"""


def python_number(x):
    return x.item()
