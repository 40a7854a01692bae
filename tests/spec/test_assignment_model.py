"""What an assignment that has been read says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graders.spec import (
    CHECKS,
    DEFAULT_CHECKS,
    Expression,
    ListArgument,
    NestedListArgument,
    Range,
    SameAs,
    Sizes,
    TensorArgument,
    Text,
    load_assignment,
    missing_functions,
)

SMALLEST = """
    title: T
    questions:
      f:
        arguments:
          x: {tensor: [n]}
"""


def test_smallest_assignment_has_sensible_defaults(load):
    assignment = load(SMALLEST)
    question = assignment.questions["f"]
    assert str(assignment.title) == "T"
    assert (assignment.name, assignment.seed, assignment.max_points) == ("hw", 0, 1)
    assert question.active_checks == DEFAULT_CHECKS
    assert (question.cases, question.devices) == (100, ("cpu", "accelerator", "cuda"))
    assert (question.rtol, question.atol, question.prompt) == (None, None, None)
    assert question.dimensions == {"n": Sizes((1, 2, 3, 4, 5))}
    assert question.limits.model_dump() == {
        "seconds": 1,
        "total_seconds": 10,
        "wall_seconds": None,
        "memory": 1024,
        "output": 8,
        "result": 64,
        "scratch": 64,
        "threads": 1,
    }


def test_default_tensor(load_question):
    x = load_question("arguments: {x: {tensor: [n]}}").arguments["x"]
    assert isinstance(x, TensorArgument)
    assert x.shapes[0].sizes({"n": 3}) == (3,)
    assert x.dtype == ("float32", "float64")
    assert x.layouts == ("contiguous", "transposed", "strided", "offset")
    assert (x.range, x.below, x.linear_in, x.special) == (None, None, None, ())
    assert x.requires_grad == "false"
    flags = (x.whole, x.positive, x.non_zero, x.sorted, x.unique, x.far, x.large, x.normal)
    assert not any((*flags, x.constant_columns))


def test_every_option_of_a_tensor(load_question):
    question = load_question("""
        arguments:
          x: {tensor: [n, 2]}
          y:
            tensor: [a, ..., b * 2 + n]
            dims: 2..3
            sizes: [1, 3]
            dtype: same as x
            range: -n..1.5
            whole: true
            positive: true
            non-zero: true
            sorted: true
            unique: true
            constant columns: true
            special: [nan, .inf, -inf, 0]
            requires grad: either
            layouts: [strided]
        dimensions: {b: 1..2}
    """)
    y = question.arguments["y"]
    assert y.shapes[0].rest
    assert y.shapes[0].sizes({"a": 3, "b": 2, "n": 1}, (7,)) == (3, 7, 5)
    assert str(y.shapes[0]) == "[a, ..., b * 2 + n]"
    assert y.rest_dims(y.shapes[0]) == (0, 1)
    assert (y.dims, y.sizes) == (Sizes((2, 3)), Sizes((1, 3)))
    assert y.dtype == SameAs("x")
    assert y.range == Range(Expression("-n"), 1.5)
    assert all((y.whole, y.positive, y.non_zero, y.sorted, y.unique, y.constant_columns))
    assert str(y.special) == "(nan, inf, -inf, 0.0)"
    assert (y.requires_grad, y.layouts) == ("either", ("strided",))
    assert question.rest() is y
    assert list(question.dimensions) == ["n", "a", "b"]


def test_every_kind_of_argument(load_question):
    question = load_question("""
        arguments:
          a: {array: [n], dtype: int64}
          b: {like: a}
          c: {integer: 0..a.dims}
          d: {float: 0..1}
          e: {number: [integer, boolean], range: 0..3}
          f: {size: n}
          g: {boolean: any}
          h: {seed: any}
          i: {string: [mean, sum]}
          j: {choice: [1, none, false, 2.5]}
          k: {shape: 0..2, sizes: 1..3}
          l: {nested list: [...], of: mixed, dims: 1..2}
          m: {list: {tensor: {either: [[n, 1], [n]]}}, length: 2, one shape: false}
          o: {torch dtype: float32}
          p: {tensor: [n, 2], normal: true}
          q: {tensor: [n, 1], linear in: p, noise: 0.5}
          r: {tensor: [n], dtype: int64, below: n + 1}
    """)
    kinds = [argument.kind for argument in question.arguments.values()]
    assert kinds == [
        "array",
        "like",
        "integer",
        "float",
        "number",
        "size",
        "boolean",
        "seed",
        "string",
        "choice",
        "shape",
        "nested list",
        "list",
        "torch dtype",
        "tensor",
        "tensor",
        "tensor",
    ]
    arguments = question.arguments
    assert arguments["c"].range.bounds({"a.dims": 1}) == (0, 1)
    assert arguments["e"].kinds == ("integer", "boolean")
    assert arguments["j"].choices == (1, "none", False, 2.5)
    assert (arguments["k"].dims, arguments["k"].sizes) == (Sizes((0, 1, 2)), Sizes((1, 2, 3)))
    assert isinstance(arguments["l"], NestedListArgument)
    assert arguments["l"].of == ("mixed",)
    assert isinstance(arguments["m"], ListArgument)
    assert [str(shape) for shape in arguments["m"].items.shapes] == ["[n, 1]", "[n]"]
    assert not arguments["m"].one_shape
    assert arguments["o"].dtypes == ("float32",)
    assert (arguments["q"].linear_in, arguments["q"].noise) == ("p", 0.5)
    assert list(question.shaped()) == ["a", "l", "m", "p", "q", "r"]


def test_every_key_of_a_question(load):
    assignment = load("""
        title: {zh: 题, en: T}
        reference: answers/right.py
        seed: 3
        limits: {seconds: 2, memory: 512}
        questions:
          f:
            points: {values: 2, contiguous: 0.5}
            prompt: Do it.
            arguments: {x: {tensor: [n]}, y: {tensor: [m]}}
            dimensions: {n: 0}
            examples: [{x: [], y: [1]}]
            checks: [contiguous, values]
            skip: [dtype]
            rtol: 0.001
            atol: 0
            cases: 50
            devices: [cpu]
            hints: {contiguous: C, transposed: {zh: 转置}, property: P, property p: Q}
            limits: {seconds: 0.5}
            forbid: [loops, torch.einsum]
            constant operations in: [n]
            properties: [p]
          g: {arguments: {}}
    """)
    question = assignment.questions["f"]
    assert assignment.title.in_language("zh") == "题"
    assert (assignment.seed, assignment.max_points) == (3, 3.5)
    assert question.points == {"values": 2, "contiguous": 0.5}
    assert question.active_checks == (*(c for c in DEFAULT_CHECKS if c != "dtype"), "contiguous")
    assert question.examples == ({"x": [], "y": [1]},)
    assert (question.rtol, question.atol, question.cases) == (0.001, 0, 50)
    assert question.hints["transposed"].in_language("en") == "转置"
    assert (question.limits.seconds, question.limits.memory) == (0.5, 512)
    assert assignment.questions["g"].limits.seconds == 2
    assert question.forbid == ("loops", "torch.einsum")
    assert question.constant_operations_in == ("n",)
    assert question.properties == ("p",)
    assert assignment.reference_path == assignment.path.parent / "answers/right.py"
    assert assignment.properties_path == assignment.path.with_name("hw_properties.py")


def test_reference_lies_beside_the_assignments_folder_by_default(tmp_path):
    folder = tmp_path / "assignments"
    folder.mkdir()
    path = folder / "hw7.yaml"
    path.write_text("title: T\nquestions: {f: {arguments: {}}}\n")
    reference = load_assignment(path).reference_path
    assert reference.resolve() == tmp_path.resolve() / "reference" / "hw7.py"


def test_missing_functions(load):
    assignment = load(SMALLEST)
    assert missing_functions(assignment, {"g", "h"}) == ["f"]
    assert missing_functions(assignment, {"f", "h"}) == []


@pytest.mark.parametrize(
    ("languages", "wanted", "found"),
    [
        ({"en": "E", "zh": "Z"}, "zh", "Z"),
        ({"en": "E", "zh": "Z"}, "de", "E"),
        ({"zh": "Z", "fr": "F"}, "de", "Z"),
        ("E", "zh", "E"),
    ],
)
def test_text_falls_back(languages, wanted, found):
    assert Text.read(languages).in_language(wanted) == found


def test_folded_chinese_has_no_gaps(load_question):
    question = load_question("""
        prompt:
          zh: >-
            先抽取标准
            正态，
            再返回 `x`
            的和。
        arguments: {}
    """)
    assert question.prompt.in_language("zh") == "先抽取标准正态，再返回 `x` 的和。"


def test_checks_are_ordered_however_they_are_listed(load_question):
    question = load_question(
        "arguments: {}\nchecks: [requires grad, shares memory, values]\nskip: [type]"
    )
    order = [CHECKS.index(check) for check in question.active_checks]
    assert order == sorted(order)


def test_assignments_can_be_written_as_json(load):
    assert json.loads(load(SMALLEST).model_dump_json())["questions"]["f"]["cases"] == 100


def test_reading_needs_neither_torch_nor_numpy_nor_hypothesis():
    code = "import sys, graders.spec; print({'torch', 'numpy', 'hypothesis'} & sys.modules.keys())"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout == "set()\n"
