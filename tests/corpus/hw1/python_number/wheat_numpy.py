"""expect: passed

Uses NumPy's `item`, which raises ValueError by itself.
"""


def python_number(x):
    return x.detach().cpu().numpy().item()
