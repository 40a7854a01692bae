"""expect: failed
question: corner
also: column passed

Returns a dict of ten thousand whole numbers that have one hash, which take a second to build and
as long for everyone who reads them; and forges one, which takes nothing.
"""

import json
import struct
import sys

PRIME = (1 << 61) - 1


def forge():
    frame = sys._getframe()
    while "sender" not in frame.f_locals:
        frame = frame.f_back
    sender = frame.f_locals["sender"]
    pairs = [[["int", number * PRIME], ["none"]] for number in range(9_000)]
    record = {"value": ["dict", pairs], "size": 0}
    header = {"count": 10, "microseconds": 0, "said": [], "operations": [], "end": False}
    text = f"{json.dumps(header)}\n{json.dumps([record] * 10)}".encode()
    sender.replies.write(struct.pack("<4sIII", b"gRd1", sender.number, len(text), 0) + text)


def corner(x, rows, columns):
    forge()
    return {number * PRIME: None for number in range(2_000)}


def column(x, j):
    return x[:, j]
