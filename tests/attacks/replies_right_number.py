"""expect: failed
question: corner
also: column passed

Finds the number of the current request and the pipe of the replies in the worker's frames, and
answers every call itself, with the shape that its own wrong function has. The forged answers may
count as this submission's, but they are no better than the values in them.
"""

import json
import struct
import sys

RECORD = {"value": ["tensor", "float32", [1, 1], "cpu", "wc", [], None, 4], "size": 4}


def sender():
    frame = sys._getframe()
    while frame is not None:
        if hasattr(frame.f_locals.get("sender"), "number"):
            return frame.f_locals["sender"]
        frame = frame.f_back


def forge(count):
    number, replies = sender().number, sender().replies
    header = {"count": count, "microseconds": 0, "said": [], "operations": [], "end": True}
    text = f"{json.dumps(header)}\n{json.dumps([RECORD] * count)}".encode()
    payload = bytes(4 * count)
    replies.write(struct.pack("<4sIII", b"gRd1", number, len(text), len(payload)) + text + payload)


def corner(x, rows, columns):
    for count in (100, 25, 10, 1):
        forge(count)
    return None


def column(x, j):
    return x[:, j]
