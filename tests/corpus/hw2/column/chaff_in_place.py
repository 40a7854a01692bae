"""expect: arguments unchanged failed

Transposes the argument itself.
"""


def column(x, j):
    return x.t_()[j]
