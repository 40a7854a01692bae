"""expect: values failed

Reshapes b where a transpose is needed.
"""


def matmul_by_broadcasting(a, b):
    columns = b.reshape(b.shape[1], b.shape[0])
    return (a[:, None, :] * columns[None, :, :]).sum(dim=-1)
