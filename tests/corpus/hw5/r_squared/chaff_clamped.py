"""expect: values failed

Raises negative results to 0.
"""


def r_squared(prediction, target):
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (target - target.mean()).square().sum()
    return (1 - residual / total).clamp(min=0)
