"""expect: failed
question: corner
outcome: missing function

Has byte order marks in the middle of the file, before a name and inside one, where nobody sees
them. It is a syntax error like any other, and the message names the line.
"""

value﻿ = 1
﻿other = 2


def corner(x, rows, columns):
    return x[:rows, :columns]
