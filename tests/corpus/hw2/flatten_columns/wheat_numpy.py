"""expect: passed

Lets NumPy read the matrix in Fortran order and goes back to the device.
"""

import torch


def flatten_columns(x):
    array = x.cpu().numpy().flatten(order="F")
    return torch.from_numpy(array).to(x.device)
