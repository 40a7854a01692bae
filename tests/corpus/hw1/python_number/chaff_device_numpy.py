"""expect: device failed

Asks NumPy, which needs a CPU tensor.
"""


def python_number(x):
    return x.detach().numpy().item()
