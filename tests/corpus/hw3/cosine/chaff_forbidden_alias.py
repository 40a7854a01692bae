"""expect: forbidden failed

Imports the ready-made function under another name.
"""

from torch.nn.functional import cosine_similarity as angle


def cosine(a, b):
    return angle(a.unsqueeze(0), b.unsqueeze(0)).squeeze(0)
