"""expect: failed
question: corner
outcome: missing function

Ends the program with status 0 while it loads, before it defines anything, as scripts do.
"""

import sys

sys.exit(0)


def corner(x, rows, columns):
    return x[:rows, :columns]
