"""expect: forbidden failed

Broadcasts first and then still multiplies with @.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, None, None, :] @ b.T[None, :, :, None])[..., 0, 0]
