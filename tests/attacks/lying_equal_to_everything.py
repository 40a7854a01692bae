"""expect: failed
question: corner
also: column passed

Returns an object that is equal and close to everything, and that offers an array at address 8
through each protocol of NumPy and torch. Comparing is not its business, and its pointer is a trap.
"""


class Agreeable:
    def __eq__(self, other):
        return True

    def __call__(self, *arguments, **options):
        return self

    def __hash__(self):
        return 0

    def __array_ufunc__(self, *arguments, **options):
        return True

    @classmethod
    def __torch_function__(cls, *arguments, **options):
        return True

    @property
    def __array_interface__(self):
        return {"data": (8, False), "shape": (1 << 20,), "typestr": "<f4", "version": 3}

    __cuda_array_interface__ = __array_interface__
    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __sub__ = __rsub__ = __abs__ = __getitem__ = __call__


def corner(x, rows, columns):
    return Agreeable()


def column(x, j):
    return x[:, j]
