"""Says in one more sentence what common exceptions of PyTorch and Python mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from graders.checks.mismatch import Error
from graders.feedback.language import MessageId, Words


def exception_hint(
    error: Error, words: Words, *, function: str, arguments: Iterable[str], code: str = ""
) -> str | None:
    """Return what the exception of a call means, if it is a known one; `code` raised it."""
    line = f"{error.name}: {error.text}"
    if re.match(rf"TypeError: {re.escape(function)}\(\) (takes|missing) ", line):
        names = [f"`{name}`" for name in arguments]
        return words.count(
            "The question calls `{f}` with {n} argument: {names}.",
            "The question calls `{f}` with {n} arguments: {names}.",
            len(names),
            f=function,
            names=words(", ").join(names),
        )
    if re.search(_UNEQUAL, line):
        for pattern, hint in _OF_CODE.items():
            if re.search(pattern, code):
                return words(hint)
    for pattern, hint in _HINTS.items():
        if found := re.search(pattern, line):
            facts = found.groupdict()
            return words(hint, **{key: _CODE[key].get(facts[key], facts[key]) for key in facts})
    return None


_CODE: Final[Mapping[str, Mapping[str, str]]] = {
    "dtype": {
        "Bool": "torch.bool",
        "Double": "torch.float64",
        "Float": "torch.float32",
        "Half": "torch.float16",
        "Int": "torch.int32",
        "Long": "torch.int64",
    },
    "line": {
        "F": "import torch.nn.functional as F",
        "math": "import math",
        "nn": "from torch import nn",
        "np": "import numpy as np",
        "plt": "import matplotlib.pyplot as plt",
        "torch": "import torch",
    },
    "name": {},
    "n": {},
}
"""What a student writes for the words of a message."""

GIVES_NONE: Final[MessageId] = (
    "Functions without `return`, methods such as `append`, and `.grad` before `backward()` all"
    " give None."
)
_UNEQUAL: Final = "must match the size of tensor b|operands could not be broadcast together"
_OF_CODE: Final[Mapping[str, MessageId]] = {
    r"[-+*/] *[\w.]+\.(sum|mean|amax|amin|std|var|norm)\((?!.*keepdim)": (
        "A sum or a mean over a dim lacks that dim, with `keepdim=True` it has size 1 there; sizes"
        " are compared from the last axis and must be equal, or one of them 1."
    ),
    r"[\w\])] *\*[^*]": (
        "`*` multiplies element by element: sizes are compared from the last axis and must be"
        " equal, or one of them 1."
    ),
}
"""What to say of sizes that do not fit, by the code that met them."""

_HINTS: Final[Mapping[str, MessageId]] = {
    # shapes
    "view size is not compatible": (
        "`view` needs elements that lie in order; `reshape` copies where they do not."
    ),
    r"shape '\[.*\]' is invalid for input of size (?P<n>\d+)": (
        "A new shape holds all elements: the product of its sizes must be {n}."
    ),
    _UNEQUAL: ("Sizes are compared from the last axis; they must be equal, or one of them 1."),
    "The expanded size of the tensor": (
        "A tensor fits a given shape when its sizes, compared from the last axis, are equal or 1."
    ),
    "shapes cannot be multiplied|size mismatch, got input|inconsistent tensor size|batch2"
    "|mismatch in its core dimension": (
        "In `a @ b` the last size of `a` must equal the second to last of `b`, or the only one"
        " of a vector."
    ),
    "Sizes of tensors must match except|stack expects each tensor": (
        "`torch.cat` joins along an axis that is there, `torch.stack` along a new one; all"
        " other sizes must be equal."
    ),
    "expects a non-empty TensorList|expected a non-empty list of Tensors": (
        "`torch.stack` and `torch.cat` need at least one tensor."
    ),
    "does not match the length of the desired ordering of dim": (
        "`permute` names each dim of the tensor once; `transpose(i, j)` exchanges two of them."
    ),
    # places
    r"index -?\d+ is out of bounds for (dimension|axis) (?P<n>\d+)": (
        "Indices along dim {n} begin at 0, so the last one is its size minus 1; `x[i]` counts along"
        " dim 0, `x[:, j]` along dim 1."
    ),
    r"list index out of range|index -?\d+ is out of bounds": (
        "Indices begin at 0, so the last one is the size minus 1."
    ),
    "Dimension out of range": "Dims are counted from 0; `dim=-1` is the last one.",
    r"0-d(im)? tensor": (
        "A 0-dim tensor holds a single number: it has no length, no items and no index."
    ),
    "tensors used as indices must be": (
        "Indices are integers or booleans; `index.long()` makes integers."
    ),
    "values to unpack": (
        "On the left of `=` there must be a name for each value on the right: `x.shape` has as"
        " many values as `x` has dimensions."
    ),
    "device-side assert triggered": (
        "On a GPU this is how an index that is out of range ends, or a label that is no class."
    ),
    # dtypes
    "to have the same dtype|expected scalar type": (
        "A product of matrices needs one dtype for both; `b.to(a.dtype)` converts `b`."
    ),
    "could not infer output dtype": (
        "The mean of integers is no integer; `x.float()` converts `x` first."
    ),
    "not implemented for '(?P<dtype>Bool|Double|Float|Half|Int|Long)'": (
        "PyTorch does not have this operation for `{dtype}`; `x.to(dtype)` converts a tensor."
    ),
    r"result type \w+ can't be cast": (
        "An operation in place keeps the tensor's dtype: integers stay integers."
    ),
    # gradients
    "Only Tensors of floating point|only Tensors of floating point": (
        "Only floating-point tensors have gradients: `torch.tensor([1])` holds an integer,"
        " `torch.tensor([1.])` does not."
    ),
    "leaf Variable that requires grad": (
        "`w = w - 1` makes a new tensor; in place, a leaf tensor can be changed only under"
        " `torch.no_grad()`, as optimizers do it."
    ),
    "modified by an inplace operation": (
        "An operation in place has overwritten values that `backward()` needs; `y = y + 1`"
        " leaves the old tensor alone."
    ),
    "backward through the graph a second time": (
        "`backward()` frees the graph that it went through; the next call needs a new one, or"
        " `retain_graph=True` in this one."
    ),
    "grad can be implicitly created only for scalar": (
        "`backward()` without arguments needs a single number, such as a sum or a mean."
    ),
    "does not require grad and does not have a grad_fn": (
        "Nothing that this value comes from requires a gradient, or `detach()`, `.item()` or"
        " `torch.no_grad()` has cut it off."
    ),
    "appears to not have been used in the graph": (
        "The value was not computed from this very tensor: `detach()`, `clone()` and"
        " `torch.tensor(x)` make other ones."
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "`detach()` gives a tensor with the same values and no graph, which `numpy()` takes."
    ),
    # tensors and numbers
    "only one element tensors can be converted|cannot be converted to Scalar": (
        "`float(x)`, `x.item()` and `torch.tensor([x])` need a single element in `x`;"
        " `torch.stack` joins larger tensors."
    ),
    "Boolean value of Tensor with more than one": (
        "`if`, `and`, `or` and `not` need one truth value; `&`, `|`, `~` and `torch.where`"
        " work on each element."
    ),
    r"must be Tensor, not (int|float|list|tuple|bool)": (
        "`torch.tensor(...)` makes a tensor of numbers and lists."
    ),
    "can't convert [a-z0-9:]+ device type tensor to numpy": (
        "NumPy's arrays are in main memory; PyTorch's own operations run wherever the tensor is."
    ),
    "'Tensor' object has no attribute 'astype'": (
        "`astype` belongs to NumPy's arrays; tensors have `x.to(dtype)`."
    ),
    "'Tensor' object has no attribute 'copy'": (
        "`copy` belongs to NumPy's arrays; tensors have `x.clone()`."
    ),
    # Python
    "'NoneType'": GIVES_NONE,
    r"name '(?P<line>F|math|nn|np|plt|torch)' is not defined": ("`{line}` defines this name."),
    r"NameError: name '(?P<name>\w+)' is not defined": (
        "`{name}` is neither defined nor imported before it is used."
    ),
    r"UnboundLocalError: .*local variable '(?P<name>\w+)'": (
        "A function that assigns to `{name}` has a `{name}` of its own, without a value at first."
    ),
    "ModuleNotFoundError: ": "The grader runs with PyTorch, NumPy and Python's own library.",
    "RecursionError: ": (
        "A function that calls itself needs a case that ends without a further call."
    ),
    "EOFError: ": "`input()` cannot be answered while a file is graded.",
}
