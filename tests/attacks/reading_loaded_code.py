"""expect: passed
question: corner

Looks in sys.modules for the parts of the grader that know answers, points or other students, and
among all live functions for another `corner`, which could only be the reference's.
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
        if (
            isinstance(name, str)
            and {".".join(name.split(".")[:2]), name.split(".")[0]} & KNOWING_MODULES
        ):
            yield name


def foreign_answers():
    gc.unfreeze()
    for thing in gc.get_objects():
        if type(thing) is types.FunctionType and thing.__name__ in WANTED:
            if thing.__globals__ is not globals():
                yield f"{thing.__name__} of {thing.__code__.co_filename}"


@functools.cache
def deed():
    return ", ".join([*knowing_modules(), *foreign_answers()])


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: found beside student code: {deed()}")
    return x[:rows, :columns]
