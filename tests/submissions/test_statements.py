"""What a function needs to run, and what it may depend on."""

import ast
from textwrap import dedent

import pytest

from graders.submissions.statements import needed_by, reached_by, statements

CODE = """
import torch
import numpy as np
from torch import Tensor

SCALE = 3
table = {}
table["one"] = 1
other = []

def helper(x):
    return x * SCALE

def f(x: Tensor):
    result = [i for i in range(3)]
    return helper(x), table, result

result = slow()
for i in range(3):
    table[i] = i
torch.save(other)
torch.set_default_dtype(torch.float64)
other.append(4)

def unrelated(x):
    return np.zeros(x)
"""


def shown(found):
    return [ast.unparse(each.node).partition("\n")[0] for each in found]


def needed(text, name="f", holds=lambda _: True):
    return shown(needed_by([name], statements([dedent(text)]), holds=holds))


def reached(text, name="f"):
    return shown(reached_by([name], statements([dedent(text)])))


def test_only_what_a_function_needs_is_run():
    assert (
        needed(CODE)
        == [
            "import torch",
            "from torch import Tensor",
            "SCALE = 3",
            "table = {}",
            "table['one'] = 1",
            "def helper(x):",
            "def f(x: Tensor):",
            "for i in range(3):",
        ][1:]
    )


def test_settings_of_a_module_that_is_used_are_run():
    found = needed(CODE + "\ndef g(x):\n    return torch.ones(x)\n", "g")
    settings = "torch.set_default_dtype(torch.float64)"
    assert found == ["import torch", settings, "def g(x):"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(): return 1\ndef f(): return 2", 1),
        ("def f(): return 1\nf = lambda: 3", 1),
        ("def f(): return 1\nf = print(f)", 2),
        ("def f(): return 1\n@f\ndef f(): return 2", 2),
        ("x = 1\nx = 2\ndef f(): return x", 2),
        ("x = 1\nx += 2\ndef f(): return x", 3),
        ("x = 1\nif True:\n    x = 2\ndef f(): return x", 3),
        ("from m import *\ndef f(): return x", 2),
        ("def f(): return g()\ndef g(): return f()", 2),
        ("x: int = 1\nclass A: pass\ndef f(): return A, x", 3),
        ("with a: b\ntry:\n    f = 1\nexcept E as e:\n    f = 2", 1),
        ("def g(): global x; x = 1\ndef f(): return x", 1),
        ("match 1:\n    case [f, *rest]: pass", 1),
        ("a.b.c = 1\na()[0].d = 2\ndef f(): return a", 3),
    ],
)
def test_earlier_meanings_are_run_only_where_they_matter(text, expected):
    assert len(needed(text)) == expected


def test_a_definition_that_never_came_into_effect_is_left_out():
    text = "def f(): return 1\ndef f(): return 2"
    assert needed(text, holds=lambda each: "return 1" in ast.unparse(each.node)) == ["def f():"]


def test_decorators_belong_to_the_lines_of_a_function():
    (statement,) = statements(["@a\n@b\ndef f():\n    pass\n"])
    assert list(statement.lines) == [1, 2, 3, 4]


# ---------------------------------------------------------------- dependence


def test_what_a_function_names_and_what_runs_can_matter():
    assert reached(CODE) == [
        line
        for line in shown(statements([CODE]))
        if line not in ("import numpy as np", "def unrelated(x):")
    ]


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("def g(): pass", False),
        ("import math", False),
        ("x = 3", False),
        ("'a text that stands alone'", False),
        ("class A: pass", False),
        ("@torch.no_grad()\ndef g(): pass", False),
        ("x = call()", True),
        ("call()", True),
        ("from math import *", True),
        ("if x: pass", True),
        ("torch.y = 3", True),
        ("def mark(g): return g\n@mark\ndef g(): pass", True),
    ],
)
def test_code_beside_a_function_matters_if_it_does_anything(text, matters):
    assert (len(reached(f"{text}\ndef f(): return 1")) > 1) == matters


@pytest.mark.parametrize(
    "mention", ["g()", "globals()['g']()", "getattr(m, 'g')()", "m.g()", "[h for h in (g,)]"]
)
def test_whatever_may_name_a_helper_reaches_it(mention):
    assert reached(f"def g(): pass\ndef f(): return {mention}") == ["def g():", "def f():"]


def test_layout_and_comments_do_not_change_the_meaning_but_move_the_places():
    (one,) = statements(["def f(x):\n    return x + 1"])
    (same,) = statements(["\n\ndef f( x ):\n\n    # a comment\n    return (x\n      + 1)"])
    (other,) = statements(["def f(x):\n    return x + 2"])
    assert one.meaning == same.meaning != other.meaning
    assert one.places != same.places
    assert len(one.places) == len(same.places)
