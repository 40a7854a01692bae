"""A process that imports torch once and forks a worker for each submission.

It never sees a reference and runs no student code. Its only neighbour is the grader, at the other
end of the socket on file descriptor 0: a request is one line of JSON, a fork request carries the
three descriptors of the worker's pipes.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
from pathlib import Path
from typing import Any, Final

MESSAGE_SIZE: Final = 4096


def main() -> None:
    """Serve fork requests until the grader closes its end."""
    control = socket.socket(fileno=os.dup(0))
    warm_up()
    gc.collect()
    gc.freeze()
    _send(control, {"ready": os.getpid()})
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_SIZE, 3)
        if not message:
            return
        request = json.loads(message)
        if "fork" in request:
            _fork(control, descriptors, request["fork"])
        else:
            _send(control, _reap(request["reap"]))


def warm_up() -> None:
    """Import and run once what would otherwise cost every worker its first call."""
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    from graders.worker import child  # noqa: F401

    x = torch.ones(3, 3, requires_grad=True)
    torch.autograd.grad((x @ x).sum(), x)
    str(x)
    if len(os.listdir("/proc/self/task")) != 1:
        raise SystemExit("the zygote has more than one thread and cannot fork safely")


def _fork(control: socket.socket, descriptors: list[int], limits: dict[str, Any]) -> None:
    pid = os.fork()
    if pid == 0:
        control.close()
        _become_worker(descriptors, limits)
    for descriptor in descriptors:
        os.close(descriptor)
    pidfd = os.pidfd_open(pid)
    socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [pidfd])
    os.close(pidfd)


def _become_worker(descriptors: list[int], limits: dict[str, Any]) -> None:
    """Turn this fork into a worker; never returns."""
    status = 70
    try:
        high = [os.dup(descriptor) for descriptor in descriptors]
        for number, descriptor in enumerate(high):
            os.dup2(descriptor, number)
        os.closerange(3, 1 << 16)
        from graders.worker import child

        _limit(limits)
        child.serve(*child.take_over_descriptors())
        status = 0
    finally:
        os._exit(status)


def _limit(limits: dict[str, Any]) -> None:
    os.setsid()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(name, signal.SIG_DFL)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    size = pages * resource.getpagesize()
    room = size + limits["memory"]
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cpu = limits["cpu"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))


def _reap(pid: int) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return {"status": code, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss << 10}


def _send(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode())
