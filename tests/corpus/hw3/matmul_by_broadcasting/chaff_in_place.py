"""expect: arguments unchanged failed

Transposes b in place, which turns the caller's matrix around.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, None, :] * b.t_()[None, :, :]).sum(dim=-1)
