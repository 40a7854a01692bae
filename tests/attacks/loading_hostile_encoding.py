# -*- coding: utf-7 -*-
"""expect: passed
question: corner

Declares an encoding in which a comment holds a line break and code. What is checked must be what
runs: the file is read once, as UTF-8, and the comment stays one.
"""

# +AAo-raise AssertionError("BREACH: obeyed a declared encoding")


def corner(x, rows, columns):
    return x[:rows, :columns]
