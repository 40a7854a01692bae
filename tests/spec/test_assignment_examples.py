"""Examples must fit the arguments, and what is said when they do not."""

import pytest

ARGUMENTS = {
    "matrix": "{x: {tensor: [n, 2], dtype: [float32, int64]}}",
    "two": "{a: {tensor: [m, k]}, b: {tensor: [k, n]}}",
    "rest": "{x: {tensor: [...], sizes: 1..2}, y: {tensor: [3, ...]}}",
    "heads": "{x: {tensor: [heads * width + extra]}, heads: {size: heads}}",
    "labels": "{y: {tensor: [n], dtype: int64, below: classes}}",
    "axis": "{x: {tensor: [...], dims: 1..2}, y: {like: x}, axis: {integer: -y.dims..y.dims - 1}}",
    "list": "{xs: {list: {tensor: [n]}, length: 0..2}}",
    "free list": "{xs: {list: {tensor: [...]}, one shape: false}, ys: {like: xs}}",
    "either": "{x: {tensor: {either: [[n, 1], [n]]}}}",
    "nested": "{x: {nested list: [n, m], of: [integer, boolean], range: 0..9}}",
    "mixed": "{x: {nested list: [n], of: mixed}}",
    "bools": "{x: {tensor: [n], dtype: bool}}",
    "whole": "{x: {tensor: [n], whole: true, positive: true}}",
    "unique": "{x: {tensor: [n], unique: true, non-zero: true}}",
    "special": "{x: {tensor: [n], special: [nan, 0], range: 1..2}}",
    "float": "{x: {float: 0..1}}",
    "number": "{x: {number: [integer, boolean]}}",
    "seed": "{x: {seed: any}}",
    "boolean": "{x: {boolean: any}}",
    "string": "{x: {string: [mean, sum]}}",
    "choice": "{x: {choice: [1, one]}}",
    "dtype": "{x: {torch dtype: [float32]}}",
    "shape": "{x: {shape: 1..2, sizes: 0..3}}",
    "size": "{x: {tensor: [n]}, n: {size: n}}",
}
DIMENSIONS = {
    "heads": "{width: 1..3, extra: 0..1}",
    "labels": "{classes: 2..5}",
}


def question(arguments, example):
    dimensions = f"\ndimensions: {DIMENSIONS[arguments]}" if arguments in DIMENSIONS else ""
    heads = ", heads: 2..4" if arguments == "heads" else ""
    dimensions = dimensions.replace("}", heads + "}")
    return f"arguments: {ARGUMENTS[arguments]}{dimensions}\nexamples:\n- {example}"


FITTING = [
    ("matrix", "{x: [[1, 2], [3, 4.5], [5, 6]]}"),
    ("two", "{a: [[1, 2, 3]], b: [[1], [2], [3]]}"),
    ("rest", "{x: [1, 2], y: [[1, 2], [3, 4], [5, 6]]}"),
    ("heads", "{x: [1, 2, 3, 4], heads: 2}"),
    ("heads", "{x: [1, 2, 3, 4], heads: 3}"),
    ("labels", "{y: [0, 4]}"),
    ("axis", "{x: [[1]], y: [[2]], axis: -2}"),
    ("list", "{xs: [[1, 2], [3, 4]]}"),
    ("list", "{xs: []}"),
    ("free list", "{xs: [[1, 2], 3], ys: [[1, 2], 3]}"),
    ("either", "{x: [[1], [2]]}"),
    ("either", "{x: [1, 2]}"),
    ("nested", "{x: [[true, false]]}"),
    ("mixed", "{x: [1, 2.5]}"),
    ("bools", "{x: [true, false]}"),
    ("whole", "{x: [1, 2.0]}"),
    ("unique", "{x: [1, 2]}"),
    ("special", "{x: [.nan, 0, 1.5]}"),
    ("float", "{x: 1}"),
    ("number", "{x: true}"),
    ("seed", "{x: 0}"),
    ("boolean", "{x: false}"),
    ("string", "{x: sum}"),
    ("choice", "{x: one}"),
    ("dtype", "{x: float32}"),
    ("shape", "{x: [0, 3]}"),
    ("size", "{x: [1, 2], n: 2}"),
]


@pytest.mark.parametrize(("arguments", "example"), FITTING)
def test_fits(load_question, arguments, example):
    assert len(load_question(question(arguments, example)).examples) == 1


