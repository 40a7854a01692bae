"""expect: passed
question: corner

Runs /bin/true through subprocess, os.system, os.popen, os.spawn and asyncio, and asks ctypes to
find a library, which runs the compiler. No command may run.
"""

import asyncio
import functools
import os
import subprocess

TRUE = "/bin/true"


def with_system():
    if os.system(TRUE) != 0:
        raise OSError


def with_popen():
    if os.popen("echo ran").read() != "ran\n":
        raise OSError


def with_spawn():
    if os.spawnv(os.P_WAIT, TRUE, ["true"]) != 0:
        raise OSError


def with_asyncio():
    async def run():
        process = await asyncio.create_subprocess_exec(TRUE)
        await process.wait()

    asyncio.run(run())


WAYS = {
    "subprocess": lambda: subprocess.run([TRUE], check=True),
    "a shell": lambda: subprocess.run(TRUE, shell=True, check=True),
    "os.system": with_system,
    "os.popen": with_popen,
    "os.spawnv": with_spawn,
    "asyncio": with_asyncio,
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
        raise AssertionError(f"BREACH: ran a command by {deed()}")
    return x[:rows, :columns]
