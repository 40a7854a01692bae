"""expect: errors failed

Refuses a remainder of 1 and no other.
"""

def fold_rows(x, columns):
    if len(x) % columns == 1:
        raise ValueError("does not divide")
    return x.reshape(-1, columns)
