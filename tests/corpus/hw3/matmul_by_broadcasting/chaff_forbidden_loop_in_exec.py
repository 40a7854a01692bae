"""expect: constant operations failed

Hides the loop in a string that exec runs.
"""

LOOP = "f" + "or t in range(a.shape[1]): out += a[:, t, None] * b[t]"


def matmul_by_broadcasting(a, b):
    out = a.new_zeros(a.shape[0], b.shape[1])
    exec(LOOP, {"a": a, "b": b, "out": out})
    return out
