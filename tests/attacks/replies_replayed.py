"""expect: failed
question: corner
also: column passed

Is right in its first calls, records the frames that the worker makes of them, and afterwards
returns nothing and has the same frames sent again. An answer to another call must not count.
"""

import functools
import sys

calls = []


def replay(function):
    recorded = []

    @functools.wraps(function)
    def record(*arguments, **options):
        if len(calls) <= 5 or not recorded:
            recorded.append(function(*arguments, **options))
        return recorded[-1]

    return record


for name, module in list(sys.modules.items()):
    if name.startswith("graders.worker"):
        for attribute, value in list(vars(module).items()):
            if attribute.strip("_").startswith(("pack", "dump", "encode")) and callable(value):
                setattr(module, attribute, replay(value))


def corner(x, rows, columns):
    calls.append(rows)
    return x[:rows, :columns] if len(calls) <= 5 else None


def column(x, j):
    return x[:, j]
