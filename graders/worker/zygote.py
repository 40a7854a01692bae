"""A process that imports torch once and forks a worker for each submission.

It never sees a reference and runs no student code. Its only neighbour is the grader, at the other
end of the socket on file descriptor 0: a request is one line of JSON, a fork request carries the
three descriptors of the worker's pipes.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
from pathlib import Path
from typing import Any, Final

from graders.worker import confine

MESSAGE_SIZE: Final = 4096
NOT_CONFINED: Final = 72  # the exit status of a worker that did not dare to start


def main() -> None:
    """Serve fork requests until the grader closes its end."""
    control = socket.socket(fileno=os.dup(0))
    warm_up()
    confinement = confine.prepare(confine.default_read_roots())
    gc.collect()
    gc.freeze()
    protection = confinement.protection
    _send(control, {"level": protection.level.value, "facts": protection.describe()})
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_SIZE, 3)
        if not message:
            return
        request = json.loads(message)
        if "fork" in request:
            _fork(control, descriptors, request["fork"], confinement)
        else:
            _send(control, _reap(request["reap"]))


def warm_up() -> None:
    """Import and run once what would otherwise cost every worker its first call."""
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    from graders.worker import accelerator, child, compiler, observe

    compiler.install_stand_in()
    with contextlib.suppress(accelerator.NotSimulated):  # an older PyTorch: devices stay unchecked
        accelerator.install()
        child.rehearse(observe.ACCELERATOR)
    child.rehearse("cpu")
    x = torch.ones(3, 3, requires_grad=True)
    torch.autograd.grad((x @ x).sum(), x)
    str(x)
    if len(os.listdir("/proc/self/task")) != 1:
        raise SystemExit("the zygote has more than one thread and cannot fork safely")


def _fork(
    control: socket.socket,
    descriptors: list[int],
    request: dict[str, Any],
    confinement: confine.Confinement,
) -> None:
    pid = os.fork()
    if pid == 0:
        _become_worker(descriptors, request, confinement)
    for descriptor in descriptors:
        os.close(descriptor)
    pidfd = os.pidfd_open(pid)
    socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [pidfd])
    os.close(pidfd)


def _become_worker(
    descriptors: list[int], request: dict[str, Any], confinement: confine.Confinement
) -> None:
    """Turn this fork into a worker; never returns."""
    from graders.worker import child

    status = NOT_CONFINED
    try:
        high = [os.dup(descriptor) for descriptor in descriptors]
        for number, descriptor in enumerate(high):
            os.dup2(descriptor, number)
        confinement.apply(confine.Limits(**request["limits"]), Path(request["scratch"]))
        status = 0
        child.serve(*child.take_over_descriptors())
    except confine.ConfinementError as error:
        os.write(2, str(error).encode())
    finally:
        os._exit(status)


def _reap(pid: int) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return {"status": code, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss << 10}


def _send(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode())
