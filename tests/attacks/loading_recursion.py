"""expect: failed
question: corner

Runs itself again and again while it loads, through the interpreter's own C code and without a
recursion limit. It must end as a failure to load.
"""

import sys

sys.setrecursionlimit(2**31 - 1)


def again():
    exec("again()", globals())


again()


def corner(x, rows, columns):
    return x[:rows, :columns]
