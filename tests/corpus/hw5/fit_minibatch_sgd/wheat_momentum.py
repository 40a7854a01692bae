"""expect: passed

Descends with momentum, which carries a part of each gradient over to the next steps.
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    torch.manual_seed(seed)
    loader = DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True)
    model = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x_batch, y_batch in loader:
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(x_batch), y_batch)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return model.weight.detach().T, model.bias.detach(), losses
