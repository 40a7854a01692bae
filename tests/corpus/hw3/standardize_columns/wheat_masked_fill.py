"""expect: passed

Finds constant columns by their smallest and largest element and divides those by 1.
"""


def standardize_columns(x):
    constant = x.amax(dim=0) == x.amin(dim=0)
    deviation = x.std(dim=0, unbiased=False)
    return (x - x.mean(dim=0)) / deviation.masked_fill(constant, 1)
