"""expect: passed

Calls sub_ with alpha under the no_grad decorator.
"""

import torch


@torch.no_grad()
def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p.sub_(g, alpha=lr)
