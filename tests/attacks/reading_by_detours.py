"""expect: passed
question: corner
needs: landlock

Reaches for the secret by detours: /proc/self/root, a path-only descriptor opened again, openat2,
a file handle, dot-dot paths, and a link made in each writable place. None may lead to it.
"""

import ctypes
import functools
import os
import tempfile

SECRET = "/tmp/grader-canary/secret.txt"
OPENAT2 = 437
OPEN_BY_HANDLE_AT = {"x86_64": (303, 304), "aarch64": (264, 265)}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def read(path):
    with open(path, "rb") as file:
        return file.read(8)


def by_path_descriptor():
    return read(f"/proc/self/fd/{os.open(SECRET, os.O_PATH)}")


def by_openat2():
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    descriptor = libc.syscall(OPENAT2, -100, SECRET.encode(), ctypes.byref(how), 24)
    return descriptor >= 0 and os.read(descriptor, 8)


def by_handle():
    name_to_handle, open_by_handle = OPEN_BY_HANDLE_AT[os.uname().machine]
    handle = ctypes.create_string_buffer(136)
    ctypes.c_uint.from_buffer(handle).value = 128
    mount = ctypes.c_int()
    libc.syscall(name_to_handle, -100, SECRET.encode(), handle, ctypes.byref(mount), 0)
    descriptor = libc.syscall(open_by_handle, os.open("/tmp", os.O_RDONLY), handle, 0)
    return descriptor >= 0 and os.read(descriptor, 8)


def by_link(make):
    name = os.path.join(tempfile.gettempdir(), f"detour-{os.getpid()}")
    make(SECRET, name)
    try:
        return read(name)
    finally:
        os.unlink(name)


WAYS = {
    "/proc/self/root": lambda: read(f"/proc/self/root{SECRET}"),
    "dot-dot": lambda: read(f"/usr/lib/../..{SECRET}"),
    "a path descriptor": by_path_descriptor,
    "openat2": by_openat2,
    "a handle": by_handle,
    "a symbolic link": lambda: by_link(os.symlink),
    "a hard link": lambda: by_link(os.link),
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
        raise AssertionError(f"BREACH: reached the secret by {deed()}")
    return x[:rows, :columns]