REFUSED = [
    ("matrix", "{}", ": the argument `x` is missing"),
    ("matrix", "{x: [[1, 2]], y: 1}", ".y: unknown argument; arguments: x"),
    ("matrix", "{x: [[1, 2], [3]]}", ".x: the rows have different lengths"),
    ("matrix", "{x: [1, 2]}", ".x: the shape is [2]; expected [n, 2]"),
    ("matrix", "{x: [[1, 2, 3]]}", ".x: no allowed sizes make 2 equal to 3"),
    ("matrix", "{x: [[1, a]]}", ".x: found the text 'a'; expected a number, true or false"),
    ("matrix", "{x: [[1, true]]}", ".x: found a value of kind boolean; no dtype can hold it: "),
    ("matrix", "{x: []}", ".x: the shape is [0]; expected [n, 2]"),
    ("matrix", "{x: [[], []]}", ".x: no allowed sizes make 2 equal to 0"),
    ("two", "{a: [[1, 2]], b: [[1]]}", ".b: the size `k` is 1 here and 2 before"),
    ("two", "{a: [[1, 2, 3, 4, 5, 6]], b: [[1]]}", ".a: the size `k` is 6; expected 1..5"),
    ("rest", "{x: [1], y: [[1, 2], [1, 2], [1, 2]]}", ".y: `...` is [2] here and [1] before"),
    ("rest", "{x: [1, 2, 3], y: [[1]]}", ".x: a size is 3; expected 1..2"),
    ("rest", "{x: [[[[[1]]]]], y: [[1]]}", ".x: the shape is [1, 1, 1, 1, 1]; expected [...]"),
    ("heads", "{x: [1, 2, 3, 4, 5, 6], heads: 4}", ".x: no allowed sizes make heads * width + e"),
    ("heads", "{x: [1, 2], heads: 5}", ".heads: the size `heads` is 5; expected 2..4"),
    ("heads", "{x: [1, 2], heads: 2.5}", ".heads: found 2.5; expected a whole number"),
    ("labels", "{y: [0, 5]}", ".y: found 5; expected 0..4"),
    ("labels", "{y: [0, 0.5]}", ".y: found a value of kind float; no dtype can hold it: int64"),
    ("axis", "{x: [1], y: [1], axis: 1}", ".axis: found 1; expected -1..0"),
    ("axis", "{x: [1], y: [1, 2], axis: 0}", ".y: the shape differs from that of `x`"),
    ("axis", "{x: [1], y: [a], axis: 0}", ".y: found the text 'a'; expected a number, true or"),
    ("list", "{xs: [[1], [1, 2]]}", ".xs: the size `n` is 2 here and 1 before"),
    ("list", "{xs: [[1], [1], [1]]}", ".xs: found 3 items; expected 0..2"),
    ("list", "{xs: 3}", ".xs: found 3; expected a list"),
    ("free list", "{xs: [[1, 2], 3], ys: [[1, 2]]}", ".ys: the shape differs from that of `xs`"),
    ("free list", "{xs: [[1, 2], 3], ys: 3}", ".ys: the shape differs from that of `xs`"),
    ("either", "{x: [[[1]]]}", ".x: the shape is [1, 1, 1]; expected [n, 1] or [n]"),
    ("nested", "{x: [[1, true]]}", ".x: found boolean and integer; expected one of: integer, bo"),
    ("nested", "{x: [[10]]}", ".x: found 10; expected 0..9"),
    ("mixed", "{x: [true]}", ".x: found boolean; expected one of: mixed"),
    ("whole", "{x: [1.5]}", ".x: found 1.5; expected whole numbers"),
    ("whole", "{x: [0]}", ".x: found 0; expected positive values"),
    ("unique", "{x: [1, 1]}", ".x: a value occurs twice; expected different values"),
    ("unique", "{x: [1, 0]}", ".x: found 0; expected other values"),
    ("special", "{x: [3]}", ".x: found 3; expected 1..2"),
    ("float", "{x: true}", ".x: found true; expected a number"),
    ("float", "{x: 1.5}", ".x: found 1.5; expected 0..1"),
    ("float", "{x: [1]}", ".x: found a list; expected a number, true or false"),
    ("number", "{x: 1.5}", ".x: found 1.5; expected one of: integer, boolean"),
    ("seed", "{x: -1}", ".x: found -1; expected a whole number from 0"),
    ("boolean", "{x: 1}", ".x: found 1; expected true or false"),
    ("string", "{x: max}", ".x: found the text 'max'; expected one of: mean, sum"),
    ("choice", "{x: 2}", ".x: found 2; expected one of: 1, one"),
    ("dtype", "{x: int64}", ".x: found the text 'int64'; expected one of: float32"),
    ("shape", "{x: []}", ".x: found an empty list; expected a list of 1..2 sizes"),
    ("shape", "{x: [4]}", ".x: found the size 4; expected 0..3"),
    ("size", "{x: [1, 2], n: 3}", ".n: the size `n` is 3 here and 2 before"),
]


@pytest.mark.parametrize(("arguments", "example", "expected"), REFUSED)
def test_does_not_fit(refused_question, arguments, example, expected):
    message, _ = refused_question(question(arguments, example))
    assert message.split("questions.f.examples[0]")[1].startswith(expected)


def test_each_example_is_named_with_its_line(refused_question):
    message, _ = refused_question("""
        arguments: {x: {tensor: [n]}}
        examples:
          - {x: [1]}
          - {x: 1}
          - x:
              [[1]]
    """)
    assert message.splitlines() == [
        "hw.yaml:8: questions.f.examples[1].x: the shape is []; expected [n]",
        "hw.yaml:9: questions.f.examples[2].x: the shape is [1, 1]; expected [n]",
    ]
