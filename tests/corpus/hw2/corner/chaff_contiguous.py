"""expect: shares memory failed

Copies unless the corner happens to be contiguous.
"""


def corner(x, rows, columns):
    return x[:rows, :columns].contiguous()
