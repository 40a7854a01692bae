"""expect: failed
question: corner
also: column passed

Raises KeyboardInterrupt, as if the person at the keyboard had pressed Ctrl-C. It is an answer like
any other exception and must not end the grader.
"""


def corner(x, rows, columns):
    raise KeyboardInterrupt


def column(x, j):
    return x[:, j]
