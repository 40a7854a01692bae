"""expect: type failed

Returns lists of numbers.
"""


def corner(x, rows, columns):
    return [row[:columns] for row in x.tolist()[:rows]]
