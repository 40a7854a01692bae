"""expect: passed

Asks whether every size is 1, with an own subclass of ValueError.
"""


class NotOneElement(ValueError):
    pass


def python_number(x):
    if any(size != 1 for size in x.shape):
        raise NotOneElement(tuple(x.shape))
    return x.reshape(-1)[0].item()
