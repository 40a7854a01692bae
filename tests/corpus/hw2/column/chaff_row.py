"""expect: returns failed

Takes row `j`, which a matrix with more columns than rows need not have.
"""


def column(x, j):
    return x[j]
