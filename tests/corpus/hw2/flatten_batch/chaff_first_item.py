"""expect: returns failed

Takes the number of columns from the first item, which an empty batch does not have.
"""


def flatten_batch(x):
    return x.reshape(len(x), x[0].numel())
