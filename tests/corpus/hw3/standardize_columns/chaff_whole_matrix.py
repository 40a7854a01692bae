"""expect: values failed

Uses one mean and one deviation for the whole matrix.
"""


def standardize_columns(x):
    deviation = x.std(correction=0)
    if deviation == 0:
        return x * 0
    return (x - x.mean()) / deviation
