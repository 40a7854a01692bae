"""expect: passed

Hands the work to its own helpers, whose names sound like forbidden calls.
"""


def multiply_elementwise(a, b):
    return a * b


def inner(a, b):
    return multiply_elementwise(a, b).sum()


def dot(a, b):
    return inner(a, b)
