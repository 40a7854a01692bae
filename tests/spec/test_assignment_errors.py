"""What is said about an assignment that is wrong: place, value, expectation, near name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.errors import AssignmentError
from graders.spec import load_assignment
from graders.spec.loading import _problem
from graders.spec.problems import Problem
from graders.spec.vocabulary import CHECKS, DEFAULT_CHECKS

ASSIGNMENTS = Path(__file__).parents[2] / "assignments"
KEYS = (
    "points, prompt, arguments, dimensions, examples, checks, skip, changes, rtol, atol, cancels, "
    "cases, devices, hints, limits, forbid, constant operations in, properties, "
    "equivalent mutants, visibility, notes"
)


def test_unknown_key_names_the_nearest_one(refused):
    message, hint = refused("""\
        title: T
        questions:
          distances:
            point: 4
            arguments: {}
    """)
    assert message == f"hw.yaml:4: questions.distances.point: unknown key; known keys: {KEYS}"
    assert hint == "there is a key with a similar name: points"


def test_all_mistakes_come_at_once_in_the_order_of_the_file(refused):
    message, hint = refused("""\
        titel: T
        questions:
          f: {arguments: {x: {tensor: n}}}
          g:
            cases: 5
            arguments: {}
            checks: [shape, value]
    """)
    lines = message.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("hw.yaml:1: titel: unknown key;")
    assert hint == "there is a key with a similar name: title"
    message, hint = refused("""\
        title: T
        questions:
          g:
            cases: 5
            arguments: {}
            checks: [shape, value]
          f: {arguments: {x: {tensor: n}}}
    """)
    assert message.splitlines() == [
        "hw.yaml:4: questions.g.cases: found 5; expected a whole number from 10 to 1000",
        "hw.yaml:6: questions.g.checks[1]: unknown check 'value'; known checks: "
        f"{', '.join(CHECKS)} (there is a check with a similar name: values)",
        "hw.yaml:7: questions.f.arguments.x.tensor: found the text 'n'; expected a list of sizes "
        "such as [rows, columns]",
    ]
    assert hint is None


def test_what_pydantic_alone_refuses_is_said_in_our_words():
    detail = {"loc": ("questions", "f"), "input": 3, "type": "x", "msg": "Input should be y"}
    assert _problem(detail) == Problem(("questions", "f"), "found 3, which does not fit here")


def test_long_lists_of_mistakes_are_cut(refused):
    questions = "".join(f"  f{n}: {{arguments: {{}}, cases: 1}}\n" for n in range(30))
    lines = refused(f"title: T\nquestions:\n{questions}")[0].splitlines()
    assert len(lines) == 21
    assert lines[-1] == "hw.yaml: and 10 more"


WHOLE_FILE = [
    ("[1]", ":1: found a list; expected a mapping; known keys: title, reference, seed, limits, q"),
    ("title: T", ":1: the key `questions` is missing"),
    ("title: 5\nquestions: {f: {arguments: {}}}", ":1: title: found 5; expected a text, or texts"),
    ("title: ''\nquestions: {f: {arguments: {}}}", ":1: title: found the text ''; expected a te"),
    ("title: {EN: T}\nquestions: {f: {arguments: {}}}", ":1: title.EN: found the text 'EN'; exp"),
    ("title: {en: 3}\nquestions: {f: {arguments: {}}}", ":1: title.en: found 3; expected a text"),
    ("title: T\nquestions: {}", ":2: questions: found an empty mapping; expected at least one of"),
    ("title: T\nquestions: [f]", ":2: questions: found a list; expected questions by name"),
    ("title: T\nquestions:", ":2: questions: found nothing; expected questions by name"),
    ("title: T\nquestions:\n  f:", ":3: questions.f: found nothing; expected a mapping; known"),
    ("title: T\nquestions:\n  f: {}", ":3: questions.f: the key `arguments` is missing"),
    ("title: T\nquestions:\n  my-f: {}", ":3: questions.my-f: found the text 'my-f'; expected a"),
    ("title: T\nquestions:\n  class: {}", ":3: questions.class: found the text 'class'; expected"),
    ("title: T\nquestions:\n  f: {}\n  f: {}", ":4: questions.f: the key occurs twice, first on"),
    ("title: T\nseed: -1\nquestions: {f: {arguments: {}}}", ":2: seed: found -1; expected a who"),
    ("title: T\nreference: 3\nquestions: {f: {arguments: {}}}", ":2: reference: found 3; expec"),
    ("title: T\nreference: a\nquestions: {f: {arguments: {}}}", ":2: reference: found the text "),
    ("title: T\nsealed: 3\nquestions: {f: {arguments: {}}}", ":2: sealed: found 3; expected the"),
    ("title: T\nnotes: 3\nquestions: {f: {arguments: {}}}", ":2: notes: found 3; expected a text"),
    (
        "title: T\nsealed: s\nreference: a.py\nquestions: {f: {arguments: {}}}",
        ":2: sealed: there is also a `reference`; expected one of the two",
    ),
    ("title: T\nlimits: {second: 1}\nquestions: {f: {arguments: {}}}", ":2: limits.second: unkn"),
    ("title: T\nlimits: {memory: 1}\nquestions: {f: {arguments: {}}}", ":2: limits.memory: found"),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE_FILE)
def test_whole_file(refused, text, expected):
    assert refused(text)[0].startswith(f"hw.yaml{expected}")


# Line 4 is the first line of the question.
QUESTION = [
    ("arguments: [x]", "4: questions.f.arguments: found a list; expected arguments by name"),
    ("arguments: {1x: {tensor: []}}", "4: questions.f.arguments.1x: found the text '1x'; expec"),
    ("arguments: {x: tensor}", "4: questions.f.arguments.x: found the text 'tensor'; expected a"),
    ("arguments: {x: {}}", "4: questions.f.arguments.x: the kind of argument is missing; expect"),
    ("arguments: {x: {tensors: []}}", "4: questions.f.arguments.x: the kind of argument is miss"),
    ("arguments: {x: {size: n, tensor: [n]}}", "4: questions.f.arguments.x: found the keys ten"),
    ("arguments: {x: {tensor: [n], dtypes: bool}}", "4: questions.f.arguments.x.dtypes: unknown"),
    ("arguments: {x: {integer: 0..2, dtype: bool}}", "4: questions.f.arguments.x.dtype: unknown"),
    ("arguments: {x: {list: {like: y}}}", "4: questions.f.arguments.x.list: the kind of argumen"),
    ("arguments: {x: {list: {tensor: [n], dim: 1}}}", "4: questions.f.arguments.x.list.dim: un"),
    ("points: 0\narguments: {}", "4: questions.f.points: found 0; expected a number above 0"),
    ("points: .nan\narguments: {}", "4: questions.f.points: found nan; expected a number above"),
    ("points: true\narguments: {}", "4: questions.f.points: found true; expected a number above"),
    ("points: {}\narguments: {}", "4: questions.f.points: found an empty mapping; expected poin"),
    ("points:\n  value: 1\narguments: {}", "5: questions.f.points.value: unknown check 'value'"),
    ("points: {values: -1}\narguments: {}", "4: questions.f.points.values: found -1; expected a"),
    ("prompt: [a]\narguments: {}", "4: questions.f.prompt: found a list; expected a text, or te"),
    ("checks: values\narguments: {}", "4: questions.f.checks: found the text 'values'; expected"),
    ("checks: [3]\narguments: {}", "4: questions.f.checks[0]: found 3; expected a check; known"),
    ("checks: [type, type]\narguments: {}", "4: questions.f.checks[1]: found the text 'type' tw"),
    ("skip: [contiguous]\narguments: {}", "4: questions.f.skip[0]: unknown default check 'conti"),
    ("rtol: -1\narguments: {}", "4: questions.f.rtol: found -1; expected a number from 0, at mo"),
    ("atol: '1'\narguments: {}", "4: questions.f.atol: found the text '1'; expected a number fr"),
    ("devices: [gpu]\narguments: {}", "4: questions.f.devices[0]: unknown device 'gpu'; known d"),
    ("devices: []\narguments: {}", "4: questions.f.devices: found an empty list; expected a lis"),
    ("hints: {Shape: x}\narguments: {}", "4: questions.f.hints.Shape: found the text 'Shape'; e"),
    ("hints: {shape: []}\narguments: {}", "4: questions.f.hints.shape: found an empty list; exp"),
    ("hints: x\narguments: {}", "4: questions.f.hints: found the text 'x'; expected texts by ch"),
    ("forbid: [matrix product]\narguments: {}", "4: questions.f.forbid[0]: unknown group of cal"),
    ("forbid: [a-b]\narguments: {}", "4: questions.f.forbid[0]: found the text 'a-b'; expected"),
    ("forbid: [2]\narguments: {}", "4: questions.f.forbid[0]: found 2; expected a group of call"),
    ("properties: [a b]\narguments: {}", "4: questions.f.properties[0]: found the text 'a b'; e"),
    ("constant operations in: n\narguments: {}", "4: questions.f.constant operations in: found"),
    ("examples: {x: 1}\narguments: {}", "4: questions.f.examples: found a mapping; expected a l"),
    ("examples: [1]\narguments: {}", "4: questions.f.examples[0]: found 1; expected a mapping of"),
    ("dimensions: [n]\narguments: {}", "4: questions.f.dimensions: found a list; expected range"),
    ("dimensions: {1: 2}\narguments: {}", "4: questions.f.dimensions.1: found the text '1'; exp"),
    ("visibility: none\narguments: {}", "4: questions.f.visibility: unknown visibility 'none'"),
    ("visibility: {}\narguments: {}", "4: questions.f.visibility: found an empty mapping; expec"),
    ("visibility: {values: 1}\narguments: {}", "4: questions.f.visibility.values: found 1; expec"),
    ("visibility: {value: hidden}\narguments: {}", "4: questions.f.visibility.value: this check"),
    ("visibility: {forbidden: hidden}\narguments: {}", "4: questions.f.visibility.forbidden: thi"),
    (
        f"visibility: {{{': hidden, '.join(DEFAULT_CHECKS)}: hidden}}\narguments: {{}}",
        "4: questions.f.visibility: every check is hidden",
    ),
    (
        "visibility: {values: hidden}\npoints: {values: 2}\narguments: {}",
        "4: questions.f.visibility: all points are for hidden checks; expected some for a visible",
    ),
    ("notes: []\narguments: {}", "4: questions.f.notes: found an empty list; expected a text"),
    ("limits: {seconds: 0}\narguments: {}", "4: questions.f.limits.seconds: found 0; expected a"),
]


@pytest.mark.parametrize(("text", "expected"), QUESTION)
def test_question(refused_question, text, expected):
    assert refused_question(text)[0].startswith(f"hw.yaml:{expected}")


ARGUMENT = [
    ("{tensor: [n, ..., ...]}", "tensor: `...` occurs twice; expected at most once"),
    ("{tensor: [1, 1, 1, 1, 1, 1, 1, 1, 1]}", "tensor: found 9 sizes; expected at most 8"),
    ("{tensor: [n, n ** 2]}", "tensor[1]: found the text 'n ** 2'; expected whole numbers, names"),
    ("{tensor: [-1]}", "tensor[0]: found -1; expected a size of at least 0"),
    ("{tensor: {or: []}}", "tensor: expected a list of sizes, or {either: [...]}"),
    ("{tensor: {either: [[n]]}}", "tensor.either: expected at least two shapes"),
    ("{tensor: {either: [[n], [...]]}}", "tensor.either[1]: `...` cannot stand in one of severa"),
    ("{tensor: {either: [[n], 2]}}", "tensor.either[1]: found 2; expected a list of sizes such"),
    ("{tensor: [n], dtype: float}", "dtype: unknown dtype 'float'; known dtypes: float16, bfloa"),
    ("{tensor: [n], dtype: []}", "dtype: found an empty list; expected a list of dtypes"),
    ("{tensor: [n], dtype: [bool, x]}", "dtype[1]: unknown dtype 'x'; known dtypes: float16, b"),
    ("{tensor: [n], whole: 1}", "whole: found 1; expected true or false"),
    ("{tensor: [n], whole: yes}", "whole: found the text 'yes'; expected true or false"),
    ("{tensor: [n], special: [x]}", "special[0]: found the text 'x'; expected nan, inf, -inf or"),
    ("{tensor: [n], requires grad: maybe}", "requires grad: unknown value 'maybe'; known values"),
    ("{tensor: [n], layouts: [dense]}", "layouts[0]: unknown layout 'dense'; known layouts: con"),
    ("{tensor: [n], range: high}", ": the size `high` is not defined; expected it alone in a sh"),
    ("{tensor: [n], range: [1, 2]}", "range: found a list; expected a range such as 1..5, or a"),
    ("{tensor: [n], range: 5..2}", "range: the range 5..2 is empty: 5 is greater than 2"),
    ("{tensor: [n], range: 3..n}", "range: the range 3..n is empty when n is 1: 3 is greater th"),
    ("{tensor: [n], range: 0..5 // (n - 1)}", "range: this divides by 0 when n is 1"),
    ("{tensor: [n - 2, n]}", "tensor: `n - 2` is -1 when n is 1; expected at least 0"),
    ("{tensor: [n, 6 % (n - 2)]}", "tensor: this divides by 0 when n is 2"),
    ("{tensor: [n * width, n]}", ": the size `width` is not defined; expected it alone in a sha"),
    ("{tensor: [n], dims: 1..2}", "dims: the shape has no `...`"),
    ("{tensor: [n, ...], dims: 0}", ": too many sizes beside `...`: 1; dims allow 0"),
    ("{tensor: [n], below: 0}", "below: found 0; expected at least 1"),
    ("{tensor: [n], below: n - 1}", "below: `n - 1` is 0 when n is 1; expected at least 1"),
    ("{tensor: [n], below: 1, positive: true}", "below: found 1; expected at least 2"),
    ("{tensor: [n], positive: true, range: -3..-1}", "range: no number in -3..-1 is positive"),
    ("{tensor: [n], non-zero: true, range: 0}", "range: no number in 0 is other than 0"),
    ("{tensor: [n], whole: true, range: 0.2..0.8}", "range: no number in 0.2..0.8 is whole"),
    ("{tensor: [n], dtype: int8, range: 0..200}", "range: int8 holds -128..127 only; found 0..2"),
    ("{tensor: [n], dtype: bool, range: 0..1}", "range: `range` needs numbers; found bool"),
    ("{tensor: [n], dtype: int64, special: [nan]}", "special: `special` needs a float dtype; fou"),
    ("{tensor: [n], range: 0..1, below: 3}", "below: `range` and `below` contradict each other"),
    ("{tensor: [n], normal: true, large: true}", "large: `normal` and `large` contradict each ot"),
    ("{tensor: [n], noise: 1}", "noise: noise counts only beside `linear in`"),
    ("{tensor: [n], unique: true, below: 3}", "unique: 4 elements cannot differ with 3 values"),
    ("{tensor: [n], dtype: int8, unique: true, range: 0..n - 2}", "range: the range 0..n - 2 is e"),
    ("{array: [n], dtype: bfloat16}", "dtype: NumPy has no bfloat16"),
    ("{array: [n], requires grad: true}", "requires grad: unknown key; known keys: array, dims,"),
    ("{tensor: [n], linear in: y}", "linear in: `y` is no earlier tensor, array or list of them"),
    ("{integer: 0..1.5}", "integer: found the text '0..1.5'; expected whole numbers as bounds"),
    ("{integer: 3..1}", "integer: the range 3..1 is empty: 3 is greater than 1"),
    ("{float: true}", "float: found true; expected a range such as 1..5, or a number"),
    ("{number: [int]}", "number[0]: unknown kind 'int'; known kinds: integer, float, boolean"),
    ("{number: integer, range: 1..0}", "range: the range 1..0 is empty: 1 is greater than 0"),
    ("{size: 3}", "size: found 3; expected the name of a size"),
    ("{size: rows}", ": the size `rows` is not defined; expected it alone in a shape, or in dime"),
    ("{boolean: true}", "boolean: unknown value 'true'; known values: any"),
    ("{string: [1]}", "string[0]: found 1; expected a text"),
    ("{choice: [[1]]}", "choice[0]: found a list; expected a number, a text, true or false"),
    ("{choice: []}", "choice: found an empty list; expected a list of values"),
    ("{shape: 3..1}", "shape: the range 3..1 is empty: 3 is greater than 1"),
    ("{nested list: [], of: integer}", ": a nested list has at least one dim"),
    ("{nested list: [n], of: integer, range: 2..1}", "range: the range 2..1 is empty: 2 is great"),
    ("{torch dtype: [float]}", "torch dtype[0]: unknown dtype 'float'; known dtypes: float16, bf"),
    ("{like: y}", "like: `y` is no earlier tensor, array or list of them; earlier ones: none"),
    ("{list: {tensor: [n], range: 2..1}}", "list.range: the range 2..1 is empty: 2 is greater th"),
    ("{list: {tensor: [n], dtype: same as y}}", "list.dtype: `y` is no earlier tensor, array or"),
    ("{list: {tensor: [n]}, length: -1}", "length: found -1; expected sizes from 0 to 10000"),
]


@pytest.mark.parametrize(("text", "expected"), ARGUMENT)
def test_argument(refused_question, text, expected):
    message, _ = refused_question(f"arguments:\n  x: {text}")
    separator = "" if expected.startswith(":") else "."
    assert message.startswith(f"hw.yaml:5: questions.f.arguments.x{separator}{expected}")


TOGETHER = [
    ("{x: {tensor: [n], dtype: same as y}, y: {tensor: [n]}}", "dtype: `y` is no earlier tensor"),
    ("{x: {integer: 0..y.dims}, y: {tensor: [n]}}", ": `y` is no earlier tensor, array or list"),
    ("{y: {tensor: [...]}, x: {integer: 0..y.dims - 1}}", "integer: the range 0..y.dims - 1 is"),
    ("{y: {tensor: [...]}, x: {tensor: [...], dims: 2}}", "dims: expected this where `...` occur"),
    ("{y: {tensor: [n]}, x: {tensor: [n, 1], linear in: y}}", "linear in: expected two dims here"),
    ("{y: {tensor: [n, 2]}, x: {tensor: [m, 1], linear in: y}}", "linear in: expected as many ro"),
    ("{y: {boolean: any}, x: {like: y}}", "like: `y` is no earlier tensor, array or list of them"),
    ("{y: {like: z}, z: {tensor: []}, x: {integer: 0..y.dims}}", "y.like: `z` is no earlier"),
]


@pytest.mark.parametrize(("text", "expected"), TOGETHER)
def test_arguments_together(refused_question, text, expected):
    message, _ = refused_question(f"arguments: {text}")
    assert expected in message.splitlines()[0]


CONTRADICTIONS = [
    ("checks: [dtype]\nskip: [dtype]", "skip[0]: `dtype` is also among the checks"),
    ("checks: [own memory, shares memory]", "checks: `shares memory` and `own memory` contradict"),
    ("points: {contiguous: 1}", "points.contiguous: this check does not apply; checks of the qu"),
    ("skip: [dtype]\nhints: {dtype: x}", "hints.dtype: this check does not apply; checks of the"),
    ("hints: {value: x}", "hints.value: unknown check"),
    ("hints: {shares-memory: x}", "hints.shares-memory: unknown check"),
    ("hints: {property: x}", "hints.property: the question has no properties"),
    ("properties: [p]\nhints: {property q: x}", "hints.property q: unknown check"),
    ("dimensions: {columns: 2}", "dimensions.columns: no argument uses this size"),
    ("constant operations in: [m]", "constant operations in[0]: no argument uses the size `m`"),
]


@pytest.mark.parametrize(("text", "expected"), CONTRADICTIONS)
def test_contradictions(refused_question, text, expected):
    message, _ = refused_question(f"arguments: {{x: {{tensor: [n]}}}}\n{text}")
    assert message.split("questions.f.")[1].startswith(expected)


HINTS = [
    ("arguments: {x: {tensor: [n], dtyp: bool}}", "there is a key with a similar name: dtype"),
    ("arguments: {x: {tensro: [n]}}", "there is a key with a similar name: tensor"),
    (
        "arguments: {rows: {tensor: [n]}, y: {tensor: [n], dtype: same as row}}",
        "there is an argument with a similar name: rows",
    ),
    (
        "arguments: {x: {tensor: [columns, colums + 1]}}",
        "there is a size with a similar name: columns",
    ),
    ("arguments: {}\nhints: {value: x}", "there is a check called values"),
    ("arguments: {}\nprompt: 5", "a text that looks like a number needs quotes"),
    ("arguments: {}\nrtoll: 1", "there is a key with a similar name: rtol"),
    ("arguments: {}\nzzz: 1", None),
]


@pytest.mark.parametrize(("text", "expected"), HINTS)
def test_hints(refused_question, text, expected):
    assert refused_question(text)[1] == expected


LINES = ASSIGNMENTS.joinpath("hw5.yaml").read_text(encoding="utf-8").splitlines()
WORDS = ["{", "]", ": 3", "~", "-1", "[1, [2]]", "{tensor: [n]}", "1..0", "same as y", "true", "'"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.integers(0, len(LINES) - 1),
    change=st.sampled_from(["drop", "twice", "cut", "indent", "end"]),
    cut=st.integers(0, 60),
    word=st.sampled_from(WORDS),
)
def test_a_spoilt_file_loads_or_is_refused_in_our_words(tmp_path, line, change, cut, word):
    lines = list(LINES)
    match change:
        case "drop":
            del lines[line]
        case "twice":
            lines.insert(line, lines[line])
        case "cut":
            lines[line] = f"{lines[line][:cut]} {word}"
        case "indent":
            lines[line] = f"  {lines[line]}"
        case "end":
            lines[line] += f" {word}"
    path = tmp_path / "hw5.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    message = error_of(path)
    assert all(part.startswith(f"{path}:") for part in message.splitlines())
    foreign = ("pydantic", "validation", "Input should", "Field required", "valid ")
    assert not any(part in message for part in foreign)


def error_of(path):
    try:
        load_assignment(path)
    except AssignmentError as error:
        return error.message
    return ""
