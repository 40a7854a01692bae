"""expect: passed

Multiplies the transposes in the other order and transposes back.
"""


def batched_matmul(a, b):
    return torch_matmul(b.mT, a.mT).mT


def torch_matmul(left, right):
    return left.matmul(right)
