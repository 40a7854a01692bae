"""expect: returns failed

Takes the last element of the running sums, and empty vectors have none.
"""


def dot(a, b):
    return (a * b).cumsum(dim=0)[-1]
