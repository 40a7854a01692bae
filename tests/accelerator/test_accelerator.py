from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from graders.worker import accelerator
from graders.worker.accelerator import (
    DEVICE,
    NAME,
    NotSimulated,
    claim,
    host_view,
    is_accelerator,
    refused,
)

pytestmark = pytest.mark.skipif(
    not hasattr(torch._C, "_acc"), reason="this torch has no devices made in Python"
)


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    accelerator.install()
    refused()
    yield
    refused()


def to_accelerator(tensor: Tensor) -> Tensor:
    return claim(tensor.detach()).requires_grad_(tensor.requires_grad)


def to_cpu(tensor: Tensor) -> Tensor:
    return host_view(tensor.detach()).requires_grad_(tensor.requires_grad)


def place(tensor: Tensor) -> int:
    return tensor.untyped_storage().data_ptr()


def matrix() -> Tensor:
    return torch.arange(12.0).reshape(3, 4)


LAYOUTS: dict[str, Callable[[Tensor], Tensor]] = {
    "whole": lambda t: t,
    "transposed": lambda t: t.T,
    "offset": lambda t: t[1:, 2:],
    "strided": lambda t: t[:, ::2],
    "expanded": lambda t: t[:, :1].expand(3, 5),
    "one element": lambda t: t[1, 1],
    "one row": lambda t: t[1:2],
    "empty": lambda t: t[:0],
}


# --- there and back ---------------------------------------------------------------------------


def test_install_can_be_called_again() -> None:
    accelerator.install()
    assert to_accelerator(matrix()).device == DEVICE == torch.device(NAME, 0)


@pytest.mark.parametrize("view", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layout_survives_both_ways(view: Callable[[Tensor], Tensor]) -> None:
    plain = view(matrix())
    claimed = to_accelerator(plain)
    back = to_cpu(claimed)
    assert is_accelerator(claimed)
    assert not is_accelerator(back)
    for tensor in (claimed, back):
        assert tensor.shape == plain.shape
        assert tensor.stride() == plain.stride()
        assert tensor.data_ptr() == plain.data_ptr()
    assert torch.equal(back, plain)


@pytest.mark.parametrize(
    "dtype",
    [
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64),
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
    ],
    ids=str,
)
def test_dtype_and_values_survive(dtype: torch.dtype) -> None:
    plain = torch.tensor([0, 1, 1, 0]).to(dtype)
    assert torch.equal(to_cpu(to_accelerator(plain)), plain)
    assert (to_accelerator(plain) == 1).tolist() == [False, True, True, False]


def test_memory_is_shared_not_copied() -> None:
    plain = matrix()
    claimed = to_accelerator(plain)
    claimed[0].zero_()
    plain[1] = 7.0
    assert plain[0].tolist() == [0.0] * 4
    assert claimed[1].tolist() == [7.0] * 4


def test_tensors_on_one_storage_stay_on_one_storage() -> None:
    whole = to_accelerator(matrix())
    row = whole[1]
    row.add_(100)
    assert whole[1].tolist() == [104.0, 105.0, 106.0, 107.0]
    assert place(whole) == place(row) != place(whole.clone())


def test_overlap_of_tensors_on_one_storage_is_noticed() -> None:
    whole = to_accelerator(matrix().reshape(-1))
    with pytest.raises(RuntimeError, match="single memory location"):
        whole[1:].add_(whole[:-1])


def test_requires_grad_survives_on_a_leaf() -> None:
    claimed = to_accelerator(matrix().requires_grad_())
    assert claimed.requires_grad
    assert claimed.is_leaf
    back = to_cpu(claimed * 2)
    assert back.requires_grad
    assert back.is_leaf


def test_claimed_memory_outlives_its_origin() -> None:
    view = to_accelerator(torch.arange(1e6))[5:8]
    torch.zeros(1_000_000)
    assert view.tolist() == [5.0, 6.0, 7.0]


def test_conjugation_is_carried_out() -> None:
    plain = torch.tensor([1 + 2j]).conj()
    assert to_accelerator(plain).tolist() == [1 - 2j]
    assert to_cpu(to_accelerator(plain).conj()).tolist() == [1 + 2j]


def test_out_gets_as_much_memory_as_it_needs() -> None:
    claimed = to_accelerator(matrix())
    out = torch.empty(0, device=DEVICE)
    assert torch.mul(claimed, 2, out=out) is out
    assert out.tolist() == (matrix() * 2).tolist()
    assert out.resize_(4, 4)[:3].flatten().tolist() == out.flatten()[:12].tolist()


# --- what cannot be simulated -----------------------------------------------------------------


def test_refusal_is_no_exception_that_student_code_catches() -> None:
    assert not issubclass(NotSimulated, Exception)
    with pytest.raises(NotSimulated, match="sparse"):
        to_accelerator(matrix()).to_sparse()
    assert refused() == "sparse and quantized tensors"
    assert refused() is None


def test_refusal_is_known_even_if_it_was_caught() -> None:
    try:
        to_accelerator(matrix()).is_cuda  # noqa: B018
    except BaseException as error:
        caught = error
    assert refused(caught) == "Tensor.is_cuda"


def test_errors_of_missing_pieces_are_no_device_errors() -> None:
    with pytest.raises(RuntimeError) as caught:
        matrix().pin_memory()
    assert "PrivateUse1" in (refused(caught.value) or "")


