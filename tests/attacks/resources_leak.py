"""expect: failed
question: corner
also: column passed
outcome: out of memory

Is right but keeps another 64 MiB in each call, up to 4 GiB. The limit counts the whole process,
not one call.
"""

kept = []


def corner(x, rows, columns):
    kept.append(b"\1" * (64 << 20))
    if len(kept) == 64:
        raise AssertionError("BREACH: held 4 GiB")
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
