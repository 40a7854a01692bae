"""expect: failed
question: corner
also: column passed

Finds the worker's own wire format and forges frames with it: for this request, for earlier and
later ones, without records, with too many, with values no tensor has. The grader must take none of
them for more than this submission's wrong answer, and must not stumble.
"""

import functools
import os
import struct
import sys

RECORDS = (
    [],
    [{}] * 500,
    [{"value": ["tensor", "float32", [-1], "cpu", "cw", [], None, 0], "size": 0}],
    [{"value": ["tensor", "float32", [1 << 62, 4], "cpu", "cw", [], None, 0], "size": 1 << 62}],
    [{"value": ["int", 10**400], "size": -5}],
    [{"value": None, "error": None, "changed": [[10**9, ["none"]]], "size": "0"}],
    [{"error": [[], "", ["hw2.py", -1]], "size": 0}],
)


def frames():
    wire = sys.modules.get("graders.worker.wire")
    for records in RECORDS:
        for number in (2, 3, 1, 0, 4):
            header = {"count": len(records), "microseconds": 0, "said": [], "operations": [], "end": True}
            header["loaded"] = {"callables": ["corner"], "errors": [], "definitions": []}
            try:
                lines = wire.dump_header(header) + b"\n" + wire.dump_header(records)
                yield wire.pack_frame(number, lines)
            except Exception:
                yield struct.pack("<4sIII", b"gRd1", number, 2, 0) + b"{}"


@functools.cache
def deed():
    forged = b"".join(frames())
    for descriptor in range(64):
        try:
            os.write(descriptor, forged)
        except OSError:
            continue


def corner(x, rows, columns):
    deed()
    return None


def column(x, j):
    return x[:, j]
