"""expect: python number failed

Returns a NumPy scalar, which is no Python number.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("one element, please")
    return x.cpu().numpy().reshape(-1)[0]
