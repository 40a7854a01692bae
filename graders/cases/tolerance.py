"""How far a right answer may be from the expected one: what rounding alone can explain.

The reference is observed in float64, and again on inputs with every floating number multiplied by
`1 + eps * u`, `u` uniform in [-1, 1], `eps` that of the dtype that students work in. Equal numbers
get equal factors, so that ties, constant columns and zeros stay what they are. The largest change
of an element is its conditioning: no backward stable program can promise to stay below it. What the
reference's own steps lose, a student's program may lose as well. That is found by comparing float32
with float64 on equal inputs, and by rounding each step at random (see `rounding`), as float32 may
happen to lose nothing. This is the usual analysis of rounding errors, by experiment.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from graders.cases.layouts import to_bytes
from graders.cases.rounding import RandomRounding
from graders.checks.comparison import Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome, floating_leaves, is_floating, leaves
from graders.spec import Question
from graders.worker import wire
from graders.worker.wire import ArgumentTensor, Dtype, ResultTensor

TRIALS: Final = 8
LOSS_TRIALS: Final = 4
FACTOR: Final = 32
EPS: Final = {
    "float64": 2.0**-52,
    "float32": 2.0**-23,
    "float16": 2.0**-10,
    "bfloat16": 2.0**-7,
    "complex128": 2.0**-52,
    "complex64": 2.0**-23,
}

Observe = Callable[[list[Any]], Outcome]


class Unstable(Exception):
    """Rounding alone changes what the call does, so the case cannot tell right from wrong."""


def tolerances_of(
    question: Question,
    observe: Observe,
    arguments: Mapping[str, Any],
    outcome: Outcome,
    *,
    own_losses: bool = True,
) -> dict[Path, Tolerance]:
    """Return the tolerances of a call of a question, with what its author says about them."""
    return tolerances(
        observe,
        [*arguments.values()],
        outcome,
        rtol=question.rtol,
        atol=question.atol,
        cancels=[arguments[name] for name in question.cancels],
        own_losses=own_losses,
    )


def tolerances(
    observe: Observe,
    arguments: list[Any],
    outcome: Outcome,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    cancels: Sequence[Any] = (),
    own_losses: bool = True,
) -> dict[Path, Tolerance]:
    """Return what each floating leaf of the reference's outcome must be, and how closely.

    An author's `rtol` and `atol` replace the experiment. The numbers of the arguments in `cancels`
    may cancel to 0 with an error of their own size, which the experiment cannot show where the
    reference has none. Without `own_losses` what the reference itself loses is left out. Raises
    Unstable where a whole number, a truth value, a shape or an exception flips under rounding.
    """
    eps = working_eps(arguments, outcome)
    if rtol is not None or atol is not None:
        return {
            path: _fixed(leaf, rtol or 0.0, atol or 0.0) for path, leaf in floating_leaves(outcome)
        }
    wide = [widened(argument) for argument in arguments]
    exact = observe(wide)
    _require_alike(outcome, exact)
    others = [outcome]
    for trial in range(TRIALS):
        generator = np.random.default_rng(trial)
        others.append(observe([_nudged(argument, eps, generator) for argument in wide]))
        _require_alike(exact, others[-1])
    losses: list[dict[Path, Any]] = []
    if own_losses:
        others += _rounded(observe, wide, exact, eps)
        losses += _losses(observe, wide, eps)
    return dict(_allowed(exact, others, losses, outcome, eps, largest(cancels)))


def _losses(observe: Observe, wide: list[Any], eps: float) -> Iterator[dict[Path, Any]]:
    """Yield what the reference's own rounding changes, scaled to the working dtype."""
    for trial in range(LOSS_TRIALS):
        generator = np.random.default_rng(trial)
        nudged = [_nudged(argument, EPS["float32"], generator) for argument in wide]
        narrow = [_cast(argument, "float32") for argument in nudged]
        coarse = observe(narrow)
        fine = observe([widened(argument) for argument in narrow])
        with contextlib.suppress(Unstable):
            _require_alike(fine, coarse)
            exact = dict(floating_leaves(fine))
            with np.errstate(invalid="ignore"):
                yield {
                    path: np.abs(_center(leaf) - _center(exact[path])) * (eps / EPS["float32"])
                    for path, leaf in floating_leaves(coarse)
                }


def _rounded(observe: Observe, wide: list[Any], exact: Outcome, eps: float) -> Iterator[Outcome]:
    """Yield what the reference does with its steps rounded in other ways."""
    for trial in range(LOSS_TRIALS):
        with RandomRounding(eps, trial):
            other = observe(wide)
        with contextlib.suppress(Unstable):
            _require_alike(exact, other)
            yield other


def working_eps(arguments: list[Any], outcome: Outcome) -> float:
    """Return the rounding error of the coarsest dtype in a call."""
    dtypes = [tensor.dtype for tensor in wire.tensors_in(arguments)]
    dtypes += [leaf.dtype for _, leaf in floating_leaves(outcome) if isinstance(leaf, ResultTensor)]
    return max((EPS[dtype] for dtype in dtypes if dtype in EPS), default=EPS["float64"])


