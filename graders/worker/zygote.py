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
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graders.worker import confine, gpu, pages

if TYPE_CHECKING:
    from graders.worker.child import BuiltCalls

MESSAGE_SIZE: Final = 4096
NOT_CONFINED: Final = 72  # the exit status of a worker that did not dare to start
LONGEST_COMPLAINT: Final = 300


def main() -> None:
    """Serve fork requests until the grader closes its end."""
    control = socket.socket(fileno=os.dup(0))
    on_gpu = gpu.ARGUMENT in sys.argv
    warm_up(on_gpu=on_gpu)
    gc.collect()
    gc.freeze()
    pages.collapse()
    found: dict[str, Any] = {}
    if on_gpu:
        confinement, found = _look_for_gpu()
    else:
        confinement = confine.prepare(confine.default_read_roots())
    protection = confinement.protection
    level = {"level": protection.level.value, "facts": protection.describe()}
    _send(control, level | {"gpu": found})
    _serve(control, confinement, uses_gpu="name" in found)
    os._exit(0)  # at once: whoever graded waits for this, and freeing PyTorch takes a while


def _serve(control: socket.socket, confinement: confine.Confinement, *, uses_gpu: bool) -> None:
    prepared: list[BuiltCalls] = []
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_SIZE, 3)
        if not message:
            return
        request = json.loads(message)
        if "fork" in request:
            settings = request["fork"] | {"gpu": uses_gpu}
            _fork(control, descriptors, settings, confinement, prepared)
        elif "prepare" in request:
            prepared.append(_prepared(descriptors[0], request["prepare"]))
            _send(control, {})
        else:
            _send(control, _reap(request["reap"]))


def warm_up(*, on_gpu: bool = False) -> None:
    """Import and run once what would otherwise cost every worker its first call.

    Where workers use CUDA it is left alone: autograd and the simulated accelerator count GPUs,
    after which a forked process cannot use any.
    """
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    from graders.worker import child, compiler

    compiler.install_stand_in()
    if not on_gpu:
        _warm_up_autograd()
    child.rehearse("cpu")
    if len(_threads()) != 1:
        raise SystemExit("the zygote has more than one thread and cannot fork safely")


def _threads() -> list[str]:
    """Return the names of all threads but those that a driver of GPUs has started.

    It does so when PyTorch counts GPUs, also where none is shown; no fork needs what they wait for.
    """
    names = (path.read_text() for path in Path("/proc/self/task").glob("*/comm"))
    return [name for name in names if not name.startswith("cuda")]


def _warm_up_autograd() -> None:
    import torch

    from graders.worker import accelerator, child, observe

    with contextlib.suppress(accelerator.NotSimulated):  # an older PyTorch: devices stay unchecked
        accelerator.install()
        child.rehearse(observe.ACCELERATOR)
    x = torch.ones(3, 3, requires_grad=True)
    torch.autograd.grad((x @ x).sum(), x)
    str(x)


def _look_for_gpu() -> tuple[confine.Confinement, dict[str, Any]]:
    """Use the GPU in two throw-away processes; return what confines workers and what was found.

    The first one is free, as the driver may have to make its devices; the second one is confined
    as workers are, so that a driver that needs more is noticed before anything is graded.
    """
    from graders.worker import cuda

    found = _ask(cuda.describe)
    devices = gpu.device_files()
    read = [*confine.default_read_roots(), *map(Path, gpu.READS), *gpu.library_folders()]
    confinement = confine.prepare(read, gpu=True, devices=devices)
    if "name" in found and confinement.protection.level is not confine.Level.GPU:
        found = {"problem": "student code cannot be confined here"}
    if "name" in found:
        with tempfile.TemporaryDirectory() as scratch:
            place = Path(scratch)
            confined = _ask(cuda.describe, lambda: confinement.apply(confine.Limits(), place))
        if "problem" in confined:
            found = {"problem": f"not in a confined process: {confined['problem']}"}
    return confinement, found


def _ask(
    question: Callable[[], dict[str, Any]], first: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Return what a throw-away child answers, or its problem."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        answer: dict[str, Any] = {"problem": "the process ends"}
        try:
            os.dup2(writer, 1)  # the only one that stays open when it is confined
            first()
            answer = question()
        except BaseException as error:
            said = str(error).partition("\n")[0] or type(error).__name__
            answer = {"problem": said[:LONGEST_COMPLAINT]}
        finally:
            os.write(1, json.dumps(answer).encode())
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as answers:
        data = answers.read()
    _, status = os.waitpid(child, 0)
    return json.loads(data) if data else {"problem": f"a process that uses it ends ({status})"}


def _prepared(descriptor: int, device: str) -> BuiltCalls:
    """Return the arguments of calls, which every worker from now on finds in place."""
    from graders.worker import child, wire

    with open(descriptor, "rb") as file:
        file.seek(0)
        _, cases, payload = wire.read_frame(file.read)
    calls = [*child.build_calls(cases, payload, device)]
    gc.freeze()  # or workers would copy the pages of all of them when they look for garbage
    return calls


def _fork(
    control: socket.socket,
    descriptors: list[int],
    request: dict[str, Any],
    confinement: confine.Confinement,
    prepared: Sequence[BuiltCalls],
) -> None:
    pid = os.fork()
    if pid == 0:
        _become_worker(descriptors, request, confinement, prepared)
    for descriptor in descriptors:
        os.close(descriptor)
    pidfd = os.pidfd_open(pid)
    socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [pidfd])
    os.close(pidfd)


def _become_worker(
    descriptors: list[int],
    request: dict[str, Any],
    confinement: confine.Confinement,
    prepared: Sequence[BuiltCalls],
) -> None:
    """Turn this fork into a worker; never returns."""
    from graders.worker import child

    status = NOT_CONFINED
    try:
        high = [os.dup(descriptor) for descriptor in descriptors]
        for number, descriptor in enumerate(high):
            os.dup2(descriptor, number)
        limits = confine.Limits(**request["limits"])
        confinement.apply(limits, Path(request["scratch"]))
        if request["gpu"]:
            _take_gpu(limits)
        status = 0
        child.serve(*child.take_over_descriptors(), prepared)
    except confine.ConfinementError as error:
        os.write(2, str(error).encode())
    finally:
        os._exit(status)


def _take_gpu(limits: confine.Limits) -> None:
    from graders.worker import cuda

    try:
        cuda.begin(limits.memory_bytes)
    except Exception as error:
        said = str(error).partition("\n")[0]
        raise confine.ConfinementError(f"CUDA does not start: {said}") from error


def _reap(pid: int) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return {"status": code, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss << 10}


def _send(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode())
