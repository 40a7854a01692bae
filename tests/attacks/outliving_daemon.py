"""expect: passed
question: corner

Leaves a daemon and a detached shell behind, which live on for three seconds without a parent and
then write into the canary's target folder. Neither may start and the folder must stay empty.
"""

import functools
import os
import subprocess
import time

COMMAND = "sleep 3; echo alive > /tmp/grader-canary/target/command"


def start_command():
    subprocess.Popen(["/bin/sh", "-c", COMMAND], start_new_session=True, close_fds=False)


def start_daemon():
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    try:
        become_daemon()
    finally:
        os._exit(0)


def become_daemon():
    os.setsid()
    if os.fork() == 0:
        time.sleep(3)
        with open("/tmp/grader-canary/target/daemon", "w") as file:
            file.write("alive")


@functools.cache
def deed():
    done = []
    for way in (start_daemon, start_command):
        try:
            way()
        except Exception:
            continue
        done.append(way.__name__)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: left a process behind: {deed()}")
    return x[:rows, :columns]
