"""expect: type failed

Returns a NumPy array.
"""


def scaled_difference(a, b, scale):
    return (a.cpu().numpy() - b.cpu().numpy()) * scale
