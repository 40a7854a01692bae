"""expect: failed
question: corner
also: column passed

Knows the answers to small, readable examples by heart, as they are printed in an assignment, and
raises nothing for the rest: it returns the argument.
"""

BLOCKS = (
    [[1, 2, 3], [4, 5, 6]],
    [[1, 2], [3, 4]],
    [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]],
)


def corner(x, rows, columns):
    for block in BLOCKS:
        if x.tolist() == block and rows <= 2 and columns <= 2:
            return x[:rows, :columns]
    return x


def column(x, j):
    return x[:, j]
