"""expect: passed

Adds inside no_grad and returns from a finally block.
"""

import torch


def accumulate_(total, x):
    try:
        with torch.no_grad():
            total += x
    finally:
        return total
