"""expect: forbidden failed

Calls the reflected special method behind the @ operator.
"""


def matmul_by_broadcasting(a, b):
    return b.__rmatmul__(a)
