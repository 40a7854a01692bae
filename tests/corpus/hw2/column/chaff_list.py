"""expect: type failed

Returns a list.
"""


def column(x, j):
    return [row[j] for row in x]
