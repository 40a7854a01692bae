"""The same verdicts with one thread and with many, and whatever the precision of the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from corpus_files import CorpusFile, corpus

from graders.cases.store import BankStore
from graders.gradebook.keys import question_keys
from graders.grading import Grader, open_reference
from graders.spec import Assignment, Question, load_assignment
from graders.submissions.source import read_source

ASSIGNMENTS = Path(__file__).parents[1] / "assignments"
FLOATS = ("float32", "float64")


@pytest.fixture(scope="module")
def make(workers, tmp_path_factory) -> Callable[[Assignment], Grader]:
    """Make a grader whose cases are not taken from a cache."""

    def make(assignment):
        store = BankStore(open_reference(assignment), seed=assignment.seed, folder=None)
        return Grader(assignment, store, workers, explain=False)

    return make


def failing_check(grader: Grader, file: CorpusFile) -> str | None:
    [result] = grader.grade(read_source(file.path), only=[file.function]).questions
    assert result.verdict in ("passed", "failed"), result.fault
    return result.failed[0].check if result.failed else None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hw2", "hw3"])
def test_no_case_and_no_tolerance_depends_on_the_threads_of_the_reference(name):
    """So no verdict does: students' programs always compute in one thread."""
    assignment = load_assignment(ASSIGNMENTS / f"{name}.yaml")
    before = torch.get_num_threads()
    keys = []
    try:
        for threads in (1, 4):
            torch.set_num_threads(threads)
            store = BankStore(open_reference(assignment), seed=assignment.seed, folder=None)
            keys.append(question_keys(assignment, store))
    finally:
        torch.set_num_threads(before)
    assert keys[0] == keys[1]


@pytest.mark.slow
def test_what_is_right_is_so_in_each_precision_and_what_is_wrong_in_one(make):
    assignment = load_assignment(ASSIGNMENTS / "hw3.yaml")
    graders = [make(with_dtype(assignment, dtype)) for dtype in FLOATS]
    wrong = []
    for file in sample("hw3"):
        fails = any(failing_check(grader, file) for grader in graders)  # up to the first that does
        if fails != (file.check is not None):
            wrong.append(file.id)
    assert wrong == []


def sample(assignment: str) -> Iterator[CorpusFile]:
    """Yield all that is right, and one program for each check that a question has one for."""
    seen = set()
    for file in corpus(assignment):
        if file.check is None or (file.function, file.check) not in seen:
            yield file
        seen.add((file.function, file.check))


def with_dtype(assignment: Assignment, dtype: str) -> Assignment:
    """Return the assignment with cases in one precision where it has both."""
    questions = {n: _question(question, dtype) for n, question in assignment.questions.items()}
    changed = assignment.model_copy(update={"questions": questions})
    changed._path = assignment.path
    return changed


def _question(question: Question, dtype: str) -> Question:
    arguments = {}
    for name, argument in question.arguments.items():
        dtypes = getattr(argument, "dtype", None)
        if isinstance(dtypes, tuple) and {*FLOATS} <= {*dtypes}:
            kept = tuple(each for each in dtypes if each == dtype or each not in FLOATS)
            argument = argument.model_copy(update={"dtype": kept})
        arguments[name] = argument
    return question.model_copy(update={"arguments": arguments, "examples": ()})
