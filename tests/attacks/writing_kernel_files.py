"""expect: passed
question: corner

Opens, without writing, files by which a process can weaken limits or reach a person's terminal:
its own out-of-memory score, id maps, /dev/tty, /dev/kmsg, sysctl and control groups. None may open.
"""

import functools
import os

FILES = (
    "/proc/self/oom_score_adj",
    "/proc/self/uid_map",
    "/proc/self/attr/current",
    "/proc/self/mem",
    "/proc/self/clear_refs",
    "/proc/sys/kernel/core_pattern",
    "/proc/sysrq-trigger",
    "/sys/fs/cgroup/cgroup.procs",
    "/sys/kernel/debug/tracing/trace_marker",
    "/dev/tty",
    "/dev/console",
    "/dev/kmsg",
    "/dev/mem",
    "/dev/fuse",
    "/dev/kvm",
    "/dev/ptmx",
)


@functools.cache
def deed():
    done = []
    for path in FILES:
        for flags in (os.O_WRONLY, os.O_RDWR):
            try:
                os.close(os.open(path, flags | os.O_NOCTTY | os.O_NONBLOCK))
            except OSError:
                continue
            done.append(path)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: opened for writing: {deed()}")
    return x[:rows, :columns]
