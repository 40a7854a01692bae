"""expect: passed

Uses -= on .data, which writes into the same memory.
"""


def sgd_step(parameters, gradients, lr):
    for i in range(len(parameters)):
        parameters[i].data -= lr * gradients[i]
