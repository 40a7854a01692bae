"""expect: forbidden failed

Imports the @ operator as a function.
"""

from operator import matmul as times


def matmul_by_broadcasting(a, b):
    return times(a, b)
