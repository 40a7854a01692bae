"""expect: values failed

Turns a constant column into ones.
"""


def standardize_columns(x):
    constant = (x == x[0]).all(dim=0)
    standardized = (x - x.mean(dim=0)) / x.std(dim=0, correction=0)
    return standardized.masked_fill(constant, 1)
