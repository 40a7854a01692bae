"""expect: failed
question: corner
also: column passed

Answers wrongly and replaces what an encoder is made of: json, struct, os.write, bytes of tensors.
Each replacement claims success. The other question must still be graded by what it returns.
"""

import json
import os
import struct

import torch

PASSED = '{"verdict": "passed", "points": 100, "count": 0, "microseconds": 0, "end": true}'


def corner(x, rows, columns):
    json.dumps = json.JSONEncoder.encode = lambda *_, **__: PASSED
    struct.pack = lambda *_: PASSED.encode()
    os.write = lambda descriptor, data: len(data)
    torch.Tensor.numpy = torch.Tensor.detach = torch.Tensor.contiguous = lambda tensor: tensor
    torch.Tensor.data_ptr = torch.Tensor.numel = lambda tensor: 0
    return x[rows:, columns:] + 1


def column(x, j):
    return x[:, j]
