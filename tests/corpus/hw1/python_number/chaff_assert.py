"""expect: errors failed

Uses `assert`, which raises AssertionError.
"""


def python_number(x):
    assert x.numel() == 1
    return x.item()
