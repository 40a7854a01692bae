"""expect: passed
question: corner
also: column passed

Is right, but everything about the function lies: it wraps itself, its signature and documentation
are hostile objects, and its code name is that of another. Whoever calls it needs none of these.
"""


class Hostile:
    def __getattr__(self, name):
        raise RuntimeError(f"{name} of an attribute")

    def __repr__(self):
        raise RuntimeError("text of an attribute")


def corner(x, rows, columns):
    return x[:rows, :columns]


corner.__wrapped__ = corner
corner.__signature__ = Hostile()
corner.__annotations__ = {"x": Hostile(), "return": Hostile()}
corner.__doc__ = Hostile()
corner.__module__ = Hostile()
corner.__name__ = "column"
corner.__qualname__ = "fold_rows.<locals>.column"


def column(x, j):
    return x[:, j]
