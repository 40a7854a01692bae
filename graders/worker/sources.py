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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final

from graders.errors import Fault
from graders.said import Said, said
from graders.worker import confine, gpu, wire
from graders.worker.client import Calls, Exit, Limits, Overfilled, Pipes, Worker, WorkerSource

if sys.platform != "win32":
    import fcntl

START_SECONDS: Final = 120
LIFETIME_SECONDS: Final = 3600  # CPU seconds of a worker; each request has a limit of its own
DRIVER_MEMORY: Final = 2 << 30  # bytes of libraries that CUDA loads when they are first needed
DRIVER_THREADS: Final = 32
CONTEXT_MEMORY: Final = 1 << 30  # bytes of the GPU that a process takes before its first tensor
MOST_PREPARED: Final = 1 << 20  # bytes of the calls of one function
SCRATCH_PREFIX: Final = "grader-scratch-"
LOCK: Final = "lock"
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


def _command(module: str, *arguments: str) -> list[str]:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {module} import main; main()"
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", code, *arguments]


def _environment(*, on_gpu: bool = False) -> dict[str, str]:
    """Return the whole environment of student code: nothing of the grader's own is in it."""
    environment = {
        **(gpu.environment() if on_gpu else gpu.HIDDEN),
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
    """Forks workers, in a few milliseconds, from a process with torch imported (Linux).

    With `on_gpu` they may use CUDA, where there is any, and are confined less.
    """

    def __init__(self, *, on_gpu: bool = False) -> None:
        self._on_gpu = on_gpu
        self._server = _Server(on_gpu=on_gpu)
        self._lock = threading.Lock()
        self._scratch = ScratchFolders()
        self._closed = False
        self._prepared: dict[tuple[str, Calls], int] = {}

    def prepare(self, device: str, calls: Calls) -> None:
        """Have calls ready in each worker that is forked from now on, unless they are large."""
        if len(calls.payload) <= MOST_PREPARED:
            self._prepared.setdefault((device, calls), len(self._prepared))

    def open(self, limits: Limits) -> Worker:
        """Fork a worker, once torch is imported; a zygote that has ended is replaced."""
        with self._lock:
            if self._closed:
                raise Fault("no more workers are started")
            try:
                return self._fork(limits)
            except Fault:
                # another one could not start either, or is not wanted any more
                if self._closed or not self._server.was_ready:
                    raise
            self._server.close()
            self._server = _Server(on_gpu=self._on_gpu)
            return self._fork(limits)

    def _fork(self, limits: Limits) -> Worker:
        self._server.wait_until_ready()
        self._server.prepare([*self._prepared])
        theirs, pipes = _make_pipes()
        scratch = self._scratch.make()
        request = {"limits": _kernel_limits(limits), "scratch": str(scratch)}
        try:
            answer, descriptors = self._server.ask({"fork": request}, theirs, expected=1)
        except BaseException:
            pipes.close()
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        process = _Forked(self, self._server, answer["pid"], descriptors[0], scratch)
        return Worker(process, pipes, limits, self._prepared)

    @property
    def isolation(self) -> str:
        """How much student code is kept from: "full", "reads open" or "none"."""
        return self.protection[0]

    @property
    def protection(self) -> tuple[str, tuple[str, ...]]:
        """That level, and a line about each mechanism behind it."""
        with self._lock:
            return self._server.wait_until_ready()

    @property
    def gpu(self) -> dict[str, Any]:
        """The `name` and `memory` of the GPU that workers use, or the `problem` with it."""
        with self._lock:
            self._server.wait_until_ready()
            return self._server.gpu

    @property
    def on_gpu(self) -> bool:
        """Whether the kernel keeps no limit on the memory of workers."""
        return self._on_gpu

    def reap(self, server: _Server, pid: int) -> Exit:
        """Wait for the end of a worker."""
        with self._lock:
            try:
                answer, _ = server.ask({"reap": pid})
            except Fault:
                return Exit(-signal.SIGKILL)  # the zygote is gone, and its workers with it
        return Exit(int(answer["status"]), int(answer["peak"]))

    def close(self) -> None:
        """End the zygote; what it forked ends with it, and what another thread waits for."""
        self._closed = True
        self._server.end()
        with self._lock:  # whoever was told the end still reads why
            self._server.close()
        self._scratch.close()


class Gpu(_Closing):
    """The GPU of this machine: workers that use it through CUDA, or why there are none."""

    def __init__(self) -> None:
        there = sys.platform == "linux" and gpu.device_files()
        self._zygote = Zygote(on_gpu=True) if there else None  # which looks at it meanwhile

    @cached_property
    def absent(self) -> Said | None:
        """Why nothing can run there."""
        if self._zygote is None:
            return said("there is no NVIDIA GPU")
        try:
            problem = self._zygote.gpu.get("problem")
        except Fault as fault:
            problem = fault.message
        return said("CUDA does not start ({problem})", problem=problem) if problem else None

    @property
    def name(self) -> str:
        """What the GPU is called."""
        return str(self._workers.gpu["name"])

    @property
    def isolation(self) -> str:
        """How much student code is kept from there."""
        return self._workers.isolation

    @property
    def protection(self) -> tuple[str, tuple[str, ...]]:
        """That level, and a line about each mechanism behind it."""
        return self._workers.protection

    @property
    def _workers(self) -> Zygote:
        if self._zygote is None:
            raise Fault("there is no NVIDIA GPU")
        return self._zygote

    def prepare(self, device: str, calls: Calls) -> None:
        """Do nothing: a fork shares no memory of a GPU."""

    def open(self, limits: Limits) -> Worker:
        """Start a worker that may use the GPU."""
        return self._workers.open(limits)

    @contextlib.contextmanager
    def turn(self, limits: Limits) -> Iterator[None]:
        """Hold one of the places that the GPU's memory gives, once there is a free one."""
        place = 2 * (limits.memory + CONTEXT_MEMORY)  # for a worker and the one that confirms it
        places = max(1, self._workers.gpu["memory"] // place)
        with contextlib.ExitStack() as files:
            locks = [files.enter_context(_lock_file(number)) for number in range(places)]
            if not any(map(_is_locked_now, locks)):
                fcntl.flock(locks[os.getpid() % places], fcntl.LOCK_EX)
            yield

    def close(self) -> None:
        """End its workers."""
        if self._zygote is not None:
            self._zygote.close()


def _lock_file(number: int) -> BinaryIO:
    path = Path(tempfile.gettempdir()) / f"grader-gpu-{os.geteuid()}-{number}"
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.fdopen(os.open(path, flags, 0o600), "rb")
    except OSError as error:
        raise Fault(f"{path}: {error.strerror}") from error
    if os.fstat(file.fileno()).st_uid != os.geteuid():  # whose owner could keep us waiting
        file.close()
        raise Fault(f"{path} belongs to another user")
    return file


def _is_locked_now(file: BinaryIO) -> bool:
    """Lock a file that nobody has locked."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Server:
    """A zygote's process and the socket to it."""

    def __init__(self, *, on_gpu: bool = False) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            _command("graders.worker.zygote", *([gpu.ARGUMENT] if on_gpu else [])),
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=_environment(on_gpu=on_gpu),
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        ours.settimeout(START_SECONDS)
        self._control = ours
        self._protection: tuple[str, tuple[str, ...]] | None = None
        self.gpu: dict[str, Any] = {}
        self._prepared = 0  # how many calls it has
        self._ended = False

    @property
    def was_ready(self) -> bool:
        """Whether it could be asked once."""
        return self._protection is not None

    def wait_until_ready(self) -> tuple[str, tuple[str, ...]]:
        """Wait for the import of torch; return the level of protection and facts about it."""
        if self._protection is None:
            self._require_running()
            answer, _ = self._receive(0)
            self._protection = (answer["level"], tuple(answer["facts"]))
            self.gpu = answer["gpu"]
            if answer["level"] == confine.Level.READS_OPEN.value:
                confine.hide_memory()  # it is a file that nothing else keeps closed
        return self._protection

    def ask(
        self, request: dict[str, Any], descriptors: Sequence[int] = (), *, expected: int = 0
    ) -> tuple[dict[str, Any], list[int]]:
        """Send a request with descriptors; return the answer with as many as are expected."""
        self._require_running()
        self._ended = True  # unless it answers: an answer must not be taken for the next one's
        with contextlib.suppress(OSError):  # receiving will tell what it said
            socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
        answered = self._receive(expected)
        self._ended = False
        return answered

    def prepare(self, wanted: Sequence[tuple[str, Calls]]) -> None:
        """Send it the calls that it does not have yet, in their order."""
        for device, calls in wanted[self._prepared :]:
            with open(os.memfd_create("calls"), "wb") as file:
                file.write(wire.pack_frame(0, calls.cases, calls.payload))
                file.flush()
                self.ask({"prepare": device}, [file.fileno()])
            self._prepared += 1

    def _require_running(self) -> None:
        if self._ended:
            raise Fault("the process that starts workers has ended")

    def _receive(self, descriptors: int) -> tuple[dict[str, Any], list[int]]:
        try:
            message, found, _, _ = socket.recv_fds(self._control, 4096, descriptors)
        except OSError:
            message, found = b"", []
        if not message:
            self._process.kill()
            said = self._process.stderr.read() if self._process.stderr else b""
            text = said.decode(errors="replace").strip()[-500:]
            raise Fault(f"the process that starts workers has ended: {text}")
        return json.loads(message), found

    def end(self) -> None:
        """End it, at once if it is still starting; who waits for an answer is told."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it and forget what it said; nobody may be asking."""
        self.end()
        self._ended = True
        self._control.close()
        if self._process.stderr:
            self._process.stderr.close()


class ScratchFolders(_Closing):
    """A folder that holds those of the workers, and goes with them.

    A grader that was killed leaves its folder behind, and the lock on it free: the next one
    removes it.
    """

    def __init__(self) -> None:
        for leftover in Path(tempfile.gettempdir()).glob(f"{SCRATCH_PREFIX}*"):
            with contextlib.suppress(OSError):
                _remove_unless_used(leftover)
        self.folder = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX))
        self.folder.chmod(0o711)  # a worker of another user enters its own folder by name
        self._lock = open(self.folder / "new", "wb")  # noqa: SIM115
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        os.rename(self.folder / "new", self.folder / LOCK)  # it never goes by this name unlocked

    def make(self) -> Path:
        """Make the folder of one worker."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def close(self) -> None:
        """Remove everything."""
        with contextlib.suppress(OSError):  # a worker that is being ended may still write
            confine.remove_folder(self.folder)
        self._lock.close()


def _remove_unless_used(folder: Path) -> None:
    if not folder.is_symlink() and folder.stat().st_uid == os.geteuid():
        with open(folder / LOCK, "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            confine.remove_folder(folder)


@dataclass
class _Forked:
    """A worker that a zygote forked."""

    zygote: Zygote
    server: _Server
    pid: int
    pidfd: int
    scratch: Path
    _exit: Exit | None = field(default=None)
    _first_memory: int = 0

    def started(self) -> None:
        """Measure where the kernel does not keep the limit on memory."""
        if self.zygote.on_gpu:
            self._first_memory = _memory(self.pid)

    def kill(self) -> None:
        if self._exit is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def reap(self) -> Exit:
        if self._exit is None:
            self._exit = self.zygote.reap(self.server, self.pid)
            os.close(self.pidfd)
            with contextlib.suppress(FileNotFoundError):  # the source was closed meanwhile
                confine.remove_folder(self.scratch)
        return self._exit

    def overfilled(self, limits: Limits) -> Overfilled | None:
        size = confine.folder_bytes(self.scratch)
        if size > limits.scratch:
            return Overfilled("scratch", limits.scratch, size)
        if self.zygote.on_gpu:
            return self._overfilled_on_gpu(limits)
        threads = _threads(self.pid) if limits.threads > 1 else 1  # one is all that it can have
        if threads > limits.threads:
            return Overfilled("threads", limits.threads, threads)
        return None

    def _overfilled_on_gpu(self, limits: Limits) -> Overfilled | None:
        """Watch memory and threads, of which the driver has its own."""
        used = _memory(self.pid) - self._first_memory - DRIVER_MEMORY
        if used > limits.memory:
            return Overfilled("memory", limits.memory, used)
        threads = _threads(self.pid) - DRIVER_THREADS
        if threads > limits.threads:
            return Overfilled("threads", limits.threads, threads)
        return None


def _kernel_limits(limits: Limits) -> dict[str, int | bool]:
    """Return the limits that the kernel keeps, beyond those that we watch ourselves."""
    return {
        "cpu_seconds": LIFETIME_SECONDS,
        "memory_bytes": limits.memory,
        "file_bytes": limits.scratch // 4,
        "threads": limits.threads > 1,
    }


def _threads(pid: int) -> int:
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).num_threads())
    return 0


def _memory(pid: int) -> int:
    import psutil

    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


class Interpreters(_Closing):
    """Starts a fresh interpreter for each worker: slower, but safe on every system."""

    isolation = "none"
    protection = ("none", ("only Linux has what confines student code",))

    def __init__(self) -> None:
        self._open: list[Worker] = []

    def prepare(self, device: str, calls: Calls) -> None:
        """Do nothing: there is no place that all workers share."""

    def open(self, limits: Limits) -> Worker:
        """Start an interpreter; it imports torch first."""
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX))
        settings = {"limits": _kernel_limits(limits), "scratch": str(scratch)}
        process = subprocess.Popen(
            [*_command("graders.worker.child"), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd=scratch,
            start_new_session=True,  # so that what it starts can be ended with it
        )
        assert process.stdin
        assert process.stdout
        assert process.stderr
        pipes = Pipes(process.stdin, process.stdout, process.stderr)  # type: ignore[arg-type]
        worker = Worker(_Spawned(process, scratch), pipes, limits)
        self._open.append(worker)
        return worker

    def close(self) -> None:
        """End all workers."""
        for worker in self._open:
            worker.close()


class _Spawned:
    """A worker in an interpreter of its own; what the kernel does not limit is watched."""

    def __init__(self, process: subprocess.Popen[bytes], scratch: Path) -> None:
        self.pid = process.pid
        self._process = process
        self._scratch = scratch
        self._peak = self._first_memory = 0

    def started(self) -> None:
        self._first_memory = _memory(self.pid)

    def kill(self) -> None:
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()

    def reap(self) -> Exit:
        status = self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)
        return Exit(status, self._peak or None)

    def overfilled(self, limits: Limits) -> Overfilled | None:
        size = confine.folder_bytes(self._scratch)
        if size > limits.scratch:
            return Overfilled("scratch", limits.scratch, size)
        used = _memory(self.pid) - self._first_memory
        self._peak = max(self._peak, used)
        return Overfilled("memory", limits.memory, used) if used > limits.memory else None


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
