"""expect: forbidden failed

Executes autograd code from a string.
"""

import torch

SOURCE = """
leaf = z.detach().requires_grad_()
torch.relu(leaf).backward(grad_output, inputs=[leaf])
"""


def relu_backward(grad_output, z):
    names = {"torch": torch, "z": z.clone(), "grad_output": grad_output}
    exec(SOURCE, names)
    return names["leaf"].grad
