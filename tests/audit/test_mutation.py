"""Mutants: what is changed, how that is said, and that everything else stays."""

import ast
from pathlib import Path
from textwrap import dedent, indent

import pytest

from graders.audit.mutation import mutants
from graders.spec import load_assignment

ROOT = Path(__file__).parents[2]
HEAD = "import torch\nfrom torch import Tensor\n\n\n"


def mutants_of(body, *, arguments="x, y", returns="", questions=("f",)):
    text = f"{HEAD}def f({arguments}){returns}:\n{indent(dedent(body), '    ')}\n"
    return mutants(text, "f", questions)


def changes(body, **options):
    return [mutant.change for mutant in mutants_of(body, **options)]


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ("return x.sum(dim=0)", "dim=0 -> dim=1"),
        ("return x.sum(dim=0)", "dim=0 -> dim=-1"),
        ("return x.sum(dim=-1)", "dim=-1 -> dim=0"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x.sum()"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x.mean(dim=0)"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x.prod(dim=0)"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x.amax(dim=0)"),
        ("return x.sum(dim=0)", "x.sum(dim=0) -> x.sum(dim=0, keepdim=True)"),
        ("return x.sum(0, keepdim=True)", "keepdim=True -> keepdim=False"),
        ("return x + y", "x + y -> x - y"),
        ("return x - y", "x - y -> y - x"),
        ("return x * y", "x * y -> x / y"),
        ("return x * y", "x * y -> y"),
        ("return x @ y", "x @ y -> x * y"),
        ("return x - y", "x - y -> x.sub_(y)"),
        ("return x < y", "x < y -> x <= y"),
        ("return x == y", "x == y -> x != y"),
        ("return x.clone()", "x.clone() -> x"),
        ("return x.flatten(1)", "x.flatten(1) -> x.flatten(2)"),
        ("return x.unsqueeze(0)", "x.unsqueeze(0) -> x.unsqueeze(-1)"),
        ("return torch.cat([x, y])", "[x, y] -> [y, x]"),
        ("return torch.cat([x, y])", "torch.cat([x, y]) -> torch.stack([x, y])"),
        ("return torch.where(x, y, 0)", "torch.where(x, y, 0) -> torch.where(y, x, 0)"),
        ("return torch.ones(y, device=x)", "torch.ones(y, device=x) -> torch.ones(y)"),
        ("return x.to(torch.int32)", "torch.int32 -> torch.int64"),
        ("return x.T", "x.T -> x"),
        ("return x.add_(y)", "x.add_(y) -> x.add(y)"),
        ("return x, y", "return (x, y) -> return (y, x)"),
        ("return {'a': x, 'b': y}", "{'a': x, 'b': y} -> {'a': y, 'b': x}"),
        ("return x[:y]", "x[:y] -> x[:y + 1]"),
        ("return x[:, y]", "x[:, y] -> x[y, :]"),
        ("return x[:, y]", "x[:, y] -> x[1:, y]"),
        ("return x[:, y]", "x[:, y] -> x[:, y - 1]"),
        ("return 2 * x", "2 * x -> 3 * x"),
        ("return x ** 0.5", "x ** 0.5 -> x ** 1.5"),
        ("return y if x else 1", "y if x else 1 -> 1 if x else y"),
        ("return [a for a in x if a]", "for a in x if a -> for a in x if not a"),
        ("x += y\nreturn x", "x += y -> nothing"),
        ("x += y\nreturn x", "x += y -> x -= y"),
        ("x += y\nreturn x", "x += y -> x = x + y"),
        ("x = x.abs()\nreturn x", "x = x.abs() -> nothing"),
        ("if not x:\n    raise ValueError\nreturn x", "if not x: -> if x:"),
        ("if x and y:\n    return x\nreturn y", "x and y -> x or y"),
        ("if x:\n    raise ValueError('no')\nreturn x", "raise ValueError('no') -> nothing"),
        ("if x:\n    raise ValueError()\nreturn x", "raise ValueError() -> raise RuntimeError"),
        ("with torch.no_grad():\n    x -= y", "with torch.no_grad(): -> its body alone"),
        ("for _ in range(x):\n    y += 1", "range(x) -> range(x + 1)"),
        ("for _ in range(x):\n    y += 1", "for _ in range(x): -> the first round alone"),
    ],
)  # fmt: skip
def test_small_mistakes_are_made(body, change):
    assert change in changes(body)


