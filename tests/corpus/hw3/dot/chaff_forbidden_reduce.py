"""expect: forbidden failed

Folds a list of two vectors with the matmul operator.
"""

from functools import reduce
from operator import matmul as combine


def dot(a, b):
    return reduce(combine, [a, b])
