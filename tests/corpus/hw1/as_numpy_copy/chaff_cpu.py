"""expect: own memory failed

Expects `cpu` to copy, which it does not for a CPU tensor.
"""


def as_numpy_copy(x):
    return x.detach().cpu().numpy()
