"""expect: values failed

Reshapes b where the transpose of its last dimensions is needed.
"""


def batched_matmul(a, b):
    batch, k, n = b.shape
    columns = b.reshape(batch, n, k)
    return (a[:, :, None, :] * columns[:, None, :, :]).sum(dim=-1)
