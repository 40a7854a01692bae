"""expect: values failed

Reshapes the whole batch into two matrices and mixes the entries up.
"""


def batched_matmul(a, b):
    batch, m, k = a.shape
    n = b.shape[2]
    big = a.reshape(batch * m, k) @ b.reshape(k, batch * n)
    return big.reshape(batch, m, batch, n).sum(dim=2)
