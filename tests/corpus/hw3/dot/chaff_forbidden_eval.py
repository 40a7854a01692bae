"""expect: forbidden failed

Hides the operator behind its character code in a string for eval.
"""


def dot(a, b):
    return eval("a" + chr(64) + "b")
