"""expect: failed
question: corner

Sets a timer while it is loaded and floods the grader, asked or not, with well-formed frames of 15
MiB whose headers take half a gigabyte each once they are read. The grader parses none of them before
it asks, keeps at most two, and ends the worker at the first that answers nothing it asked for.
"""

import os
import signal
import struct
import sys
import time

HEADER = b"[" + b"[]," * (5 << 20) + b"[]]"


def flood(*_):
    frame = sys._getframe()
    while "replies" not in frame.f_locals:
        frame = frame.f_back
        if frame is None:
            return
    descriptor = frame.f_locals["replies"].fileno()
    data = struct.pack("<4sIII", b"gRd1", 1, len(HEADER), 0) + HEADER
    for _ in range(50):
        os.write(descriptor, data)


signal.signal(signal.SIGALRM, flood)
signal.setitimer(signal.ITIMER_REAL, 0.02)


def corner(x, rows, columns):
    time.sleep(0.05)
    return x[:rows, :columns]
