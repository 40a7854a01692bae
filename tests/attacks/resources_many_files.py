"""expect: failed
question: corner
also: column passed

Fills the scratch folder with empty files and empty folders, which have no size but take room all
the same, and make measuring and deleting slow.
"""

import itertools
import os


def corner(x, rows, columns):
    for number in itertools.count():
        if number % 2:
            os.mkdir(str(number))
        else:
            os.close(os.open(str(number), os.O_CREAT | os.O_WRONLY))
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
