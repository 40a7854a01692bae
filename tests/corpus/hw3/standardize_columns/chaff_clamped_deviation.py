"""expect: values failed

Divides what rounding leaves of a constant column by a far smaller bound.
"""


def standardize_columns(x):
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0).clamp(min=1e-12)
