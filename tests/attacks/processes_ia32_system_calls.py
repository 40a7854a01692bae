"""expect: failed
question: corner
also: column passed

Writes machine code that forks through the 32-bit entry of the kernel, `int 0x80`, whose numbers
differ from those of a 64-bit filter. No process may start; being killed for it is fine.
"""

import ctypes
import mmap
import os

CODE = bytes.fromhex("53 89f8 cd80 5b c3")  # push rbx; mov eax, edi; int 0x80; pop rbx; ret
FORK = 2


def deed():
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    page = mmap.mmap(-1, 4096, flags, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(address)(FORK)


def corner(x, rows, columns):
    pid = -1
    try:
        if os.uname().machine == "x86_64":
            pid = deed()
    except Exception:
        pass
    if pid == 0:
        os._exit(0)
    if pid > 0:
        raise AssertionError("BREACH: forked by a 32-bit system call")
    return None


def column(x, j):
    return x[:, j]