def test_a_result_gets_other_dtypes_where_it_is_a_tensor():
    found = changes("return x + 1", returns=" -> Tensor")
    assert "return x + 1 -> return (x + 1).double()" in found
    assert not [c for c in changes("return x + 1", returns=" -> float") if "double" in c]


@pytest.mark.parametrize(
    "body",
    [
        '"""Add 1, not 2."""\nreturn x',
        "return f'{x} 1'",
        "return x.transpose",
    ],
)
def test_texts_and_plain_names_are_left_alone(body):
    assert changes(body) == []


def test_arguments_in_place_are_tensors_only():
    assert not [c for c in changes("return x * y", arguments="x: float, y") if "mul_" in c]
    assert [c for c in changes("return x * y", arguments="x: Tensor, y") if "mul_" in c]


def test_symmetric_calls_keep_their_arguments():
    assert "x.transpose(0, 1) -> x.transpose(1, 0)" not in changes("return x.transpose(0, 1)")


def test_equal_changes_are_told_apart_by_what_is_around_them():
    found = changes("return x.sum(dim=0) / y.sum(dim=0)")
    assert "dim=0 -> dim=1" not in found
    assert "x.sum(dim=0) -> x.sum(dim=1)" in found
    assert "y.sum(dim=0) -> y.sum(dim=1)" in found


def test_changes_that_cannot_be_told_apart_are_counted():
    found = changes("y = x + x + x\ny = x + x + x\nreturn y")
    assert len(found) == len(set(found))
    assert [change for change in found if change.endswith("(2)")]


def test_a_mutant_differs_in_its_function_alone():
    text = f"{HEAD}def f(x):\n    return x + 1\n\n\n# the rest\ndef g(x):\n    return x\n"
    for mutant in mutants(text, "f", ["f", "g"]):
        assert mutant.source.startswith(HEAD)
        assert mutant.source.endswith("# the rest\ndef g(x):\n    return x\n")
        assert (mutant.function, mutant.line) == ("f", 6)


def test_decorators_stay():
    text = f"{HEAD}@torch.no_grad()\ndef f(x):\n    return x + 1\n"
    assert all("@torch.no_grad()\ndef f(x)" in m.source for m in mutants(text, "f", ["f"]))


def test_helpers_are_mutated_and_other_questions_are_not():
    text = (
        "def f(x):\n    return helper(other(x))\n\n\n"
        "def helper(x):\n    return x + 1\n\n\n"
        "def other(x):\n    return x * 2\n"
    )
    assert {mutant.function for mutant in mutants(text, "f", ["f", "other"])} == {"f", "helper"}


def test_a_function_that_is_imported_has_no_mutants():
    assert mutants("from torch import dot\n", "dot", ["dot"]) == []


@pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
def test_mutants_of_the_course_are_different_programs_with_different_names(name):
    assignment = load_assignment(ROOT / "assignments" / f"{name}.yaml")
    source = assignment.reference_path.read_text(encoding="utf-8")
    original = ast.dump(ast.parse(source))
    for question in assignment.questions:
        found = mutants(source, question, assignment.questions)
        assert found
        assert len({mutant.change for mutant in found}) == len(found)
        programs = {ast.dump(ast.parse(mutant.source)) for mutant in found}
        assert len(programs) == len(found)
        assert original not in programs


@pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
def test_declared_mutants_of_the_course_are_there(name):
    assignment = load_assignment(ROOT / "assignments" / f"{name}.yaml")
    source = assignment.reference_path.read_text(encoding="utf-8")
    for function, question in assignment.questions.items():
        made = {mutant.change for mutant in mutants(source, function, assignment.questions)}
        assert {declared.change for declared in question.equivalent_mutants} <= made
