"""The five assignments of the course."""

import ast
from pathlib import Path

import pytest

from graders.spec import load_assignment

ROOT = Path(__file__).parents[2]
NAMES = ["hw1", "hw2", "hw3", "hw4", "hw5"]
ASSIGNMENTS = {name: load_assignment(ROOT / "assignments" / f"{name}.yaml") for name in NAMES}
QUESTIONS = [
    pytest.param(question, id=f"{name}.{function}")
    for name, assignment in ASSIGNMENTS.items()
    for function, question in assignment.questions.items()
]


def texts(question):
    return [question.prompt, *question.hints.values()]


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: [argument.arg for argument in node.args.args] for node in found}


@pytest.mark.parametrize("name", NAMES)
def test_reference_has_every_function_with_the_same_arguments(name):
    assignment = ASSIGNMENTS[name]
    expected = {function: list(q.arguments) for function, q in assignment.questions.items()}
    defined = functions(assignment.reference_path)
    assert {function: defined.get(function) for function in expected} == expected


def test_there_are_55_functions():
    assert len(QUESTIONS) == 55


@pytest.mark.parametrize("name", NAMES)
def test_points_are_of_one_size(name):
    assert 50 <= ASSIGNMENTS[name].max_points <= 100


@pytest.mark.parametrize("question", QUESTIONS)
def test_students_read_english_and_chinese(question):
    for text in texts(question):
        assert [language for language, _ in text.languages] == ["en", "zh"]
        assert any("\u4e00" <= character <= "\u9fff" for character in text.in_language("zh"))
        assert text.in_language("en").isascii()


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_have_examples_and_hints(question):
    assert 1 <= len(question.examples) <= 2
    assert question.hints
