"""expect: passed
question: corner
needs: landlock

Opens the canary's secret file in every way that Python, NumPy, torch and the C library offer.
Each way must be refused; the right answer still counts.
"""

import ctypes
import functools
import io
import linecache
import mmap
import os
import pathlib
from importlib.machinery import SourceFileLoader

import numpy as np
import torch

SECRET = "/tmp/grader-canary/secret.txt"


def with_mmap():
    descriptor = os.open(SECRET, os.O_RDONLY)
    return mmap.mmap(descriptor, 1, access=mmap.ACCESS_READ)[:]


def with_fopen():
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    stream = libc.fopen(SECRET.encode(), b"rb")
    if not stream:
        return b""
    buffer = ctypes.create_string_buffer(8)
    libc.fread(buffer, 1, 8, ctypes.c_void_p(stream))
    return buffer.raw


WAYS = {
    "open": lambda: open(SECRET, "rb").read(),
    "io.FileIO": lambda: io.FileIO(SECRET).read(),
    "os.open": lambda: os.read(os.open(SECRET, os.O_RDONLY | os.O_NONBLOCK), 100),
    "pathlib": lambda: pathlib.Path(SECRET).read_bytes(),
    "linecache": lambda: linecache.getline(SECRET, 1),
    "a source loader": lambda: SourceFileLoader("canary", SECRET).get_data(SECRET),
    "np.fromfile": lambda: np.fromfile(SECRET, np.uint8).tobytes(),
    "np.memmap": lambda: bytes(np.memmap(SECRET, np.uint8, "r")),
    "a torch storage": lambda: torch.UntypedStorage.from_file(SECRET, False, 1).tolist(),
    "mmap": with_mmap,
    "fopen": with_fopen,
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        try:
            if way():
                done.append(name)
        except Exception:
            continue
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read the secret file by {deed()}")
    return x[:rows, :columns]
