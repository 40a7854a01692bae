"""expect: shape failed

Returns the weight of a linear layer as a row.
"""

import torch
from torch import nn


def fit_gradient_descent(x, y, lr, epochs):
    model = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    with torch.no_grad():
        model.weight.zero_()
        model.bias.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model.weight.detach(), model.bias.detach(), losses
