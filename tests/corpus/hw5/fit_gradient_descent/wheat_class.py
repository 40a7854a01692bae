"""expect: passed

Keeps the model in a class with methods for loss and step.
"""


class Line:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.w = x.new_zeros(x.shape[1], 1)
        self.b = y.new_zeros(1)

    def error(self):
        return self.x @ self.w + self.b - self.y

    def step(self, lr):
        error = self.error()
        self.w.sub_(self.x.mT @ error, alpha=2 * lr / len(error))
        self.b.sub_(error.mean(0), alpha=2 * lr)
        return error.pow(2).mean().item()


def fit_gradient_descent(x, y, lr, epochs):
    line = Line(x, y)
    losses = [line.step(lr) for _ in range(epochs)]
    return line.w, line.b, losses
