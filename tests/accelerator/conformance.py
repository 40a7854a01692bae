"""Run the snippets on a device and say where it does not do what is recorded.

    python tests/accelerator/conformance.py [--device cuda|accel] [--all]

Without `--device` it runs on CUDA where there is one, else on the simulation. Where PyTorch's CUDA
build runs `without_gpu`, no values are compared, and what depends on some is not known.
"""

from __future__ import annotations

import argparse
import ast
import copy
import datetime
import io
import pickle
import platform
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import without_gpu  # noqa: E402
from snippets import (  # noqa: E402
    SNIPPETS,
    Expected,
    NotChecked,
    OnCpu,
    OnDevice,
    Plain,
    Raises,
    Snippet,
)

from graders.worker import accelerator  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--device", choices=["cuda", accelerator.NAME])
    parser.add_argument("--all", action="store_true", help="print the agreements too")
    options = parser.parse_args(arguments)
    device = _device(options.device or ("cuda" if torch.cuda.is_available() else accelerator.NAME))
    print(f"{datetime.date.today()}  {describe(device)}")
    look = _without_gpu if without_gpu.is_loaded() else disagreement
    failures = unknown = 0
    for snippet in SNIPPETS:
        problem = look(snippet, device)
        unknown += problem is UNKNOWN
        failures += problem not in (None, UNKNOWN)
        if problem is not None or options.all:
            print(f"\n{snippet.code}\n    {problem or 'agrees'}")
    agree = len(SNIPPETS) - failures - unknown
    print(f"\n{len(SNIPPETS)} snippets, {agree} agree, {failures} do not, {unknown} are not known")
    return 1 if failures else 0


def describe(device: torch.device) -> str:
    """Name the device and the versions that a result belongs to."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "simulated accelerator"
    return f"{name}, torch {torch.__version__}, Python {platform.python_version()}"


UNKNOWN = "depends on values, which need a GPU"


def _without_gpu(snippet: Snippet, device: torch.device) -> str | None:
    """Say what `disagreement` says, unless values had a part in it, or a crash."""
    [problem, reads] = next(without_gpu.isolated(_with_reads, snippet, device), ["a crash", 1])
    return UNKNOWN if problem and reads else problem


def _with_reads(snippet: Snippet, device: torch.device) -> Iterator[tuple[str | None, int]]:
    torch.backends.cudnn.enabled = False  # it makes its kernels itself, and finds none here
    problem = disagreement(snippet, device)
    yield problem, without_gpu.reads()


def disagreement(snippet: Snippet, device: torch.device) -> str | None:
    """Say how the device's behaviour differs from the recorded one, or None."""
    expected = snippet.cuda
    if device.type == accelerator.NAME and snippet.simulated is not None:
        expected = snippet.simulated
    accelerator.refused()
    result, error = _outcome(snippet.code, device)
    refused = accelerator.refused(error) if device.type == accelerator.NAME else None
    if refused is not None:
        return None if expected == NotChecked() else f"not simulated: {refused}"
    if error is not None:
        return _wrong_error(expected, error, device)
    problem = _wrong_place(expected, result, device)
    if problem or snippet.random or not isinstance(expected, OnDevice | OnCpu):
        return problem
    if without_gpu.is_loaded():
        return None
    return _wrong_values(snippet.code, result)


def _device(kind: str) -> torch.device:
    if kind == accelerator.NAME:
        accelerator.install()
        return accelerator.DEVICE
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    return torch.device("cuda", 0)


def _outcome(code: str, device: torch.device) -> tuple[object, BaseException | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _evaluate(code, _names(device)), None
        except (Exception, accelerator.NotSimulated) as error:
            return None, error


def _evaluate(code: str, names: dict[str, object]) -> object:
    """Run a program; its value is that of its last line, None if that is a statement."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<snippet>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<snippet>", "eval"), names)


def _names(device: torch.device) -> dict[str, object]:
    x = torch.arange(1.0, 7.0).reshape(2, 3)
    return {
        "__name__": "snippet",
        "torch": torch,
        "nn": torch.nn,
        "F": torch.nn.functional,
        "np": np,
        "copy": copy,
        "io": io,
        "pickle": pickle,
        "device": device,
        "x": x.to(device, copy=True),
        "v": torch.tensor([1.0, 2.0, 3.0], device=device),
        "s": torch.tensor([[4.0, 1.0], [1.0, 3.0]], device=device),
        "k": torch.tensor([2, 0, 1], device=device),
        "y": torch.tensor([0, 2], device=device),
        "m": (x > 2).to(device),
        "c": torch.tensor([1.0, 2.0, 3.0]),
        "ci": torch.tensor([2, 0, 1]),
        "cm": x > 2,
        "c0": torch.tensor(2.0),
    }


def _wrong_error(expected: Expected, error: BaseException, device: torch.device) -> str | None:
    said = f"{type(error).__name__}: {str(error)[:300]}"
    if not isinstance(expected, Raises):
        return f"expected {expected}, raised {said}"
    text = _fill(expected.text, device)
    if isinstance(error, expected.kind) and str(text) in str(error):
        return None
    return f"expected {expected}, raised {said}"


def _wrong_place(expected: Expected, result: object, device: torch.device) -> str | None:
    found = {tensor.device for tensor in _tensors(result)}
    match expected:
        case OnDevice():
            wanted: object = {device}
        case OnCpu():
            wanted = {torch.device("cpu")}
        case Plain(value):
            found, wanted = result, _fill(value, device)  # type: ignore[assignment]
        case _:
            return f"expected {expected}, returned {result!r:.200}"
    return None if found == wanted else f"expected {wanted!r}, found {found!r}"


def _wrong_values(code: str, result: object) -> str | None:
    """Compare with the same program's values where everything is on the CPU."""
    torch.manual_seed(0)
    plain, error = _outcome(code, torch.device("cpu"))
    if error is not None:
        return f"fails on the CPU: {error}"
    for here, there in zip(_tensors(result), _tensors(plain), strict=True):
        try:
            torch.testing.assert_close(
                here.detach().cpu(), there.detach(), rtol=1e-4, atol=1e-5, equal_nan=True
            )
        except AssertionError as difference:
            return f"other values than on the CPU: {difference}"
    return None


def _fill(value: object, device: torch.device) -> object:
    if isinstance(value, str):
        return value.replace("{device}", str(device)).replace("{type}", device.type)
    return value


def _tensors(value: object) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        yield from _tensors(value.values())
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from _tensors(item)


if __name__ == "__main__":
    sys.exit(main())
