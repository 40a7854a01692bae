"""What the driver of NVIDIA GPUs needs of a process that uses CUDA, without torch."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ARGUMENT: Final = "gpu"  # of a zygote whose workers use CUDA
CONTROL: Final = Path("/dev/nvidiactl")
PATTERNS: Final = ("nvidiactl", "nvidia[0-9]*", "nvidia-uvm*", "nvidia-modeset", "nvidia-caps/*")
READS: Final = (
    *("/proc/driver", "/proc/devices", "/proc/modules", "/proc/meminfo", "/proc/filesystems"),
    *("/proc/stat", "/proc/sys/vm", "/sys", "/etc/nvidia", "/usr/share/nvidia"),
    *("/usr/local/nvidia", "/usr/local/cuda"),
)
EXACT: Final[Mapping[str, str]] = {
    "NVIDIA_TF32_OVERRIDE": "0",  # no library rounds float32 to TF32, whatever a program asks for
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",  # the same sums in every run
    "CUDA_LAUNCH_BLOCKING": "1",  # an error belongs to the call that made it
    "CUDA_CACHE_DISABLE": "1",  # nothing is kept in the folder of student code
    "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
}


def device_files(devices: Path = CONTROL.parent) -> tuple[Path, ...]:
    """Return the files through which programs reach the driver; none where there is no GPU."""
    found = {path for pattern in PATTERNS for path in devices.glob(pattern)}
    return tuple(sorted(path for path in found if stat.S_ISCHR(path.stat().st_mode)))


def library_folders() -> tuple[Path, ...]:
    """Return the folders where the driver's own libraries may lie, beyond those of the system."""
    named = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return tuple(Path(name) for name in named if os.path.isabs(name))


def environment() -> dict[str, str]:
    """Return the environment of workers that use the first GPU that this process may use."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0").partition(",")[0]
    found = {**EXACT, "CUDA_VISIBLE_DEVICES": visible}
    folders = library_folders()
    if folders:
        found["LD_LIBRARY_PATH"] = os.pathsep.join(map(str, folders))
    return found


HIDDEN: Final[Mapping[str, str]] = {"CUDA_VISIBLE_DEVICES": ""}
"""The environment of all other workers: PyTorch counts GPUs, which is not forgiven after a fork."""
