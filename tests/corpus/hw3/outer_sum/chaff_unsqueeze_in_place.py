"""expect: arguments unchanged failed

Adds the dimension with unsqueeze_, which changes the caller's a into a column.
"""


def outer_sum(a, b):
    return a.unsqueeze_(1) + b
