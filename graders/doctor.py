"""Finds out whether this machine is ready to grade, and what it cannot protect from."""

from __future__ import annotations

import json
import locale
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal, TypeAlias

from graders.cases.store import default_folder
from graders.errors import Fault
from graders.worker import confine
from graders.worker.client import Block, Limits, Loaded, WorkerSource
from graders.worker.gpu import device_files
from graders.worker.sources import Gpu, worker_source

State: TypeAlias = Literal["ready", "weak", "broken"]

PYTHONS: Final = ((3, 10), (3, 13))  # the oldest and the newest that are tested
PYTORCHES: Final = ((2, 6), (2, 13))
PACKAGES: Final = ("click", "hypothesis", "nbformat", "psutil", "pydantic", "PyYAML", "rich")
LEAST_SPACE: Final = 512 << 20
LEAST_MEMORY: Final = 2 << 30
SLOW_START: Final = 30  # seconds
ASKING: Final = 180  # seconds that the import of PyTorch may take
ASK_PYTORCH: Final = """
import json, torch
cuda = torch.cuda.is_available()
names = [torch.cuda.get_device_name(n) for n in range(torch.cuda.device_count())] if cuda else []
print(json.dumps([torch.__version__, torch.version.cuda, names]))
"""
OPEN: Final = {
    "full": (),
    "reads open": (
        "Student code can read every file that this user can read, the reference among them.",
    ),
    "none": (
        "Student code can do what this user can: read, change and delete files, use the network,"
        " start programs.",
        "It runs in a process of its own with limits on time, output and memory, and none of its"
        " answers is unpickled or evaluated.",
    ),
}
INSTEAD: Final = (
    "Grade only your own code here; for that of others use Linux, a container or a machine that"
    " holds nothing else."
)


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, and what to do about it."""

    name: str
    state: State
    facts: tuple[str, ...]
    advice: str | None = None


@dataclass(frozen=True)
class Examination:
    """All checks of a machine."""

    checks: tuple[Check, ...]
    isolation: str

    @property
    def state(self) -> State:
        """The worst of all."""
        order: tuple[State, ...] = ("broken", "weak", "ready")
        return min((check.state for check in self.checks), key=order.index)


def examine(secrets: Sequence[Path]) -> Examination:
    """Look at everything; `secrets` are the paths that student code must not read."""
    asked = _ask_pytorch()  # while the worker source starts
    started = time.monotonic()
    with worker_source() as workers:
        checks = [_python(), _packages(), _machine(), _cache(), _scratch(), _terminal()]
        worker, isolation = _worker(workers, started)
        checks += [worker, *_confinement(workers, isolation), _secrets(secrets, isolation)]
    return Examination((*checks, _pytorch(asked), *_gpu()), isolation)


# ---------------------------------------------------------------- Python and its packages


def _python() -> Check:
    here = f"{platform.python_implementation()} {platform.python_version()}"
    facts = (f"{here}, {platform.system()} {platform.release()}, {platform.machine()}",)
    oldest, newest = PYTHONS
    if sys.version_info[:2] < oldest:
        return Check("Python", "broken", facts, f"Python {_dotted(oldest)} or newer is needed.")
    if sys.version_info[:2] > newest:
        return Check("Python", "weak", facts, f"Tested up to Python {_dotted(newest)}.")
    return Check("Python", "ready", facts)


def _packages() -> Check:
    found, missing = [], []
    confining = ("landlockpy", "seccompy") if sys.platform == "linux" else ()
    for name in ("torch", "numpy", *PACKAGES, *confining):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        advice = f"pip install {' '.join(missing)}"
        weak = set(missing) <= {*confining}
        return Check("packages", "weak" if weak else "broken", (", ".join(found),), advice)
    return Check("packages", "ready", (", ".join(found),))


def _ask_pytorch() -> subprocess.Popen[str]:
    command = [sys.executable, "-I", "-B", "-c", ASK_PYTORCH]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, stdin=subprocess.DEVNULL, text=True)


def _pytorch(asked: subprocess.Popen[str]) -> Check:
    """Tell what a process of its own found out: the import is slow and may fail in many ways."""
    try:
        output, errors = asked.communicate(timeout=ASKING)
    except subprocess.TimeoutExpired:
        asked.kill()
        output, errors = asked.communicate()[0], f"no answer within {ASKING} s"
    if asked.returncode:
        said = errors.strip().splitlines()[-1:] or ["it ends without a word"]
        return Check("PyTorch", "broken", tuple(said), "PyTorch must be importable.")
    name, built_for, devices = json.loads(output)
    cuda = f"CUDA: {', '.join(devices)}" if devices else "CUDA: no device"
    facts = (f"PyTorch {name}", cuda + ("" if built_for else ", and a build without it"))
    number = tuple(int(part) for part in name.split(".")[:2])
    oldest, newest = PYTORCHES
    if not oldest <= number <= newest:
        advice = f"Tested with PyTorch {_dotted(oldest)} to {_dotted(newest)}."
        return Check("PyTorch", "weak", facts, advice)
    return Check("PyTorch", "ready", facts)


def _dotted(numbers: tuple[int, int]) -> str:
    return ".".join(map(str, numbers))


# ---------------------------------------------------------------- the machine


def _machine() -> Check:
    import psutil

    free = psutil.virtual_memory().available
    facts = (f"{_cores()} cores, {free / (1 << 30):.1f} GiB of memory free",)
    if free < LEAST_MEMORY:
        return Check("machine", "weak", facts, "A worker may use 1 GiB, and PyTorch needs some.")
    return Check("machine", "ready", facts)


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cache() -> Check:
    folder = default_folder()
    problem = _problem_with(folder)
    if problem:
        advice = "Every run builds its cases anew; GRADER_CACHE names another folder."
        return Check("cache", "weak", (f"{folder}: {problem}",), advice)
    return Check("cache", "ready", (str(folder),))


def _scratch() -> Check:
    folder = Path(tempfile.gettempdir())
    problem = _problem_with(folder)
    if problem:
        advice = "Workers need a temporary folder; TMPDIR names another."
        return Check("temporary files", "broken", (f"{folder}: {problem}",), advice)
    free = shutil.disk_usage(folder).free
    facts = (f"{folder}, {free / (1 << 30):.1f} GiB free",)
    if free < LEAST_SPACE:
        return Check("temporary files", "weak", facts, "A submission may write 64 MiB.")
    return Check("temporary files", "ready", facts)


def _problem_with(folder: Path) -> str:
    """Return why no file can be written to a folder, or nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _terminal() -> Check:
    encoding = sys.stdout.encoding or "unknown"
    kind = "a terminal" if sys.stdout.isatty() else "no terminal"
    facts = (f"{encoding}, {kind}", f"language: {locale.getlocale()[0] or 'not set'}")
    if encoding.lower().replace("-", "") != "utf8":
        advice = "What it cannot show is written as \\u4e2d; PYTHONUTF8=1 changes that."
        return Check("terminal", "weak", facts, advice)
    return Check("terminal", "ready", facts)


