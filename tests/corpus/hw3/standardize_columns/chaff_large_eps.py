"""expect: values failed

Adds 1e-2 to the deviation, which shows in every column.
"""


def standardize_columns(x):
    x = x - x[0]
    return (x - x.mean(dim=0)) / (x.std(dim=0, correction=0) + 1e-2)
