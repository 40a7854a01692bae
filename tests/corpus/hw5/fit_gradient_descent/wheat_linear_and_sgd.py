"""expect: passed

Trains a linear layer that starts from zeros with the ready-made optimizer.
"""

import torch
from torch import nn


def fit_gradient_descent(x, y, lr, epochs):
    model = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model.weight.detach().T, model.bias.detach(), losses
