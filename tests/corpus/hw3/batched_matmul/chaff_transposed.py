"""expect: shape failed

Returns every product transposed.
"""


def batched_matmul(a, b):
    return (a @ b).transpose(1, 2)
