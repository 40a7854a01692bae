"""Rounds each step of a program anew, as another program that takes the same steps may.

This is stochastic arithmetic: every result of an inexact operation is multiplied by `1 + eps * u`,
`u` uniform in [-1, 1]. What that changes in the end, rounding inside any right program may change.
A number that float32 holds exactly is left alone: sums of small whole numbers are exact in any
order, and what they decide, such as the sign of a sum that is 0, is no matter of rounding.
"""

from __future__ import annotations

from typing import Any, Final

import torch
from torch.utils._python_dispatch import TorchDispatchMode

INEXACT: Final = frozenset(
    "add sub rsub mul div addcmul addcdiv lerp pow exp exp2 expm1 log log2 log10 log1p logaddexp"
    " sqrt rsqrt reciprocal sin cos tan asin acos atan atan2 sinh cosh tanh erf erfc sigmoid silu"
    " gelu softplus log_sigmoid_forward hypot"
    " mm bmm mv dot vdot addmm addmv addr addbmm baddbmm"
    " sum nansum mean nanmean prod cumsum cumprod logcumsumexp logsumexp std var std_mean var_mean"
    " norm linalg_vector_norm dist trace _softmax _log_softmax _cdist_forward _euclidean_dist"
    " mse_loss smooth_l1_loss huber_loss l1_loss binary_cross_entropy nll_loss_forward"
    " native_layer_norm native_batch_norm linalg_inv_ex linalg_solve_ex _linalg_solve_ex"
    " _softmax_backward_data _log_softmax_backward_data sigmoid_backward tanh_backward"
    " mse_loss_backward".split()
)
"""The operations, in place or not, whose results are rounded; all others are exact."""


class RandomRounding(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Multiplies what inexact operations return, while it is entered, by `1 + eps * u`."""

    def __init__(self, eps: float, seed: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._eps = eps
        self._generator = torch.Generator().manual_seed(seed)

    def __torch_dispatch__(
        self,
        function: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        result = function(*args, **(kwargs or {}))
        if function.overloadpacket.__name__.rstrip("_") in INEXACT:
            for tensor in result if isinstance(result, tuple | list) else [result]:
                if tensor.is_floating_point() or tensor.is_complex():
                    self._round(tensor)
        return result

    def _round(self, tensor: torch.Tensor) -> None:
        draws = torch.rand(tensor.shape, generator=self._generator, dtype=torch.float64)
        narrow = torch.complex64 if tensor.is_complex() else torch.float32
        exact = tensor == tensor.to(narrow).to(tensor.dtype)
        tensor.mul_(torch.where(exact, 1, 1 + self._eps * (2 * draws - 1)).to(tensor.dtype))