# ---------------------------------------------------------------- student code


def _worker(workers: WorkerSource, started: float) -> tuple[Check, str]:
    """Run a function in a worker, which refuses to start when it is not confined as promised."""
    try:
        isolation = workers.isolation
        ready = time.monotonic() - started
        seconds = _time_a_worker(workers)
    except Fault as fault:
        advice = "Nothing can be graded here before this is mended."
        return Check("worker", "broken", (fault.message,), advice), "none"
    facts = (f"ready after {ready:.1f} s, another worker {1000 * seconds:.0f} ms later",)
    if ready > SLOW_START:
        return Check("worker", "weak", facts, "PyTorch's files are slow to read here."), isolation
    return Check("worker", "ready", facts), isolation


def _time_a_worker(workers: WorkerSource) -> float:
    for _ in range(2):  # the first one may warm up what the others share
        started = time.monotonic()
        worker = workers.open(Limits())
        loaded = worker.load("doctor", [Block("doctor.py", "def f(): pass")], notebook=False)
        worker.close()
        if not isinstance(loaded, Loaded):
            raise Fault(f"a worker could not run a line of code: {loaded}")
    return time.monotonic() - started


def _confinement(workers: WorkerSource, isolation: str) -> Iterator[Check]:
    state: State = "ready" if isolation == confine.Level.FULL.value else "weak"
    try:
        facts = workers.protection[1]
    except Fault:
        return
    yield Check(
        "confinement", state, (*facts, *OPEN[isolation]), INSTEAD if OPEN[isolation] else None
    )


def _gpu() -> Iterator[Check]:
    """Try a worker on the GPU, where there is one, and tell what is open to student code there."""
    if not device_files():
        return
    with Gpu() as gpu:
        if gpu.absent is not None:
            yield Check("GPU", "weak", (gpu.absent,), "Calls are not repeated on CUDA.")
        else:
            open_there = "There, student code is kept from less than elsewhere:"
            yield Check("GPU", "ready", (f"{gpu.name}, TF32 off", open_there, *gpu.protection[1]))


def _secrets(secrets: Sequence[Path], isolation: str) -> Check:
    """Tell whether references lie where student code reads Python's own files."""
    if isolation != confine.Level.FULL.value:
        return Check("references", "weak", ("They can be read, see above.",))
    found = confine.exposed(secrets, confine.default_read_roots())
    if found:
        advice = "Keep references out of folders in which packages are installed."
        facts = tuple(f"{path} can be read by student code" for path in found)
        return Check("references", "broken", facts, advice)
    return Check("references", "ready", ("They lie where student code cannot read.",))
