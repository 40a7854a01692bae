"""expect: failed
question: corner
also: column passed
outcome: timed out

Computes for ever and swallows every exception, so that no limit that is an exception can end it.
"""


def corner(x, rows, columns):
    while True:
        try:
            while True:
                rows = rows + 1
        except BaseException:
            continue


def column(x, j):
    return x[:, j]
