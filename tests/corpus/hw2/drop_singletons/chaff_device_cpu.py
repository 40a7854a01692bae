"""expect: device failed

Brings the result to the CPU.
"""


def drop_singletons(x):
    return x.cpu().squeeze()
