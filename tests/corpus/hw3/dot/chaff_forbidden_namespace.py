"""expect: forbidden failed

Looks the function up in the namespace of the torch module.
"""

import torch


def dot(a, b):
    functions = vars(torch)
    return functions["d" + "ot"](a, b)
