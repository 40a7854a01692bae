"""Findings made by hand, so that there is one for every message that a report can hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from graders.cases.layouts import lay_out
from graders.checks import mismatch as m
from graders.checks import mistake as k
from graders.spec.text import Text
from graders.verdicts import Finding, LoadProblem
from graders.worker.wire import Dtype, Iterated, Opaque, ResultTensor

SOURCES = {
    "hw.py": (
        "import torch\n"
        "\n"
        "def center(x):\n"
        "    m = torch.as_tensor(x.numpy().mean(axis=0))\n"
        "    return x - m\n"
        "\n"
        "def todo(x):\n"
        "    raise NotImplementedError\n"
        "\n"
        "def scaled(x, w):\n"
        "    return x * w / x.sum(dim=1)\n"
        "\n"
        "def product(x, w):\n"
        "    return (x * w).sum(dim=1)\n"
    ),
    "hw.ipynb cell 3": "def center(x):\n    return x - x.mean(dim=1)\n",
}
HERE = ("hw.py", 5)


def argument(values=((1, 2), (3, 4), (5, 6)), dtype="float32", **options):
    return lay_out("tensor", dtype, np.array(values, np.float64), **options)


def result(values, dtype="float32", kind="tensor", device="cpu"):
    array = np.array(values, dtype)
    shape = array.shape
    return ResultTensor(
        kind, dtype, shape, device, array.tobytes(), True, False, False, True, (), None
    )


def error(name, text, *place):
    return m.Error((name, "Exception"), text, *place)


X = {"x": argument()}
WIDE = np.arange(20.0).reshape(4, 5)
PAIR = {"tensors": [argument([1, 2]), argument([3, 4])], "k": 2}


@dataclass(frozen=True)
class Scene:
    """A message, by what causes it."""

    mismatch: m.Mismatch
    function: str = "center"
    arguments: Mapping[str, object] | None = field(default_factory=lambda: X)
    hints: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)  # of the finding

    @property
    def finding(self) -> Finding:
        return Finding(self.function, self.mismatch, self.arguments, **self.more)


def loads(mismatch, **more):
    return Scene(mismatch, arguments=None, **more)


def values(expected, actual, worst, differing=1, path=()):
    total = np.asarray(expected).size
    return m.WrongValues(result(expected), result(actual), differing, total, worst, path)


def diagnosed(mistake, mismatch=None, **more):
    """A mistake that explains 20 failing cases, while 80 pass."""
    found = k.Diagnosis(mistake, 20, 80, **more)
    return Scene(mismatch or WRONG, arguments=None, more={"diagnosis": found})


WRONG = m.WrongShape((3, 1), (3,))
RAISED = m.Raised(error("RuntimeError", "Can't call numpy() on Tensor that requires grad.", *HERE))
LIMIT = 100 << 20


# ---------------------------------------------------------------- mismatches

MISMATCHES: Mapping[str, Mapping[str, Scene]] = {
    "not_defined": {
        "nothing is similar": loads(m.NotDefined("hw.py")),
        "a similar name": loads(m.NotDefined("hw.py", similar="centre")),
        "under main": loads(m.NotDefined("hw.py", line=12, guarded=True)),
        "the file stops before it": loads(m.NotDefined("hw.py", line=12, stopped=True)),
        "the file stops": loads(m.NotDefined("hw.py", stopped=True)),
    },
    "not_loaded": {
        "too slow": loads(m.NotLoaded("hw.py", m.Overran(10.0))),
        "a signal": loads(m.NotLoaded("hw.py", m.Ended("SIGSEGV", None))),
        "an exit": loads(m.NotLoaded("hw.py", m.Ended(None, 0))),
        "output": loads(m.NotLoaded("hw.py", m.PrintedTooMuch(1 << 20))),
        "threads": loads(m.NotLoaded("hw.py", m.UsedTooMuch("threads", 64, 70))),
        "memory": loads(m.NotLoaded("hw.py", m.UsedTooMuch("memory", LIMIT, LIMIT))),
        "files": loads(m.NotLoaded("hw.py", m.UsedTooMuch("scratch", LIMIT, LIMIT))),
        "its pipe": loads(m.NotLoaded("hw.py", m.WroteAnswers())),
    },
    "raised": {
        "in a file": Scene(RAISED),
        "in a cell": Scene(
            m.Raised(
                error(
                    "RuntimeError",
                    "The size of tensor a (2) must match the size of tensor b (3) at"
                    " non-singleton dimension 1",
                    "hw.ipynb cell 3",
                    2,
                )
            )
        ),
        "with an author's hint": Scene(
            m.Raised(error("RuntimeError", "no rows", *HERE)),
            hints={"returns": "Rows are samples."},
        ),
        "a slip": Scene(
            m.Raised(error("NameError", "name 'rows' is not defined", *HERE)),
            hints={"returns": "Rows are samples."},
        ),
        "without a text": Scene(m.Raised(error("AssertionError", "", *HERE))),
        "before its first line": Scene(
            m.Raised(error("TypeError", "center() missing 1 required positional argument: 'y'"))
        ),
        "with output": Scene(RAISED, more={"printed": "x has the shape\ntorch.Size([3, 2])\n"}),
        "not written yet": Scene(
            m.Raised(error("NotImplementedError", "", "hw.py", 8)), function="todo"
        ),
    },
    "overran": {
        "one call": Scene(m.Overran(1.0), more={"reference_seconds": 0.00002}),
        "one long call": Scene(m.Overran(1.0), more={"reference_seconds": 0.0213}),
        "waiting": Scene(m.Overran(1.0, waited=True), more={"reference_seconds": 0.00002}),
        "all calls": Scene(m.Overran(20.0, total=True)),
        "all calls, counted": Scene(m.Overran(20.0, total=True, calls=(63, 100))),
    },
    "ended": {
        "a signal": Scene(m.Ended("SIGSEGV", None)),
        "a signal and its memory": Scene(m.Ended("SIGABRT", None, peak=812 << 20)),
        "killed": Scene(m.Ended("SIGKILL", None, peak=3900 << 20)),
        "an exit": Scene(m.Ended(None, 0)),
    },
    "printed_too_much": {"output": Scene(m.PrintedTooMuch(1 << 20))},
    "used_too_much": {
        "memory": Scene(m.UsedTooMuch("memory", 2 * LIMIT, 3 * LIMIT)),
        "files": Scene(m.UsedTooMuch("scratch", LIMIT, 2 * LIMIT)),
        "a folder without an end": Scene(m.UsedTooMuch("scratch", LIMIT, 1 << 62)),
        "one result": Scene(m.UsedTooMuch("result", LIMIT, 4 * LIMIT)),
        "all results": Scene(m.UsedTooMuch("results", LIMIT, 2 * LIMIT)),
        "threads": Scene(m.UsedTooMuch("threads", 64, 80)),
    },
    "out_of_memory": {
        "a tensor": Scene(
            m.OutOfMemory(
                error("RuntimeError", "you tried to allocate 40000000000 bytes", *HERE), LIMIT
            )
        )
    },
    "wrote_answers": {"a pipe": Scene(m.WroteAnswers())},
    "did_not_raise": {
        "a tensor": Scene(m.DidNotRaise(error("ValueError", "no rows"), result([[1, 2]]))),
        "a large tensor": Scene(
            m.DidNotRaise(error("ValueError", "no rows"), result(np.ones(999)))
        ),
        "None": Scene(m.DidNotRaise(error("ValueError", "no rows"), None)),
    },
    "raised_other": {
        "another class": Scene(
            m.RaisedOther(error("ValueError", ""), error("KeyError", "'mean'", *HERE))
        )
    },
    "wrong_type": {
        "None": Scene(m.WrongType(result([1, 2]), None), function="todo"),
        "None, although it returns something": Scene(m.WrongType(result([1, 2]), None)),
        "None, printed": Scene(
            m.WrongType(result([1, 2]), None), function="todo", more={"printed": "tensor([1., 2.])"}
        ),
        "a number": Scene(m.WrongType(result(3.5), 3.5)),
        "an array": Scene(m.WrongType(result([1, 2]), result([1, 2], "float64", "array"))),
        "an object": Scene(m.WrongType(result([1, 2]), Opaque("DataFrame"))),
        "a large integer": Scene(m.WrongType(3, Opaque("an integer of 5000 bits"))),
        "a sparse tensor": Scene(m.WrongType(result([1, 2]), Opaque("sparse_coo tensor"))),
        "an array of objects": Scene(m.WrongType(result([1, 2]), Opaque("array of object"))),
        "a deep list": Scene(m.WrongType([1, 2], Opaque("a value that is too deep or too large"))),
        "a part": Scene(m.WrongType(result([1, 2]), [1.0, 2.0], (0,))),
        "a list for a tuple": Scene(m.WrongType((1, 2.5), [1, 2.5])),
        "a dict for a tuple": Scene(m.WrongType((True, "sum"), {"w": result([1, 2])})),
        "one item for many": Scene(m.WrongType(Iterated((1, 2)), 1)),
        "an int for a bool": Scene(m.WrongType(True, 1)),
        "a str for a dtype": Scene(m.WrongType(Dtype("int64"), "int64")),
        "an empty tensor": Scene(m.WrongType([], result(np.zeros((0, 3))))),
    },
    "wrong_length": {
        "of the result": Scene(m.WrongLength(2, 3)),
        "of a part": Scene(m.WrongLength(2, 3, (0,))),
        "one": Scene(m.WrongLength(2, 1)),
    },
    "wrong_keys": {
        "both": Scene(m.WrongKeys(("bias",), ("b", "loss"))),
        "of a part": Scene(m.WrongKeys(("bias",), (), ("layer",))),
    },
    "wrong_shape": {
        "of the result": Scene(m.WrongShape((3, 1), (3,)), function="row_mean"),
        "of a part": Scene(m.WrongShape((3, 1), (3,), ("w1",))),
    },
    "wrong_dtype": {
        "of the result": Scene(m.WrongDtype("float32", "int64")),
        "of a part": Scene(m.WrongDtype("float32", "int64", (1,))),
        "of an array": Scene(m.WrongDtype("float32", "float64", kind="array")),
    },
    "wrong_device": {
        "on a simulated GPU": Scene(m.WrongDevice("accel", "cpu"), more={"device": "accelerator"}),
        "an exception there": Scene(
            m.Raised(
                error(
                    "RuntimeError",
                    "Expected all tensors to be on the same device, but found at least two"
                    " devices, accel:0 and cpu",
                    *HERE,
                )
            ),
            more={"device": "accelerator"},
        ),
        "values there": Scene(values([1, 2], [1, 3], (1,)), more={"device": "accelerator"}),
        "on a GPU": Scene(m.WrongDevice("cuda", "cpu"), more={"device": "cuda"}),
        "a device assert": Scene(
            m.Raised(
                error("torch.AcceleratorError", "CUDA error: device-side assert triggered", *HERE)
            ),
            more={"device": "cuda"},
        ),
        "memory of a GPU": Scene(
            m.OutOfMemory(
                error(
                    "torch.OutOfMemoryError",
                    "CUDA out of memory. Tried to allocate 20.00 GiB",
                    *HERE,
                ),
                LIMIT,
            ),
            more={"device": "cuda"},
        ),
    },
    "wrong_values": {
        "a number": Scene(m.WrongValues(0.5, 1.5, 1, 1, ())),
        "one of several": Scene(values([0, 0, 0.5], [0, 0, 1], (2,))),
        "several": Scene(values([[0, 1], [2, 3]], [[0, 2], [1, 3]], (0, 1), 2)),
        "to the fifth digit": Scene(values([1 / 3, 2], [0.33334, 2], (0,))),
        "to the ninth digit": Scene(m.WrongValues(1 / 3, 0.333333334, 1, 1, ())),
        "one of many": Scene(values(WIDE, WIDE + (WIDE == 7), (1, 2))),
        "many": Scene(values(WIDE, WIDE + 1 / 3, (0, 0), 20)),
        "of a part": Scene(values([1, 2], [1, 3], (1,), path=(0, "w"))),
        "without a hint for it": Scene(
            values([1, 2], [1, 3], (1,)), hints={"shape": "An author's hint."}
        ),
        "with an author's hint": Scene(
            values([1, 2], [1, 3], (1,)), hints={"values": "The mean is over rows."}
        ),
        "hidden": Scene(
            values([1, 2], [1, 3], (1,)),
            hints={"values": "The mean is over rows."},
            more={"hidden": True},
        ),
    },
    "argument_changed": {
        "values": Scene(m.ArgumentChanged(0, result([[-2, -2], [0, 0], [2, 2]]))),
        "shape": Scene(m.ArgumentChanged(0, result([1, 2, 3, 4, 5, 6]))),
        "dtype": Scene(m.ArgumentChanged(0, result([[1, 2], [3, 4], [5, 6]], "float64"))),
        "gradient": Scene(
            m.ArgumentChanged(0, replace(result([[1, 2], [3, 4], [5, 6]]), requires_grad=True))
        ),
        "of a list": Scene(m.ArgumentChanged(1, result([3, 5])), arguments=PAIR),
    },
    "list_changed": {
        "changed": Scene(m.ListChanged(0, expected=False), arguments=PAIR),
        "not changed": Scene(m.ListChanged(0, expected=True), arguments=PAIR),
    },
    "argument_not_changed": {
        "values": Scene(m.ArgumentNotChanged(0, result([[-2, -2], [0, 0], [2, 2]])))
    },
    "argument_wrong": {
        "values": Scene(m.ArgumentWrong(0, values([[1, 2]], [[1, 3]], (0, 1)))),
        "shape": Scene(m.ArgumentWrong(0, m.WrongShape((3, 2), (2, 3)))),
        "dtype": Scene(m.ArgumentWrong(0, m.WrongDtype("float32", "float64"))),
        "requires grad": Scene(m.ArgumentWrong(0, m.WrongRequiresGrad(True))),
    },
    "own_memory": {
        "of the result": Scene(m.OwnMemory(0)),
        "of a part": Scene(m.OwnMemory(1, (1,)), arguments=PAIR),
    },
    "shared_memory": {
        "with an argument": Scene(m.SharedMemory(0)),
        "of a part with an argument": Scene(m.SharedMemory(0, (1,))),
        "of two results": Scene(m.SharedMemory(None)),
    },
    "other_object": {"a copy": Scene(m.OtherObject(0))},
    "not_contiguous": {
        "the result": Scene(m.NotContiguous()),
        "a part": Scene(m.NotContiguous((0,))),
    },
    "not_writable": {
        "it overlaps": Scene(m.NotWritable(overlaps=True)),
        "it is read-only": Scene(m.NotWritable(overlaps=False)),
    },
    "random_state_moved": {"any": Scene(m.RandomStateMoved())},
    "gradient_left": {"in an argument": Scene(m.GradientLeft(0))},
    "grad_left_off": {"any": Scene(m.GradLeftOff())},
    "wrong_requires_grad": {
        "it must": Scene(m.WrongRequiresGrad(expected=True)),
        "it must not": Scene(m.WrongRequiresGrad(expected=False)),
        "a part must not": Scene(m.WrongRequiresGrad(expected=False, path=(0,))),
    },
    "numpy_number": {
        "a float": Scene(m.NumpyNumber(1.5, "float64")),
        "a bool": Scene(m.NumpyNumber(True, "bool")),
    },
    "forbidden": {
        "in the source": loads(m.Forbidden("loops", "for", *HERE)),
        "in a cell": loads(m.Forbidden("loops", "a comprehension", "hw.ipynb cell 3", 2)),
        "in the call": Scene(m.Forbidden("matrix products", "matmul")),
        "autograd": Scene(m.Forbidden("autograd", "autograd engine")),
    },
    "not_examined": {"the source": loads(m.NotExamined("hw.py"))},
    "growing_operations": {
        "steadily": loads(m.GrowingOperations("n", ((2, 9), (4, 15), (8, 27)))),
        "unsteadily": loads(m.GrowingOperations("n", ((2, 9), (5, 16)))),
        "in lines": loads(m.GrowingOperations("n", ((2, 9), (4, 13), (5, 15)), "steps")),
    },
    "property_broken": {
        "an author's text": Scene(
            m.PropertyBroken(
                "distances_are_never_negative",
                (("center", X), ("center", X)),
                Text((("en", "`center` moves the mean away."), ("zh", "`center` 使均值偏离 0。"))),
            )
        ),
        "no text": Scene(m.PropertyBroken("means_are_zero", (("center", X),))),
        "an exception": Scene(m.PropertyBroken("means_are_zero", (("center", X),), how=RAISED)),
        "an author's hint": Scene(
            m.PropertyBroken("means_are_zero", (("center", X),)),
            hints={"property": "Of all.", "property means are zero": "The mean is over rows."},
        ),
        "an author's hint for all": Scene(
            m.PropertyBroken("means_are_zero", (("center", X),)), hints={"property": "Of all."}
        ),
    },
    "unsteady": {
        "random": Scene(values([1, 2], [1, 3], (1,)), more={"steadiness": "random"}),
        "history": Scene(values([1, 2], [1, 3], (1,)), more={"steadiness": "history"}),
    },
}


# ---------------------------------------------------------------- diagnoses

PARTS = (("w",), ("b",))
ONE_PLACE = ((0,),)
ON_DIAGONAL = k.OnlyPlaces("diagonal")
AT_ZERO = k.KindOfCase(k.Trait("size 1", "x", "0"), 0)

DIAGNOSES: Mapping[str, Scene] = {
    "transposed": diagnosed(k.Transposed(None)),
    "transposed, of several axes": diagnosed(k.Transposed((1, 2))),
    "permuted": diagnosed(k.Permuted((2, 0, 1))),
    "permuted, reversed": diagnosed(k.Permuted(None)),
    "axis moved to the front": diagnosed(k.AxisMoved(to_front=True)),
    "axis moved to the end": diagnosed(k.AxisMoved(to_front=False)),
    "sizes exchanged": diagnosed(k.SizesExchanged((0, 2))),
    "sizes exchanged, reversed": diagnosed(k.SizesExchanged(None)),
    "sizes reordered": diagnosed(k.SizesReordered()),
    "size 1 missing": diagnosed(k.SizeOneMissing()),
    "size 1 extra": diagnosed(k.SizeOneExtra()),
    "size 1 moved": diagnosed(k.SizeOneMoved()),
    "flattened": diagnosed(k.Flattened()),
    "reshaped": diagnosed(k.Reshaped()),
    "column by column": diagnosed(k.ColumnByColumn()),
    "reversed": diagnosed(k.Reversed(1)),
    "reversed, every axis": diagnosed(k.Reversed(None)),
    "shifted on": diagnosed(k.Shifted(0, 1)),
    "shifted back": diagnosed(k.Shifted(0, -1)),
    "one short, the last": diagnosed(k.OneShort(0, "last")),
    "one short, the first": diagnosed(k.OneShort(0, "first")),
    "one short, any": diagnosed(k.OneShort(None, "any")),
    "one too many, the last": diagnosed(k.OneTooMany(0, "last")),
    "one too many, the first": diagnosed(k.OneTooMany(0, "first")),
    "one too many, any": diagnosed(k.OneTooMany(None, "any")),
    "end excluded": diagnosed(k.EndExcluded()),
    "cut short": diagnosed(k.CutShort()),
    "too long": diagnosed(k.TooLong()),
    "other cuts": diagnosed(k.OtherCuts()),
    "reordered": diagnosed(k.Reordered()),
    "parts exchanged": diagnosed(k.PartsExchanged(((0,), (1,)), ((1,), (0,)))),
    "broadcast": diagnosed(k.Broadcast()),
    "not broadcast": diagnosed(k.NotBroadcast()),
    "not reduced, sum": diagnosed(k.NotReduced("sum", 1)),
    "not reduced, mean": diagnosed(k.NotReduced("mean", None)),
    "reduced, sum": diagnosed(k.Reduced("sum", None)),
    "reduced, mean": diagnosed(k.Reduced("mean", 0)),
    "sign": diagnosed(k.Sign()),
    "constant factor": diagnosed(k.Factor("1/2")),
    "argument factor": diagnosed(k.ArgumentFactor("1 / x.shape[0]")),
    "sum for mean": diagnosed(k.SumForMean("x.shape[0]")),
    "mean for sum": diagnosed(k.MeanForSum("x.numel()")),
    "other divisor, less one": diagnosed(k.OtherDivisor("x.shape[0]", less_one=True, root=False)),
    "other divisor": diagnosed(k.OtherDivisor("x.shape[0]", less_one=False, root=False)),
    "other divisor, root": diagnosed(k.OtherDivisor("x.shape[0]", less_one=True, root=True)),
    "constant offset, more": diagnosed(k.Offset("1", more=True)),
    "constant offset, less": diagnosed(k.Offset("x.shape[0]", more=False)),
    **{
        name: diagnosed(k.Applied(name))
        for name in (
            "absolute value",
            "truncated",
            "rounded down",
            "rounded up",
            "negatives to zero",
            "positives to zero",
            "square root",
            "squared",
            "reciprocal",
            "one minus",
            "exponential",
            "logarithm",
            "arc cosine",
            "sign only",
            "negated",
        )
    },
    "rounded": diagnosed(k.RoundedTo(2)),
    "rounded to whole numbers": diagnosed(k.RoundedTo(0)),
    "proportional": diagnosed(k.Proportional()),
    "argument returned": diagnosed(k.ArgumentReturned("x")),
    "argument order": diagnosed(k.ArgumentOrder(("x", "y"))),
    "other axis": diagnosed(k.OtherAxis("x.mean(dim=1)")),
    "other operation": diagnosed(k.OtherOperation("x @ y")),
    "other operation, guarded": diagnosed(
        k.OtherOperation("x / x.std(dim=0, correction=0)", guarded=True)
    ),
    "zeros": diagnosed(k.Zeros()),
    "constant result": diagnosed(k.Constant("1.")),
    "precision": diagnosed(k.LowPrecision("float16")),
    "few digits": diagnosed(k.FewDigits(3)),
    "fixed dtype": diagnosed(k.FixedDtype("float32")),
    "not finite, nan": diagnosed(k.NotFinite("nan")),
    "not finite, inf": diagnosed(k.NotFinite("inf")),
    "not finite, both": diagnosed(k.NotFinite("both", ON_DIAGONAL)),
    **{
        f"only some places, {kind}": diagnosed(k.OnlyPlaces(kind, "x", axis))
        for kind, axis in (
            ("zeros", None),
            ("negative", None),
            ("positive", None),
            ("large positive", None),
            ("large negative", None),
            ("not finite", None),
            ("constant column", None),
            ("at labels", None),
            ("not at labels", None),
            ("first", 0),
            ("last", -1),
            ("diagonal", None),
            ("off the diagonal", None),
        )
    },
    "only some parts, one": diagnosed(k.OnlyParts(), places=ONE_PLACE),
    "only some parts, two": diagnosed(k.OnlyParts(), places=PARTS),
    "in one part": diagnosed(k.Sign(), places=ONE_PLACE),
    "in two parts": diagnosed(k.Sign(), places=PARTS),
    "in three parts": diagnosed(k.Sign(), places=((0,), (1,), (2,))),
    "in some of two parts": diagnosed(k.Sign(), places=PARTS, scattered=True),
    "in many parts": diagnosed(k.Sign(), places=tuple((number,) for number in range(5))),
    "in joined parts": diagnosed(k.Reversed(0), places=((":", 0),)),
    "in an argument": replace(diagnosed(k.Sign(), places=(("argument", "0"),)), arguments=X),
    "in two arguments": replace(
        diagnosed(k.Sign(), places=(("argument", "0"), ("argument", "1"))), arguments=PAIR
    ),
    "in some arguments": replace(
        diagnosed(k.Sign(), places=(("argument", "0"), ("argument", "1")), scattered=True),
        arguments=PAIR,
    ),
    "in one kind of case": diagnosed(k.Sign(), kind=AT_ZERO),
    "in some of one kind of case": diagnosed(k.Sign(), kind=replace(AT_ZERO, passing=4)),
    "some cases fail in other ways": diagnosed(k.Sign(), partial=True),
}


def kind(trait_id, name="x", detail="", passing=0, **more):
    return diagnosed(k.KindOfCase(k.Trait(trait_id, name, detail), passing), **more)


KINDS: Mapping[str, Scene] = {
    **{
        trait_id: kind(trait_id)
        for trait_id in (
            "non-contiguous",
            "contiguous argument",
            "empty",
            "not floating",
            "with grad",
            "only float64",
            "size 1",
            "one element",
            "several elements",
            "square",
            "not square",
            "more columns than rows",
            "more rows than columns",
            "no items",
            "one item",
            "several items",
            "negative number",
            "zero",
            "one",
            "above 1",
            "positive number",
            "fraction",
            "infinite values",
            "negative numbers",
            "positive numbers",
            "large positive",
            "large negative",
            "large values",
            "with zeros",
            "fractions",
            "constant column",
            "ties",
        )
    },
    **{
        f"{trait_id}, {detail}": kind(trait_id, detail=detail)
        for trait_id, detail in (
            ("dims", "3"),
            ("other dims", "2"),
            ("fewer dims", "2"),
            ("more dims", "2"),
            ("size 0", "0"),
            ("size 1", "0"),
            ("size above 1", "1"),
            ("one choice", "'sum'"),
            ("different dims", "y"),
            ("different shapes", "y"),
            ("different lengths", "y"),
            ("different widths", "y"),
        )
    },
    "non-contiguous, any argument": kind("non-contiguous", name=""),
    "empty, any argument": kind("empty", name=""),
    "with grad, any argument": kind("with grad", name=""),
    "negative argument": kind("negative argument", name=""),
    "some pass": kind("empty", passing=3),
    "some cases fail in other ways": kind("empty", partial=True),
    "some cases fail in other ways, some pass": kind("empty", partial=True, passing=3),
}


# ---------------------------------------------------------------- which hint wins

HINTED = diagnosed(k.Transposed(None), values([1, 2], [1, 3], (1,)))
WEAK = diagnosed(k.OnlyParts(), values([1, 2], [1, 3], (1,)), places=ONE_PLACE)
CHOICES: Mapping[str, Scene] = {
    "a diagnosis before ours": replace(
        diagnosed(k.Sign(), m.ArgumentNotChanged(0, result([1, 2]))), arguments=X
    ),
    "a diagnosis before the author's for the check": replace(
        HINTED, hints={"values": "The mean is over rows."}
    ),
    "the author's for the diagnosis": replace(
        HINTED, hints={"values": "The mean is over rows.", "transposed": "Rows are samples."}
    ),
    "the author's for the check before a weak diagnosis": replace(
        WEAK, hints={"values": "The mean is over rows."}
    ),
    "a weak diagnosis before none": WEAK,
}


# ---------------------------------------------------------------- exceptions

EXCEPTIONS = (
    ("RuntimeError", "view size is not compatible with input tensor's size and stride"),
    ("RuntimeError", "shape '[4]' is invalid for input of size 6"),
    (
        "RuntimeError",
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
    ),
    (
        "RuntimeError",
        "The expanded size of the tensor (3) must match the existing size (2) at non-singleton"
        " dimension 0.  Target sizes: [3, 3].  Tensor sizes: [2, 3]",
    ),
    ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"),
    ("RuntimeError", "stack expects a non-empty TensorList"),
    (
        "RuntimeError",
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length of"
        " the desired ordering of dimensions i.e. input.dim() = 3 is not equal to len(dims) = 2",
    ),
    (
        "TypeError",
        "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to"
        " host memory first.",
    ),
    (
        "RuntimeError",
        "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 2 for"
        " tensor number 1 in the list.",
    ),
    ("IndexError", "index 5 is out of bounds for dimension 0 with size 2"),
    ("AcceleratorError", "CUDA error: device-side assert triggered"),
    ("IndexError", "list index out of range"),
    ("IndexError", "Dimension out of range (expected to be in range of [-2, 1], but got 3)"),
    ("TypeError", "iteration over a 0-d tensor"),
    ("IndexError", "tensors used as indices must be long, int, byte or bool tensors"),
    ("ValueError", "not enough values to unpack (expected 3, got 2)"),
    ("RuntimeError", "expected m1 and m2 to have the same dtype, but got: float != double"),
    (
        "RuntimeError",
        "mean(): could not infer output dtype. Input dtype must be either a floating point or"
        " complex dtype. Got: Long",
    ),
    ("NotImplementedError", "\"softmax_lastdim_kernel_impl\" not implemented for 'Long'"),
    ("RuntimeError", "result type Float can't be cast to the desired output type Long"),
    ("RuntimeError", "Only Tensors of floating point and complex dtype can require gradients"),
    (
        "RuntimeError",
        "a leaf Variable that requires grad is being used in an in-place operation.",
    ),
    (
        "RuntimeError",
        "one of the variables needed for gradient computation has been modified by an inplace"
        " operation: [torch.FloatTensor [3]], which is output 0 of Exp, is at version 1;"
        " expected version 0 instead.",
    ),
    (
        "RuntimeError",
        "Trying to backward through the graph a second time (or directly access saved tensors"
        " after they have already been freed).",
    ),
    ("RuntimeError", "grad can be implicitly created only for scalar outputs"),
    (
        "RuntimeError",
        "element 0 of tensors does not require grad and does not have a grad_fn",
    ),
    (
        "RuntimeError",
        "The differentiated Tensor at index 0 appears to not have been used in the graph.",
    ),
    ("RuntimeError", "Can't call numpy() on Tensor that requires grad."),
    ("RuntimeError", "a Tensor with 6 elements cannot be converted to Scalar"),
    ("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous"),
    ("TypeError", "sqrt(): argument 'input' (position 1) must be Tensor, not float"),
    ("AttributeError", "'Tensor' object has no attribute 'astype'"),
    ("AttributeError", "'Tensor' object has no attribute 'copy'"),
    ("AttributeError", "'NoneType' object has no attribute 'shape'"),
    ("NameError", "name 'F' is not defined"),
    ("NameError", "name 'result' is not defined"),
    (
        "UnboundLocalError",
        "cannot access local variable 'y' where it is not associated with a value",
    ),
    ("ModuleNotFoundError", "No module named 'sklearn'"),
    ("RecursionError", "maximum recursion depth exceeded"),
    ("EOFError", "EOF when reading a line"),
)


UNEQUAL = "The size of tensor a (3) must match the size of tensor b (2)"


def explained() -> Iterator[tuple[str, Scene]]:
    for name, text in EXCEPTIONS:
        yield f"{name}: {text}"[:60], loads(m.Raised(error(name, text, *HERE)))
    for what, line in {"a quotient": 11, "a product": 14}.items():
        yield f"sizes of {what}", loads(m.Raised(error("RuntimeError", UNEQUAL, "hw.py", line)))


# ---------------------------------------------------------------- the file as a whole

PROBLEMS: Mapping[str, LoadProblem] = {
    "no Python": LoadProblem(
        "syntax", "hw.py", 3, "def center(x)", error("SyntaxError", "expected ':' (hw.py, line 3)")
    ),
    "no Python, no line": LoadProblem(
        "syntax",
        "hw.py",
        0,
        "",
        error("SyntaxError", "source code string cannot contain null bytes"),
    ),
    "an exception": LoadProblem(
        "raised",
        "hw.py",
        2,
        "import sklearn",
        error("ModuleNotFoundError", "No module named 'sklearn'"),
    ),
    "an exception without a text": LoadProblem(
        "raised", "hw.ipynb cell 3", 2, "assert total == 6", error("AssertionError", "")
    ),
    "redefined": LoadProblem("redefined", "hw.py", 12, detail="center"),
    "text direction": LoadProblem("text direction", "hw.py", 12, detail="U+202E"),
    "cell magic": LoadProblem("cell magic", "hw.ipynb cell 3", 1, detail="%%time"),
    "cell skipped": LoadProblem("cell skipped", "hw.ipynb cell 3", 1, detail="%%bash"),
    "line magic": LoadProblem("line magic", "hw.ipynb cell 3", 1, detail="%matplotlib inline"),
    "shell command": LoadProblem("shell command", "hw.ipynb cell 3", 1, detail="!pip install x"),
    "help request": LoadProblem("help request", "hw.ipynb cell 3", 1, detail="torch.sum?"),
    "automatic call": LoadProblem("automatic call", "hw.ipynb cell 3", 1, detail="/center x"),
}
