"""expect: values failed

Expands the square in float64, which helps float32 points only.
"""


def pairwise_squared_distances(x, y):
    p = x.double()
    q = y.double()
    squares = (p**2).sum(dim=1)[:, None] + (q**2).sum(dim=1)
    return (squares - 2 * p @ q.T).clamp(min=0).to(x.dtype)
