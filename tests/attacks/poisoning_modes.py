"""expect: failed
question: corner
also: column passed

Answers wrongly and leaves modes switched on in which every torch function returns zeros, no
operation reaches its data, and new tensors have no device that holds any.
"""

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode


class Zeros(TorchFunctionMode):
    def __torch_function__(self, function, types, arguments=(), options=None):
        result = function(*arguments, **(options or {}))
        return torch.zeros_like(result) if isinstance(result, torch.Tensor) else result


class Nothing(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, arguments=(), options=None):
        raise RuntimeError("poisoned")


def corner(x, rows, columns):
    torch.inference_mode(True).__enter__()
    torch.set_default_device("meta")
    Zeros().__enter__()
    Nothing().__enter__()
    return None


def column(x, j):
    return x[:, j]
