"""Submissions with the same mistake are told from those with another one."""

import pytest

from graders.gradebook.sheets import cluster_id
from graders.worker.trees import find_trees

QUESTIONS = """
    mean:
        arguments: {x: {tensor: [rows, columns], dtype: float64}}
        dimensions: {rows: 2..5}
        cases: 20
    double: {arguments: {x: {tensor: [n]}}, cases: 20, limits: {seconds: 0.3, total seconds: 1}}
"""
REFERENCE = """
    def mean(x): return x.mean(dim=0)
    def double(x): return 2 * x
"""
MISTAKES = {
    "other axis": ["x.mean(dim=1)", "x.sum(1) / x.shape[1]", "x.T.flip(0).mean(0)"],
    "undiagnosed": ["(x * x).mean(0) + 0.3 * x[0]", "0.3 * x[0] + x.pow(2).sum(0) / len(x)"],
    "undiagnosed, otherwise": ["(x * x).mean(0) + 0.4 * x[0]"],
    "raises": ["x.nowhere(0)", "x.nowhere(dim=0)"],
    "raises otherwise": ["x.mean(0).reshape(100, 3)"],
    "random": ["x.mean(0) + torch.rand(1)", "x.mean(0) + 1 + torch.rand(1)"],
    "nothing": ["None", "print()"],
}


@pytest.fixture
def graded(course, grade):
    grader = course(QUESTIONS, REFERENCE)

    def graded(body, name="mean"):
        report = grade(grader, f"def {name}(x):\n    {body}\n", name)
        return report.questions[0]

    return graded


@pytest.mark.slow
def test_the_same_mistake_has_one_name_and_others_have_others(graded):
    names = {
        kind: {cluster_id(graded(f"return {each}")) for each in ways}
        for kind, ways in MISTAKES.items()
    }
    assert [kind for kind, found in names.items() if len(found) != 1] == []
    assert len(set.union(*names.values())) == len(names)
    assert all(name.startswith("mean-") for found in names.values() for name in found)


def test_a_right_answer_makes_no_mistake(graded):
    assert cluster_id(graded("return x.mean(0)")) == ""


def test_how_fast_the_machine_is_does_not_count(graded):
    slow = ["while True: pass", "if len(x) > 2:\n        while True: pass\n    return 2 * x"]
    assert len({cluster_id(graded(each, "double")) for each in slow}) == 1


def test_answers_are_compared_bit_for_bit(graded):
    def answers(body):
        (check,) = graded(body).failed
        return check.fingerprint.answers

    first = answers("return x.mean(dim=1)")
    assert first == answers("y = x.T\n    return y.mean(dim=0)")
    assert first != answers("return x.mean(dim=1) * (1 + 1e-15)")
    assert answers("return None") == ""


# ---------------------------------------------------------------- how functions are written

WRITTEN = '''
import torch

def half(z):
    return z / 2

def f(x, y):
    """What it does."""
    total = torch.sum(x)  # of all
    for step in range(3):
        total = total + half(y)
    return total
'''
RENAMED = """
import torch as t

def f(first: t.Tensor, second) -> t.Tensor:
    result = t.sum(first)
    for k in range(3):
        result = result + aside(second)
    return result

def aside(v): return v / 2
"""


def tree(text):
    return find_trees([("hw.py", text)], ["f"])


def test_names_comments_and_annotations_do_not_count():
    assert tree(WRITTEN) == tree(RENAMED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("range(3)", "range(4)"),
        ("/ 2", "/ 3"),
        ("aside(second)", "aside(first)"),
        ("t.sum", "t.mean"),
        ("(first: t.Tensor, second)", "(second, first)"),
    ],
)
def test_everything_else_counts(old, new):
    assert tree(RENAMED) != tree(RENAMED.replace(old, new))


def test_what_cannot_be_read_has_no_tree():
    assert tree("def f(x:\n") == {}
    assert tree("x = 1") == {}
    assert tree(f"def f(x): return {'-' * 2000}x") == {}
