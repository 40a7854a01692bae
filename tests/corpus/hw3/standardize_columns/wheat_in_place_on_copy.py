"""expect: passed

Works in place on its own copy of the matrix.
"""


def standardize_columns(x):
    out = x.clone()
    out -= out[0].clone()
    out -= out.mean(0)
    deviation = out.norm(dim=0) / len(out) ** 0.5
    deviation[deviation == 0] = 1
    out /= deviation
    return out
