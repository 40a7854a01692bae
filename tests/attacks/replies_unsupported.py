"""expect: failed
question: corner
also: column passed

Forges the records with which a worker says that its simulated device lacks an operation, so that
nobody can tell whether the function is right. On the CPU there is no such excuse.
"""

import json
import struct
import sys


def corner(x, rows, columns):
    frame = sys._getframe()
    while "sender" not in frame.f_locals:
        frame = frame.f_back
    sender, cases = frame.f_locals["sender"], len(frame.f_locals["request"]["cases"])
    header = {"count": cases, "microseconds": 0, "said": [], "operations": [], "end": True}
    records = [{"unsupported": "aten.slice", "size": 0}] * cases
    text = f"{json.dumps(header)}\n{json.dumps(records)}".encode()
    sender.replies.write(struct.pack("<4sIII", b"gRd1", sender.number, len(text), 0) + text)
    return None


def column(x, j):
    return x[:, j]
