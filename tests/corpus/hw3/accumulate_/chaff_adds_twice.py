"""expect: values failed

Adds in place and adds again in the return line.
"""


def accumulate_(total, x):
    total += x
    return total.add_(x)
