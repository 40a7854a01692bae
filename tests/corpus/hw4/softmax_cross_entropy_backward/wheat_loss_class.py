"""expect: passed

Calls the backward method of a loss class of its own, which autograd has no part in.
"""

import torch


class CrossEntropy:
    def forward(self, logits, labels):
        self.labels = labels
        self.log_probabilities = torch.log_softmax(logits, dim=1)
        return -self.log_probabilities.gather(1, labels[:, None]).mean()

    def backward(self):
        gradient = self.log_probabilities.exp()
        ones = torch.ones_like(gradient[:, :1])
        gradient = gradient.scatter_add(1, self.labels[:, None], -ones)
        return gradient / len(self.labels)


def softmax_cross_entropy_backward(logits, labels):
    loss = CrossEntropy()
    loss.forward(logits, labels)
    return loss.backward()
