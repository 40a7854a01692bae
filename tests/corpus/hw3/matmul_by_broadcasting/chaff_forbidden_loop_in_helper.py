"""expect: forbidden failed

Moves the for loop into a helper.
"""


def row_times_matrix(row, b):
    out = b.new_zeros(b.shape[1])
    for t in range(len(row)):
        out = out + row[t] * b[t]
    return out


def fill(a, b, out):
    for i in range(len(a)):
        out[i] = row_times_matrix(a[i], b)


def matmul_by_broadcasting(a, b):
    out = a.new_zeros(a.shape[0], b.shape[1])
    fill(a, b, out)
    return out
