"""Call every operation that PyTorch tests itself with, on a device, and compare what happens.

    python tests/accelerator/operations.py                      the simulation with what is recorded
    python tests/accelerator/without_gpu.py tests/accelerator/operations.py --record --device cuda

Each operation gets PyTorch's own sample arguments: all of them on the device, each of them alone on
the other side, and all but one; as a function, in place, and with `backward`. Recorded is one
letter for each call, in `cuda_calls.json`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import torch  # noqa: E402
import without_gpu  # noqa: E402
from torch.utils._pytree import tree_leaves, tree_map_only  # noqa: E402

from graders.worker import accelerator  # noqa: E402

RECORD = Path(__file__).with_name("cuda_calls.json")

ON_DEVICE, ON_CPU, ON_BOTH, NO_TENSOR = "dcbn"
DEVICES, ABSENT, OTHER_ERROR = "DAE"  # it raises because of devices, because a GPU lacks it, else
ERRORS = {DEVICES, ABSENT, OTHER_ERROR}
NOT_SIMULATED, UNKNOWN = "r?"  # UNKNOWN: depends on values, which need a GPU
MEANING = {
    ON_DEVICE: "result on the device",
    ON_CPU: "result on the CPU",
    ON_BOTH: "results on both",
    NO_TENSOR: "result without tensors",
    DEVICES: "error about devices",
    ABSENT: "not implemented",
    OTHER_ERROR: "another error",
    NOT_SIMULATED: "not checked",
}

DTYPES = (torch.float32, torch.int64, torch.bool, torch.complex64)
SAMPLES = 12  # of each operation and dtype
ALIKE = 2  # of these, with the same numbers of dimensions, dtypes and keywords
ELEMENTS = 20_000
_DEVICE_WORDS = ("same device", "two devices", "on cpu", "CPU Scalar", "got device cpu")
_DEVICE_WORDS += ("device type", "input tensor device", "type (torch.", "but found cpu")
_NEEDS_GPU = re.compile("out of memory|INTERNAL ASSERT FAILED", re.IGNORECASE)
_NOT_IN_PLACE = ("addr",)  # CUDA refuses sizes there that the CPU takes
# What has tensors or kernels of other kinds; only cuDNN has the kernel of conv3d.
_LEFT_OUT = ("sparse", "jiterator", "_segment_reduce", "bmm.triton", "nn.functional.conv3d")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--device", choices=["cuda", accelerator.NAME], default=accelerator.NAME)
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.name}")
    parser.add_argument("operations", nargs="*", metavar="add", help="default: all")
    options = parser.parse_args()
    if options.device == "cuda":
        torch.backends.cudnn.enabled = False
        device = torch.device("cuda", 0)
    else:
        accelerator.install()
        device = accelerator.DEVICE
    found = dict(_outcomes(device, set(options.operations)))
    if not options.record:
        return _compare(found, json.loads(RECORD.read_text()))
    letters = {name: "".join(call.letter for call in calls) for name, calls in found.items()}
    record = {"torch": f"torch {torch.__version__}", "calls": letters}
    RECORD.write_text(json.dumps(record, indent=0) + "\n")
    return 0


@dataclass(frozen=True)
class Call:
    """One call, described, and what became of it."""

    text: str
    letter: str
    said: str


def _compare(found: dict[str, list[Call]], record: dict[str, Any]) -> int:
    counts = Counter[str]()
    for name, calls in found.items():
        for call, recorded in zip(calls, record["calls"].get(name, ""), strict=False):
            verdict = _verdict(recorded, call)
            counts[verdict] += 1
            if verdict == "differ":
                here = call.said or MEANING[call.letter]
                print(f"{call.text}\n    {MEANING[recorded]} is recorded, found: {here}")
    print(f"{counts.total()} calls of {len(found)} operations, recorded with {record['torch']}:")
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()))
    return 1 if counts["differ"] else 0


def _verdict(recorded: str, call: Call) -> str:
    if UNKNOWN in (recorded, call.letter):
        return "are not known"
    if call.letter == NOT_SIMULATED:
        return "are not checked"
    if call.letter == recorded:
        return "agree"
    return "raise something else" if {recorded, call.letter} <= ERRORS else "differ"


def _outcomes(device: torch.device, only: set[str]) -> Iterator[tuple[str, list[Call]]]:
    from torch.testing._internal.common_methods_invocations import op_db

    for op in op_db:
        name = f"{op.name}.{op.variant_test_name}".rstrip(".")
        if name.startswith(_LEFT_OUT) or (only and op.name not in only):
            continue
        if without_gpu.is_loaded():
            yield name, list(without_gpu.isolated(_calls, op, name, device))
        else:
            yield name, list(_calls(op, name, device))


def _calls(op: Any, name: str, device: torch.device) -> Iterator[Call]:
    warnings.simplefilter("ignore")
    for sample in _samples(op):
        tensors = _tensors(sample)
        shapes = " ".join(f"{str(t.dtype)[6:]}{list(t.shape)}" for t in tensors)
        for elsewhere in _sides(len(tensors)):
            for how, call in _ways(op, sample[0], elsewhere):
                at_cpu = ", ".join(map(str, sorted(elsewhere)))
                text = f"{name}{how} of {shapes}" + (f", on the CPU: {at_cpu}" if at_cpu else "")
                yield _outcome(text, call, _place(sample, device, elsewhere), device)


def _samples(op: Any) -> Iterator[tuple[Any, Any, Any]]:
    supported = op.supported_dtypes("cpu")
    for dtype in [dtype for dtype in DTYPES if dtype in supported][:2]:
        torch.manual_seed(0)
        alike = Counter[object]()
        for sample in op.sample_inputs("cpu", dtype, requires_grad=False):
            arguments = (sample.input, sample.args, sample.kwargs)
            tensors = _tensors(arguments)
            dims = ((min(t.dim(), 1), t.dtype) for t in tensors)
            kind = (*dims, *sample.kwargs, len(sample.args))
            if "device" in sample.kwargs or alike[kind] >= ALIKE or not _are_plain(tensors):
                continue
            alike[kind] += 1
            yield arguments
            if alike.total() == SAMPLES:
                break


def _are_plain(tensors: list[torch.Tensor]) -> bool:
    """Tell whether these are few numbers, laid out as usual."""
    strided = all(t.layout is torch.strided and not t.is_quantized for t in tensors)
    return strided and sum(t.numel() for t in tensors) <= ELEMENTS


def _sides(count: int) -> list[set[int]]:
    """Return which of so many tensors are on the CPU: none, each alone, all but each."""
    alone = [{n} for n in range(min(count, 5))] if count > 1 else []
    others = [set(range(count)) - one for one in alone] if count > 2 else []
    return [set(), *alone, *others]


def _ways(op: Any, first: Any, elsewhere: set[int]) -> Iterator[tuple[str, Callable[..., Any]]]:
    yield "()", op.op
    if op.inplace_variant is not None and op.name not in _NOT_IN_PLACE:
        yield "_()", op.inplace_variant
    if not elsewhere and isinstance(first, torch.Tensor) and first.is_floating_point():
        yield "().backward", lambda x, *args, **kwargs: _gradients(op.op, x, *args, **kwargs)


def _gradients(function: Callable[..., Any], x: torch.Tensor, *args: Any, **kwargs: Any) -> Any:
    x.requires_grad_()
    results = [r for r in _tensors(function(x, *args, **kwargs)) if r.requires_grad]
    torch.autograd.backward(results, [torch.ones_like(r) for r in results])
    return x.grad


def _outcome(text: str, call: Callable[..., Any], arguments: Any, device: torch.device) -> Call:
    x, args, kwargs = arguments
    torch.manual_seed(0)
    error: BaseException | None = None
    result = None
    try:
        result = call(x, *args, **kwargs)
    except (Exception, accelerator.NotSimulated) as raised:
        error = raised
    said = "" if error is None else f"{type(error).__name__}: {error!s:.200}"
    return Call(text, _letter(result, error, device), said)


def _letter(result: Any, error: BaseException | None, device: torch.device) -> str:
    if device.type == accelerator.NAME and accelerator.refused(error) is not None:
        return NOT_SIMULATED
    if error is None:
        found = {tensor.device.type == device.type for tensor in _tensors(result)}
        places = {(True,): ON_DEVICE, (False,): ON_CPU, (): NO_TENSOR}
        return places.get(tuple(found), ON_BOTH)
    if any(words in str(error) for words in _DEVICE_WORDS):
        return DEVICES
    if without_gpu.is_loaded() and (without_gpu.reads() or _NEEDS_GPU.search(str(error))):
        return UNKNOWN
    return ABSENT if isinstance(error, NotImplementedError) else OTHER_ERROR


def _place(arguments: Any, device: torch.device, elsewhere: set[int]) -> Any:
    """Copy the arguments, the tensors with these numbers to the CPU, the others to the device."""
    numbers = itertools.count()

    def place(tensor: torch.Tensor) -> torch.Tensor:
        copy = tensor.detach().clone()
        return copy if next(numbers) in elsewhere else copy.to(device)

    return tree_map_only(torch.Tensor, place, arguments)


def _tensors(value: Any) -> list[torch.Tensor]:
    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]


if __name__ == "__main__":
    sys.exit(main())
