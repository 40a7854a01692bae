"""expect: passed

Calls the backward method of a loss class of its own, which autograd has no part in.
"""

class MeanSquaredError:
    def forward(self, prediction, target):
        self.difference = prediction - target
        return (self.difference**2).mean()

    def backward(self):
        return self.difference * 2 / self.difference.numel()


def mse_backward(prediction, target):
    loss = MeanSquaredError()
    loss.forward(prediction, target)
    return loss.backward()
