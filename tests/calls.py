"""Calls of functions in this process, seen as a worker sees them."""

import sys

import numpy as np

from graders.cases.layouts import lay_out
from graders.checks.outcome import decode_outcome
from graders.worker import wire
from graders.worker.observe import Memory, Options, build_arguments, observe


def seen(function, *arguments, **options):
    """Return the outcome of a call; lines of the calling file are a student's."""
    payload = bytearray()
    trees = wire.encode_arguments(list(arguments), payload)
    built = build_arguments(trees, Memory(memoryview(payload)))
    files = frozenset({sys._getframe(1).f_code.co_filename})
    observation = observe(function, built, Options(**options), files)
    assert observation.record["size"] == len(observation.payload)
    return decode_outcome(observation.record, observation.payload)


def tensor(values=((1, 2, 3), (4, 5, 6)), dtype="float32", layout="contiguous", **options):
    return lay_out("tensor", dtype, np.array(values, np.float64), layout, **options)


def array(values=((1, 2, 3), (4, 5, 6)), dtype="float64", layout="contiguous"):
    return lay_out("array", dtype, np.array(values, np.float64), layout)
