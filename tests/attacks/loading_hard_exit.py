"""expect: failed
question: corner
outcome: exited

Ends its process with status 0 while it loads. It must not be taken for a file that loaded.
"""

import os

os._exit(0)


def corner(x, rows, columns):
    return x[:rows, :columns]
