"""expect: device failed

Asks NumPy, which needs a CPU tensor.
"""


def describe(x):
    array = x.numpy()
    return {"ndim": array.ndim, "shape": array.shape, "numel": array.size, "dtype": x.dtype}
