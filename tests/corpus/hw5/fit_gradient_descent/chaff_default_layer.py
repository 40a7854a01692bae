"""expect: returns failed

Trains a linear layer of the default dtype, which float64 data do not fit.
"""

import torch
from torch import nn


def fit_gradient_descent(x, y, lr, epochs):
    model = nn.Linear(x.shape[1], 1).to(x.device)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model.weight.detach().T, model.bias.detach(), losses
