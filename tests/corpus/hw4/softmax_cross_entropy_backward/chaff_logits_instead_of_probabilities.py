"""expect: values failed

Forgets the softmax.
"""

from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    return (logits - one_hot(labels, logits.shape[1])) / len(labels)
