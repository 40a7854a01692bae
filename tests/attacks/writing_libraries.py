"""expect: passed
question: corner

Lets libraries write for it: saves tensors and arrays with torch and NumPy, in Python and in C++,
creates an SQLite and a dbm database and a zip file, and maps files into memory. All must be
refused.
"""

import dbm.dumb
import functools
import mmap
import os
import zipfile

import numpy as np
import torch

FOLDER = "/tmp/grader-canary/target"
ONES = torch.ones(4)


def with_mmap():
    descriptor = os.open("/tmp/grader-canary/secret.txt", os.O_RDWR)
    with mmap.mmap(descriptor, 1) as memory:
        memory[:1] = b"!"


def with_sqlite():
    import sqlite3

    connection = sqlite3.connect(f"{FOLDER}/sqlite.db")
    connection.execute("create table canary (text)")
    connection.commit()


def with_libc():
    import ctypes

    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    if not libc.fopen(f"{FOLDER}/fopen".encode(), b"w"):
        raise OSError


WAYS = {
    "torch.save": lambda: torch.save(ONES, f"{FOLDER}/a.pt"),
    "the old torch.save": lambda: torch.save(
        ONES, f"{FOLDER}/b.pt", _use_new_zipfile_serialization=False
    ),
    "a C++ writer": lambda: torch._C.PyTorchFileWriter(f"{FOLDER}/c.pt"),
    "torch.from_file": lambda: torch.from_file(f"{FOLDER}/d.bin", shared=True, size=4),
    "a storage": lambda: torch.UntypedStorage.from_file(f"{FOLDER}/e.bin", True, 4),
    "np.save": lambda: np.save(f"{FOLDER}/f.npy", ONES.numpy()),
    "np.savetxt": lambda: np.savetxt(f"{FOLDER}/g.txt", ONES.numpy()),
    "np.memmap": lambda: np.memmap(f"{FOLDER}/h.bin", np.uint8, "w+", shape=4),
    "tofile": lambda: ONES.numpy().tofile(f"{FOLDER}/i.bin"),
    "sqlite": with_sqlite,
    "dbm": lambda: dbm.dumb.open(f"{FOLDER}/dbm", "c").close(),
    "zipfile": lambda: zipfile.ZipFile(f"{FOLDER}/a.zip", "w").close(),
    "mmap": with_mmap,
    "fopen": with_libc,
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: wrote a file by {deed()}")
    return x[:rows, :columns]
