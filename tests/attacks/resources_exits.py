"""expect: failed
question: corner
also: column passed
outcome: exited

Ends its process with status 0, as a test program does that passed. No status is a verdict, and the
message must say that the code ended its own process.
"""

import os


def corner(x, rows, columns):
    os._exit(0)


def column(x, j):
    return x[:, j]
