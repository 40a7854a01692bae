"""expect: values failed

Takes the mean off and forgets the deviation.
"""


def standardize_columns(x):
    return x - x.mean(dim=0)
