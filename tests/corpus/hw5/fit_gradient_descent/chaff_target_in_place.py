"""expect: arguments unchanged failed

Uses the caller's y as the residual that it updates.
"""


def fit_gradient_descent(x, y, lr, epochs):
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        losses.append((y**2).mean().item())
        step_w = lr * 2 * x.T @ y / len(x)
        step_b = lr * 2 * y.mean(dim=0)
        w += step_w
        b += step_b
        y -= x @ step_w + step_b
    return w, b, losses
