"""expect: forbidden failed

Defines a helper from a string, so that the file shows no operator.
"""

exec("def multiply(a, b): return a " + chr(64) + " b")


def matmul_by_broadcasting(a, b):
    return multiply(a, b)
