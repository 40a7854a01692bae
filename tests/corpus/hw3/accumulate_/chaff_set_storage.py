"""expect: arguments unchanged failed

Points total at the memory of a new tensor with set_.
"""


def accumulate_(total, x):
    total.set_(total + x)
    return total
