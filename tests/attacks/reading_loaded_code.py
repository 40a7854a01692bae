"""expect: passed
question: corner

Looks in sys.modules for the parts of the grader that know answers, points or other students, and
among all live functions and code objects for another `corner`, which could only be the reference's.
The process that runs student code must hold neither.
"""

import functools
import gc
import sys
import types

KNOWING = ("spec", "cases", "checks", "feedback", "submissions", "gradebook", "reports", "grading")
KNOWING_MODULES = {"reference", *(f"graders.{part}" for part in KNOWING)}
WANTED = {"corner", "fold_rows", "split_heads", "merge_heads"}


def knowing_modules():
    for name in list(sys.modules):
        if isinstance(name, str) and {".".join(name.split(".")[:2]), name.split(".")[0]} & KNOWING_MODULES:
            yield name


def codes_in(thing):
    if isinstance(thing, types.CodeType):
        yield thing
    elif isinstance(thing, types.FunctionType):
        yield thing.__code__
        for cell in thing.__closure__ or ():
            try:
                yield from codes_in(cell.cell_contents)
            except ValueError:
                continue


def foreign_answers():
    gc.unfreeze()
    for thing in gc.get_objects():
        for code in codes_in(thing):
            if code.co_name in WANTED and code.co_filename != codes_in.__code__.co_filename:
                yield f"{code.co_name} of {code.co_filename}"


@functools.cache
def deed():
    return ", ".join([*knowing_modules(), *foreign_answers()])


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: found beside student code: {deed()}")
    return x[:rows, :columns]
