"""expect: passed
question: corner

Reads eight bytes of the parent's memory through /proc/PID/mem, process_vm_readv and ptrace, at an
address that a fork shares with it. Each must be refused.
"""

import ctypes
import functools
import os


class Span(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


libc = ctypes.CDLL(None, use_errno=True)
libc.process_vm_readv.restype = ctypes.c_ssize_t
libc.ptrace.restype = ctypes.c_long
SHARED_ADDRESS = id(None)
PTRACE_SEIZE = 0x4206


def by_file():
    with open(f"/proc/{os.getppid()}/mem", "rb", 0) as memory:
        memory.seek(SHARED_ADDRESS)
        return bool(memory.read(8))


def by_call():
    buffer = ctypes.create_string_buffer(8)
    here = Span(ctypes.addressof(buffer), 8)
    there = Span(SHARED_ADDRESS, 8)
    spans = (ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    return libc.process_vm_readv(os.getppid(), *spans) > 0


def by_trace():
    return libc.ptrace(PTRACE_SEIZE, os.getppid(), None, None) == 0


@functools.cache
def deed():
    for way in (by_file, by_call, by_trace):
        try:
            if way():
                return way.__name__
        except Exception:
            continue
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: reached the parent's memory {deed()}")
    return x[:rows, :columns]
