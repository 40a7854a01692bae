"""Every question is tried by enough known submissions that are really different programs."""

import ast

import pytest
from corpus_files import corpus

FEWEST_WHEATS = 3
FEWEST_CHAFFS = 6


@pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
def test_every_function_has_enough_known_submissions(name, grader_of):
    files = corpus(name)
    assignment = grader_of(name).assignment
    assert {file.function for file in files} == {*assignment.questions}
    for function in assignment.questions:
        own = [file for file in files if file.function == function]
        wheats = {shape_of(file.path) for file in own if file.check is None}
        chaffs = {shape_of(file.path) for file in own if file.check is not None}
        assert len(wheats) >= FEWEST_WHEATS, f"{function}: {len(wheats)} different wheats"
        assert len(chaffs) >= FEWEST_CHAFFS, f"{function}: {len(chaffs)} different chaffs"
        assert len(wheats) + len(chaffs) == len(own), f"{function}: two files say the same"


@pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
def test_an_assignment_has_between_50_and_100_points(name, grader_of):
    questions = grader_of(name).assignment.questions.values()
    assert 50 <= sum(question.max_points for question in questions) <= 100


def shape_of(path):
    """Return a program without its docstrings and with its own names numbered."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return path.name
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node, clean=False
        ):
            node.body = node.body[1:]
        if isinstance(node, ast.arg):
            node.arg = names.setdefault(node.arg, f"name{len(names)}")
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            node.id = names.setdefault(node.id, f"name{len(names)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    return ast.dump(tree)
