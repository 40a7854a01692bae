"""expect: passed

Computes each probability as one over a sum of exponentials of differences, under no_grad.
"""

import torch


@torch.no_grad()
def softmax_cross_entropy_backward(logits, labels):
    differences = logits[:, None, :] - logits[:, :, None]
    probabilities = 1 / differences.exp().sum(dim=2)
    one_hot = torch.nn.functional.one_hot(labels, logits.shape[1]).to(probabilities)
    return torch.sub(probabilities, one_hot) / labels.numel()
