"""expect: shape failed

Drops constant columns.
"""


def standardize_columns(x):
    x = x[:, (x != x[0]).any(dim=0)]
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)
