"""Where workers come from: a zygote that forks them, or fresh interpreters."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from graders.errors import Fault
from graders.worker import confine
from graders.worker.client import Limits, Pipes, Worker, WorkerSource

START_SECONDS: Final = 120
LIFETIME_SECONDS: Final = 3600  # CPU seconds of a worker; each request has a limit of its own
ROOT: Final = Path(__file__).parents[2]


class _Closing:
    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()


def worker_source() -> WorkerSource:
    """Start what this system opens workers with: a zygote on Linux, else fresh interpreters."""
    return Zygote() if sys.platform == "linux" else Interpreters()


def _command(module: str) -> list[str]:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {module} import main; main()"
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", code]


def _environment() -> dict[str, str]:
    """Return the whole environment of student code: nothing of the grader's own is in it."""
    environment = {
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
    }
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment


class Zygote(_Closing):
    """A process with torch imported that forks a worker in a few milliseconds (Linux)."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            _command("graders.worker.zygote"),
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        self._control = ours
        self._protection: tuple[str, tuple[str, ...]] | None = None
        self._lock = threading.Lock()
        self._scratch = Path(tempfile.mkdtemp(prefix="grader-"))
        self._scratch.chmod(0o711)  # a worker of another user enters its own folder by name

    def open(self, limits: Limits) -> Worker:
        """Fork a worker, once torch is imported."""
        with self._lock:
            self._wait_until_ready()
            theirs, pipes = _make_pipes()
            scratch = Path(tempfile.mkdtemp(dir=self._scratch))
            request = {"fork": {"limits": _kernel_limits(limits), "scratch": str(scratch)}}
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], theirs)
                answer, descriptors = self._receive(1)
            finally:
                for descriptor in theirs:
                    os.close(descriptor)
        process = _Forked(self, answer["pid"], descriptors[0], scratch)
        return Worker(process, pipes, limits)

    @property
    def isolation(self) -> str:
        """How much student code is kept from: "full", "reads open" or "none"."""
        with self._lock:
            self._wait_until_ready()
        assert self._protection is not None
        return self._protection[0]

    def reap(self, pid: int) -> int:
        """Wait for the end of a worker; return its exit status, negative for a signal."""
        with self._lock:
            self._control.sendall(json.dumps({"reap": pid}).encode())
            answer, _ = self._receive(0)
        return int(answer["status"])

    def close(self) -> None:
        """End the zygote; what it forked ends with it."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _wait_until_ready(self) -> None:
        if self._protection is None:
            self._control.settimeout(START_SECONDS)
            answer, _ = self._receive(0)
            self._protection = (answer["level"], tuple(answer["facts"]))

    def _receive(self, descriptors: int) -> tuple[dict[str, Any], list[int]]:
        try:
            message, found, _, _ = socket.recv_fds(self._control, 4096, descriptors)
        except TimeoutError:
            message, found = b"", []
        if not message:
            self._process.kill()
            said = (
                self._process.stderr.read().decode(errors="replace") if self._process.stderr else ""
            )
            raise Fault(f"the process that starts workers has ended: {said.strip()[-500:]}")
        return json.loads(message), found


@dataclass
class _Forked:
    """A worker that a zygote forked."""

    zygote: Zygote
    pid: int
    pidfd: int
    scratch: Path
    _status: int | None = field(default=None)

    def kill(self) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def reap(self) -> int:
        if self._status is None:
            self._status = self.zygote.reap(self.pid)
            os.close(self.pidfd)
            confine.remove_folder(self.scratch)
        return self._status

    def scratch_bytes(self) -> int:
        return confine.folder_bytes(self.scratch)


def _kernel_limits(limits: Limits) -> dict[str, int]:
    """Return the limits that the kernel keeps, beyond those that we watch ourselves."""
    return {
        "cpu_seconds": LIFETIME_SECONDS,
        "memory_bytes": limits.memory,
        "file_bytes": limits.scratch // 4,
    }


class Interpreters(_Closing):
    """Starts a fresh interpreter for each worker: slower, but safe on every system."""

    isolation = "none"

    def __init__(self) -> None:
        self._open: list[Worker] = []

    def open(self, limits: Limits) -> Worker:
        """Start an interpreter; it imports torch first."""
        process = subprocess.Popen(
            _command("graders.worker.child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        )
        assert process.stdin and process.stdout and process.stderr
        pipes = Pipes(process.stdin, process.stdout, process.stderr)  # type: ignore[arg-type]
        worker = Worker(_Spawned(process), pipes, limits)
        self._open.append(worker)
        return worker

    def close(self) -> None:
        """End all workers."""
        for worker in self._open:
            worker.close()


class _Spawned:
    """A worker in an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.pid = process.pid
        self._process = process

    def kill(self) -> None:
        self._process.kill()

    def reap(self) -> int:
        return self._process.wait()

    def scratch_bytes(self) -> int:
        return 0


def _make_pipes() -> tuple[list[int], Pipes]:
    """Return the worker's ends of three pipes, and ours."""
    request_read, request_write = os.pipe()
    reply_read, reply_write = os.pipe()
    output_read, output_write = os.pipe()
    ours = Pipes(
        os.fdopen(request_write, "wb"),
        os.fdopen(reply_read, "rb", 1 << 20),
        os.fdopen(output_read, "rb", 0),
    )
    return [request_read, reply_write, output_write], ours
