"""expect: failed
question: corner
also: column passed

Is wrong when it sees arguments for the first time and right when the same ones come again, so
that whoever tries a failing call once more believes that nothing was wrong.
"""

seen = set()


def corner(x, rows, columns):
    call = (str(x.tolist()), rows, columns)
    if call in seen:
        return x[:rows, :columns]
    seen.add(call)
    return x[: rows + 1, : columns + 1] * 0 - 1


def column(x, j):
    return x[:, j]
