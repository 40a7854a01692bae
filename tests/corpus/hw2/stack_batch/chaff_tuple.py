"""expect: type failed

Returns a tuple of tensors.
"""


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    return tuple(tensors)
