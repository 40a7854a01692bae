"""expect: forbidden failed

Multiplies a row by a column with mm and takes the one element.
"""


def dot(a, b):
    return a[None, :].mm(b[:, None])[0, 0]
