"""expect: arguments unchanged failed

Gives .data a new tensor, so that other references to the old memory see nothing.
"""


def accumulate_(total, x):
    total.data = total.data + x
    return total
