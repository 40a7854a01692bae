"""Run a program on PyTorch's CUDA build where there is no GPU.

    python tests/accelerator/without_gpu.py PROGRAM [ARGUMENT ...]

The Python needs PyTorch's build for CUDA 13 (see docs/accelerator.md), the machine gcc and Linux.
`cuda_runtime.c` stands in for the CUDA runtime: what PyTorch decides on the host is real, among it
all that a student meets of devices; kernels compute nothing.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import re
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SECONDS = 60  # that a process may take
_LOADED = "CUDA_WITHOUT_GPU"
_PACKAGES = Path(sysconfig.get_paths()["purelib"])
_HEADERS = ("nvidia/cu13/include", "nvidia/cudnn/include", "triton/backends/nvidia/include")
_LIBRARY_CALL = re.compile(r"\bU ((?:cublas|cusolver|cusparse|cufft|curand|cudnn)\w+)")
# Real ones need no driver, and return something else than a status.
_TELLING = re.compile("String|Version|Name|Property")
_SIZE = re.compile(
    r"(int|size_t)\s*\*\s*\w*(lwork|[bB]ufferSize|[wW]ork[sS]|[sS]izeInBytes|Count|pBuffer)"
)


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit((__doc__ or "").partition("\n")[0])
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            _LOADED: "1",
            "PYTHONPATH": os.pathsep.join(map(str, [FOLDER, *FOLDER.parents[:2]])),
            "LD_PRELOAD": str(build(Path(folder))),
            "PYTORCH_NO_CUDA_MEMORY_CACHING": "1",  # new memory is 0, in each run
        }
        return subprocess.run(
            [sys.executable, *sys.argv[1:]], env=environment, check=False
        ).returncode


def is_loaded() -> bool:
    """Tell whether this process has the stand-in for the CUDA runtime."""
    return _LOADED in os.environ


def reads() -> int:
    """Count how often the host has read memory of the device since a kernel wrote nothing there."""
    return int(ctypes.CDLL(None).reads_of_device_memory())


def isolated(function: Callable[..., Any], *arguments: Any) -> Iterator[Any]:
    """Yield what a generator yields in a process of its own, until that crashes or hangs."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        import torch

        signal.alarm(SECONDS)
        torch.cuda._is_in_bad_fork = lambda: False  # this runtime may be forked
        with os.fdopen(writing, "wb") as out:
            for item in function(*arguments):
                pickle.dump(item, out)
                out.flush()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as results:
        while True:
            try:
                yield pickle.load(results)
            except (EOFError, pickle.UnpicklingError):
                break
    os.waitpid(process, 0)


def build(folder: Path) -> Path:
    """Compile the stand-in; it is the driver's library, too."""
    sources = [FOLDER / "cuda_runtime.c", folder / "libraries.c"]
    sources[1].write_text("\n".join(["#include <stddef.h>", "extern int launched;", *_libraries()]))
    library = folder / "libcuda.so.1"
    options = ["-shared", "-fPIC", "-O1", "-w", f"-Wl,-soname,{library.name}"]
    headers = [f"-I{_PACKAGES / name}" for name in _HEADERS]
    subprocess.run(["gcc", *options, *headers, "-o", library, *sources], check=True)
    return library


def _libraries() -> Iterator[str]:
    """Write the calls of NVIDIA's libraries that PyTorch uses, as functions that do nothing."""
    headers = "\n".join(
        re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(errors="replace"), flags=re.DOTALL)
        for name in _HEADERS[:2]
        for path in (_PACKAGES / name).glob("*.h")
    )
    for name in sorted(_used()):
        found = re.search(rf"\b{name}\s*\(([^)]*)\)", headers)
        parameters = found[1].split(",") if found else []
        sizes = " ".join(_say_size(n, text) for n, text in enumerate(parameters))
        arguments = ", ".join(f"void *a{n}" for n in range(len(parameters)))
        yield f"int {name}({arguments or 'void'}) {{ {sizes} launched = 1; return 0; }}"


def _used() -> set[str]:
    found: set[str] = set()
    for library in (_PACKAGES / "torch" / "lib").glob("libtorch*.so"):
        command = ["nm", "-D", "--undefined-only", library]
        symbols = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found |= set(_LIBRARY_CALL.findall(symbols))
    return {name for name in found if not _TELLING.search(name)}


def _say_size(n: int, parameter: str) -> str:
    """Let a library want a little memory, and have one algorithm."""
    size = _SIZE.match(parameter.strip())
    if size is None:
        return ""
    return f"if (a{n}) *({size[1]} *)a{n} = {1 if size[2] == 'Count' else 256};"


if __name__ == "__main__":
    sys.exit(main())
