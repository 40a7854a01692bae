"""expect: type failed

Returns a Python number where no dim is left.
"""


def drop_singletons(x):
    y = x.squeeze()
    return y.item() if y.dim() == 0 else y
