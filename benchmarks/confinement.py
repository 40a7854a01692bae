"""What confinement costs: the start of a child, and the work done in it, with and without.

Run `python -I -B -X utf8 benchmarks/confinement.py`; with `--no-torch` it forks a small process.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROUNDS = 60
SINGLE = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")

os.environ.update(dict.fromkeys(SINGLE, "1"))  # a second thread could not be forked safely
sys.path.insert(0, str(Path(__file__).parents[1]))

from graders.worker import confine  # noqa: E402


def main() -> None:
    """Print medians in milliseconds."""
    with_torch = "--no-torch" not in sys.argv
    if with_torch:
        use_torch()
    started = time.perf_counter()
    confinement = confine.prepare(confine.default_read_roots())
    print(f"prepare, once       {1e3 * (time.perf_counter() - started):6.2f} ms")
    print(*confinement.protection.describe(), sep="\n")

    def free(_: Path) -> None:
        pass

    def confined(scratch: Path) -> None:
        confinement.apply(confine.Limits(), scratch)

    compare("fork, start, end", free, confined, lambda: None)
    compare("500 file look-ups", free, confined, look_up)
    compare("5 files written", free, confined, write_files)
    if with_torch:
        compare("500 tensor products", free, confined, use_torch)


def compare(
    what: str,
    free: Callable[[Path], None],
    confined: Callable[[Path], None],
    work: Callable[[], None],
) -> None:
    """Run the work in children of both kinds, in turn, so that other load hits both alike."""
    plain, restricted = [], []
    for _ in range(ROUNDS):
        plain.append(seconds(free, work))
        restricted.append(seconds(confined, work))
    before, after = 1e3 * median(plain), 1e3 * median(restricted)
    print(f"{what:20}{before:6.2f} ms free {after:6.2f} ms confined, ratio {after / before:.2f}")


def seconds(start: Callable[[Path], None], work: Callable[[], None]) -> float:
    """From before the fork to after the end of a child."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.chdir(folder)
                start(Path(folder))
                work()
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit("a child failed")
        return time.perf_counter() - began


def look_up() -> None:
    """Make calls that Landlock has to check."""
    for _ in range(500):
        os.close(os.open(os.__file__, os.O_RDONLY))


def write_files() -> None:
    """Write and delete in the current folder."""
    for number in range(5):
        path = Path(str(number))
        path.write_bytes(bytes(1 << 20))
        path.unlink()


def use_torch() -> None:
    """Do what a small exercise does."""
    import torch

    torch.set_num_threads(1)
    x = torch.ones(32, 32)
    for _ in range(500):
        x @ x


if __name__ == "__main__":
    main()
