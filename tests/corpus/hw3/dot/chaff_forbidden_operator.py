"""expect: forbidden failed

Reaches the @ operator through the operator module.
"""

import operator


def dot(a, b):
    return operator.matmul(a, b)
