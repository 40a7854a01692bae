"""expect: same object failed

Adds in place but hands back a copy.
"""


def accumulate_(total, x):
    total += x
    return total.clone()
