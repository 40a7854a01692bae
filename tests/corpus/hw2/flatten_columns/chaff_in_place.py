"""expect: arguments unchanged failed

Transposes the argument itself.
"""


def flatten_columns(x):
    x.t_()
    return x.flatten()
