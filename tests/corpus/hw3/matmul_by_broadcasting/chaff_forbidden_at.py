"""expect: forbidden failed

Uses the @ operator.
"""


def matmul_by_broadcasting(a, b):
    return a @ b
