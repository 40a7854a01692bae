"""expect: arguments unchanged failed

Returns a new tensor and leaves total as it was.
"""


def accumulate_(total, x):
    return total + x
