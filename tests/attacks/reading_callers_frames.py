"""expect: passed
question: corner

Walks the frames that called it and looks in their variables, to a depth of three, for anything
called expected, reference, tolerance, verdict, points or bank. There must be nothing of the kind.
"""

import builtins
import re
import sys
import types

TELLING = re.compile(r"expect|reference|toleranc|verdict|max_points|^points$|bank", re.I)
PLAIN = (str, bytes, bytearray, int, float, type, types.ModuleType, types.FunctionType)
done = []


def names_in(value, depth):
    if isinstance(value, dict):
        items = list(value.items())
    else:
        slots = getattr(type(value), "__slots__", ())
        slots = (slots,) if isinstance(slots, str) else slots
        items = [(name, getattr(value, name, None)) for name in slots]
        items += list(getattr(value, "__dict__", {}).items())
    for name, item in items[:500]:
        if name == "__builtins__":
            continue
        if isinstance(name, str) and not hasattr(builtins, name):
            yield name
        if depth and not isinstance(item, PLAIN):
            yield from names_in(item, depth - 1)


def search():
    frame = sys._getframe(2)
    while frame is not None:
        for name in names_in(dict(frame.f_locals), 3):
            if TELLING.search(name):
                return f"{name} in {frame.f_code.co_name}"
        frame = frame.f_back
    return ""


def corner(x, rows, columns):
    if not done:
        try:
            done.append(search())
        except Exception:
            done.append("")
    if done[0]:
        raise AssertionError(f"BREACH: found {done[0]}")
    return x[:rows, :columns]
