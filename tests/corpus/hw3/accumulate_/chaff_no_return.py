"""expect: type failed

Adds in place and returns nothing.
"""


def accumulate_(total, x):
    total += x
