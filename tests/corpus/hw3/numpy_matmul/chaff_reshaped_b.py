"""expect: values failed

Reshapes b where a transpose is needed.
"""


def numpy_matmul(a, b):
    columns = b.reshape(b.shape[1], b.shape[0])
    return (a[:, None, :] * columns[None, :, :]).sum(axis=-1)
