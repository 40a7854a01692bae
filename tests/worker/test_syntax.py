"""What the source text of a function, and of all that it reaches, uses of what is forbidden."""

from textwrap import dedent

import pytest

from graders.worker.syntax import find_uses


def uses(text, *forbidden):
    """Return what breaks a rule in `f`, as messages name it."""
    found = find_uses([("hw.py", dedent(text))], {"f": forbidden})
    return [what for _, what, _, _ in found["f"]]


INNOCENT = {
    "a class's parameter is no scratch variable of the module": """
        x = torch.tensor([[1.0]], requires_grad=True)
        class Linear:
            def forward(self, x): return x * 2
        def f(a): return Linear().forward(a)
        """,
    "nor is that of a lambda, or of a function inside": """
        t = torch.ones(3, requires_grad=True)
        def f(a):
            def double(t): return t + t
            return double((lambda t: t.sigmoid())(a))
        """,
    "a key is no name": """
        w1 = torch.randn(2, 3, requires_grad=True)
        def f(grads, x): grads["w1"] = x
        """,
    "gradients may be turned off": """
        import torch
        def f(x):
            with torch.autograd.set_grad_enabled(False):
                x = x.clone().requires_grad_(False)
            x.requires_grad = False
            return x
        """,
    "a variable may have any name": """
        from torch import matmul
        from functools import reduce, partial
        def f(a, b):
            map = a[:, None]
            cosine_similarity = (map * b).sum()
            matmul = a * b
            reduce = partial(torch.sum, dim=1)
            return cosine_similarity + matmul.sum() + reduce(a)
        """,
    "so may an attribute of an object, and a function inside": """
        def f(a, b):
            def cosine_similarity(u, v): return u * v
            r = Result()
            r.cosine_similarity = cosine_similarity(a, b)
            return r
        """,
    "a method of a class of one's own": """
        class Vector:
            def __init__(self, t): self.t = t
            def dot(self, other): return (self.t * other.t).sum()
        def f(a, b):
            v = Vector(a)
            return v.dot(Vector(b)) + Vector(a).dot(v)
        """,
    "a reduction of NumPy": "import numpy as np\ndef f(a, b): return np.add.reduce(a * b, axis=1)",
    "a long sum": f"def f(x): return {' + '.join(['x'] * 2000)}",
}
GUILTY = {
    "another name for a module": (
        "numpy.matmul",
        """
        import numpy as np
        xp = np
        def f(a, b): return xp.matmul(a, b)
        """,
    ),
    "another name inside": (
        "numpy.einsum",
        """
        import numpy as np
        def f(a, b):
            xp = np
            return xp.einsum('i,i', a, b)
        """,
    ),
    "a name of a member": (
        "torch.einsum",
        """
        import torch
        product = torch.einsum
        def f(a, b): return product('i,i', a, b)
        """,
    ),
    "a star": (
        "numpy.inner",
        """
        from numpy import *
        def f(a, b): return inner(a, b)
        """,
    ),
    "a scratch variable of the same name": (
        ".dot",
        """
        A = 1
        def f(a, b):
            A = a.numpy()
            return A.dot(b)
        """,
    ),
    "a star, to loop": (
        "reduce",
        """
        from functools import *
        def f(x): return reduce(max, x)
        """,
    ),
    "a module that is a default": (
        ".matmul",
        """
        import torch
        def f(a, b, t=torch): return t.matmul(a, b)
        """,
    ),
    "a star, for gradients": (
        "torch.func.jacfwd",
        """
        from torch.func import *
        def f(x): return jacfwd(len)(x)
        """,
    ),
    "another name for torch.func": (
        "torch.func.jacfwd",
        """
        from torch import func
        c = func
        def f(x): return c.jacfwd(len)(x)
        """,
    ),
    "gradients on": (
        "requires_grad",
        """
        def f(x): x.requires_grad = True
        """,
    ),
    "gradients on as a method": (
        ".requires_grad_",
        """
        def f(x): x.requires_grad_(True)
        """,
    ),
    "a helper that is looked up": (
        "@",
        """
        def helper(x): return x @ x
        def f(x): return globals()['helper'](x)
        """,
    ),
    "a helper in a table": (
        "@",
        """
        def helper(x): return x @ x
        TABLE = {'h': helper}
        def f(x): return TABLE['h'](x)
        """,
    ),
    "a helper below a name that is bound elsewhere": (
        "@",
        """
        def g(x): return x @ x
        def f(x):
            h = lambda g: g
            return g(x)
        """,
    ),
    "a way round": (
        "f(...)",
        """
        def f(n): return f(n - 1) if n else 0
        """,
    ),
}
ALL = ("matrix products", "loops", "autograd", "cosine_similarity")


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT.keys())
def test_what_is_harmless_is_not_charged(text):
    assert uses(text, *ALL) == []


@pytest.mark.parametrize(("what", "text"), GUILTY.values(), ids=GUILTY.keys())
def test_what_is_forbidden_is_found_under_any_name(what, text):
    assert what in uses(text, *ALL)
