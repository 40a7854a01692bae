"""expect: failed
question: corner
also: column passed

Begins a frame that promises 200 MiB, sends a byte of it every half second and never ends. The
deadline is for the whole answer, and memory is not taken before bytes arrive.
"""

import os
import struct
import time

PROMISE = struct.pack("<4sIII", b"gRd1", 2, 64, 200 << 20)


def corner(x, rows, columns):
    piece = PROMISE
    while True:
        for descriptor in range(64):
            try:
                os.write(descriptor, piece)
            except OSError:
                continue
        piece = b"\0"
        time.sleep(0.5)


def column(x, j):
    return x[:, j]
