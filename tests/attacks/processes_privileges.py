"""expect: passed
question: corner

Takes privileges and rarely used kernel interfaces: name spaces, mounts, another root, user 0, BPF,
performance counters, user faults, key rings, seccomp. None may be granted.
"""

import ctypes
import functools
import os

NUMBERS = {
    "x86_64": {"bpf": 321, "perf": 298, "userfaultfd": 323, "keyctl": 250, "seccomp": 317},
    "aarch64": {"bpf": 280, "perf": 241, "userfaultfd": 282, "keyctl": 219, "seccomp": 277},
}
BOTH = {"io_uring": 425, "fsopen": 430, "open_tree": 428, "landlock": 444, "memfd_secret": 447}
ARGUMENTS = {
    "bpf": (0, ctypes.create_string_buffer(b"\2\0\0\0\4\0\0\0\4\0\0\0\1", 128), 128),
    "perf": (ctypes.create_string_buffer(b"\1\0\0\0\x80\0\0\0\1", 128), 0, -1, -1, 0),
    "userfaultfd": (1,),
    "keyctl": (0, -3, 1),
    "seccomp": (1, 1, None),
    "io_uring": (2, ctypes.create_string_buffer(120)),
    "fsopen": (b"tmpfs", 0),
    "open_tree": (-100, b"/tmp", 1),
    "landlock": (ctypes.create_string_buffer(b"\1", 8), 8, 0),
    "memfd_secret": (0,),
}
NAME_SPACES = {"user": 1 << 28, "mount": 1 << 17, "process": 1 << 29, "network": 5 << 28}
TARGET = b"/tmp/grader-canary/target"
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(number, arguments):
    wrapped = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return libc.syscall(ctypes.c_long(number), *wrapped)


@functools.cache
def deed():
    try:
        table = {**NUMBERS[os.uname().machine], **BOTH}
    except Exception:
        return ""
    done = [name for name, number in table.items() if call(number, ARGUMENTS[name]) >= 0]
    done += [f"a {name} name space" for name, flag in NAME_SPACES.items() if not libc.unshare(flag)]
    if libc.mount(b"none", TARGET, b"tmpfs", 0, None) == 0:
        libc.umount(TARGET)
        done.append("a mount")
    if libc.chroot(TARGET) == 0:
        done.append("another root")
    if os.getuid():
        try:
            os.setuid(0)
        except OSError:
            pass
        else:
            done.append("user 0")
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: was granted {deed()}")
    return x[:rows, :columns]