def _fixed(leaf: Any, rtol: float, atol: float) -> Tolerance:
    center = _center(leaf)
    return Tolerance(center, rtol * np.abs(center) + atol)


def _center(leaf: Any) -> np.ndarray[Any, Any]:
    numbers = leaf.numpy() if isinstance(leaf, ResultTensor) else np.asarray(leaf)
    return np.asarray(numbers.astype(np.complex128 if numbers.dtype.kind == "c" else np.float64))


def _allowed(
    exact: Outcome,
    others: list[Outcome],
    losses: list[dict[Path, Any]],
    outcome: Outcome,
    eps: float,
    cancelling: float,
) -> Iterator[tuple[Path, Tolerance]]:
    observed = [dict(floating_leaves(other)) for other in others]
    worked = dict(floating_leaves(outcome))
    for path, leaf in floating_leaves(exact):
        center = _center(leaf)
        plain = _center(worked[path])
        center = np.where(np.isfinite(center) & np.isfinite(plain), center, plain)
        with np.errstate(invalid="ignore"):
            changes = [np.abs(_center(other[path]) - center) for other in observed]
        changes += [loss[path] for loss in losses]
        change = np.max(np.nan_to_num(np.stack(changes), nan=0.0, posinf=0.0), axis=0)
        finite = np.abs(center[np.isfinite(center)])
        scale = max(finite.max(initial=0.0), cancelling)
        floor = np.finfo(np.float32).tiny
        yield path, Tolerance(center, FACTOR * (change + eps * scale + floor))


def _require_alike(one: Outcome, other: Outcome) -> None:
    """Raise Unstable unless two outcomes agree in all that does not depend on rounding."""
    if (one.error and one.error.names[0]) != (other.error and other.error.names[0]):
        raise Unstable
    if one.changed.keys() != other.changed.keys() and not one.error:
        raise Unstable
    left = [*leaves(one.value), *leaves([one.changed[key] for key in sorted(one.changed)])]
    right = [*leaves(other.value), *leaves([other.changed[key] for key in sorted(other.changed)])]
    if [path for path, _ in left] != [path for path, _ in right]:
        raise Unstable
    if not all(_alike(a, b) for (_, a), (_, b) in zip(left, right, strict=True)):
        raise Unstable


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Dtype):
        return isinstance(other, Dtype)  # it follows the dtype of arguments, which were widened
    if isinstance(one, ResultTensor) and isinstance(other, ResultTensor):
        if one.shape != other.shape:
            return False
        return (is_floating(one) and is_floating(other)) or one.data == other.data
    if is_floating(one):
        return is_floating(other)
    return type(one) is type(other) and bool(one == other)


# ---------------------------------------------------------------- arguments


def largest(arguments: Sequence[Any]) -> float:
    """Return the largest finite magnitude of a floating number in the tensors of arguments."""
    numbers = [
        np.abs(tensor.numpy()) for tensor in wire.tensors_in([*arguments]) if tensor.dtype in EPS
    ]
    return max((float(each[np.isfinite(each)].max(initial=0.0)) for each in numbers), default=0.0)


def widened(argument: Any) -> Any:
    """Return an argument with its floating tensors in float64, its complex ones in complex128."""
    return _cast(argument, "float64")


def _cast(argument: Any, dtype: str) -> Any:
    """Return an argument with its floating tensors in float32 or float64, or complex likewise."""
    if isinstance(argument, list | tuple):
        return type(argument)(_cast(item, dtype) for item in argument)
    if isinstance(argument, ArgumentTensor) and argument.dtype in EPS:
        if argument.dtype.startswith("complex"):
            dtype = "complex128" if dtype == "float64" else "complex64"
        flat = wire.as_numpy(argument.dtype, argument.storage)
        return replace(argument, dtype=dtype, storage=to_bytes(dtype, flat))
    return argument


def _nudged(argument: Any, eps: float, generator: np.random.Generator) -> Any:
    """Return an argument with each floating number changed by about its rounding error."""
    if isinstance(argument, list | tuple):
        return type(argument)(_nudged(item, eps, generator) for item in argument)
    if isinstance(argument, float):
        return argument * (1 + eps * generator.uniform(-1, 1))
    if isinstance(argument, ArgumentTensor) and argument.dtype in EPS:
        flat = wire.as_numpy(argument.dtype, argument.storage)
        _, which = np.unique(flat, return_inverse=True)
        factors = 1 + eps * generator.uniform(-1, 1, flat.size)
        with np.errstate(invalid="ignore"):  # complex infinities have parts that are NaN
            moved = flat * factors[which.reshape(-1)]
        return replace(argument, storage=to_bytes(argument.dtype, moved))
    return argument