def test_device_errors_are_no_refusals() -> None:
    with pytest.raises(RuntimeError) as caught:
        to_accelerator(matrix()) + torch.ones(3, 4)
    assert refused(caught.value) is None


def test_sparse_arguments_are_refused() -> None:
    with pytest.raises(NotSimulated):
        to_accelerator(matrix().to_sparse())


def test_versions_without_devices_made_in_python_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(torch._C._acc, "DeviceGuard")
    with pytest.raises(NotSimulated, match=torch.__version__.split("+")[0]):
        accelerator._require_support()


def test_operations_that_the_cpu_lacks_are_refused() -> None:
    cell = torch.nn.LSTMCell(3, 2).to(DEVICE)
    with pytest.raises(NotSimulated, match="lstm_cell"):
        cell(torch.ones(1, 3, device=DEVICE))


# --- errors inside backward -------------------------------------------------------------------


def _leaf() -> Tensor:
    return to_accelerator(torch.ones(3)).requires_grad_()


def test_failing_hook_ends_backward_with_its_error() -> None:
    leaf = _leaf()
    leaf.register_hook(lambda gradient: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        (leaf * 2).sum().backward()


def test_mixing_inside_a_hook_is_a_device_error() -> None:
    leaf = _leaf()
    leaf.register_hook(lambda gradient: gradient + torch.ones(3))
    with pytest.raises(RuntimeError, match="found at least two devices"):
        (leaf * 2).sum().backward()


def test_refusal_inside_backward_stays_a_refusal() -> None:
    leaf = _leaf()
    leaf.register_hook(lambda gradient: gradient.to_sparse())
    with pytest.raises(NotSimulated):
        (leaf * 2).sum().backward()
    assert refused() is not None


def test_backward_works_after_a_failure() -> None:
    test_failing_hook_ends_backward_with_its_error()
    leaf = _leaf()
    (leaf**2).sum().backward()
    assert leaf.grad is not None
    assert leaf.grad.tolist() == [2.0, 2.0, 2.0]


# --- what stays as it was ---------------------------------------------------------------------


def test_machine_seems_to_have_no_accelerator() -> None:
    assert torch.accelerator.current_accelerator() is None
    assert not torch.accelerator.is_available()
    assert not torch.cuda.is_available() or torch.version.cuda


def test_cpu_generators_are_plain() -> None:
    generator = torch.Generator()
    assert type(generator) is torch._C.Generator
    assert isinstance(generator, torch.Generator)
    assert isinstance(torch.default_generator, torch.Generator)
    assert torch.rand(1, generator=generator.manual_seed(0)).device.type == "cpu"


def test_draws_of_the_device_leave_the_cpus_alone() -> None:
    torch.manual_seed(0)
    first = torch.rand(3)
    torch.manual_seed(0)
    torch.rand(100, device=DEVICE)
    torch.dropout(torch.ones(9, device=DEVICE), 0.5, train=True)
    assert torch.equal(torch.rand(3), first)


def _several_calls(x: Tensor) -> Tensor:
    y = torch.softmax(x @ x.T, -1) + 1
    z = y[y > 0.1].sum() + torch.zeros(3, device=x.device).sum()
    torch.einsum("ij,kj->ik", x, x).add_(y)
    return torch.where(x > z, x, torch.tensor(0.0)).std(0)


def test_modes_see_the_same_calls_on_both_sides() -> None:
    class Calls(TorchFunctionMode):
        def __torch_function__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            seen.append(func)
            return func(*args, **(kwargs or {}))

    class Operations(TorchDispatchMode):
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            seen.append(func)
            return func(*args, **(kwargs or {}))

    for mode in (Calls, Operations):
        sides = []
        for x in (matrix(), to_accelerator(matrix())):
            seen: list[Any] = []
            with mode():
                _several_calls(x)
            sides.append(seen)
        assert sides[0] == sides[1]
        assert len(sides[0]) > 10


def test_default_device_does_not_reach_into_kernels() -> None:
    with torch.device(DEVICE):
        x = torch.arange(3.0)
        torch.add(x, x, out=(out := torch.empty(0)))
    assert out.tolist() == [0.0, 2.0, 4.0]


def test_numpy_sees_no_device_memory() -> None:
    with pytest.raises(TypeError, match=f"can't convert {NAME}:0 device type tensor to numpy"):
        np.asarray(to_accelerator(matrix()))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc, forks")
def test_needs_no_thread_and_no_process_also_after_a_fork() -> None:
    program = """
        import os, sys, torch
        torch.set_num_threads(1)
        sys.addaudithook(lambda event, args: event != "subprocess.Popen" or os._exit(3))
        from graders.worker import accelerator
        accelerator.install()
        threads = len(os.listdir("/proc/self/task"))
        child = os.fork()
        if child == 0:
            x = accelerator.claim(torch.ones(3)).requires_grad_()
            (x * x).sum().backward()
            same = len(os.listdir("/proc/self/task")) == 1
            os._exit(0 if x.grad.tolist() == [2.0, 2.0, 2.0] and same else 4)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) or threads - 1)
    """
    quiet = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], env=quiet, timeout=120, check=False
    )
    assert ended.returncode == 0
