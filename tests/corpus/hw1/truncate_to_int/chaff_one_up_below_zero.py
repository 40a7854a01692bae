"""expect: values failed

Adds 1 to the floor of every negative number, also of a whole one.
"""

def truncate_to_int(x):
    return x.floor().int() + (x < 0).int()
