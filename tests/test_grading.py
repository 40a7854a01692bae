"""From a submission to a report: verdicts, points, faults, and the same again every time."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from calls import seen
from corpus_files import corpus, rounds

from graders.checks import mismatch as m
from graders.checks.comparison import compare
from graders.feedback.language import Words
from graders.feedback.literal import call_code
from graders.grading import Grader
from graders.reports.json_format import report_data
from graders.spec import load_assignment
from graders.submissions.source import read_source
from graders.verdicts import Report
from graders.worker.wire import ArgumentTensor, Dtype

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = ("hw1", "hw2", "hw3", "hw4", "hw5")
TWO = """
  f:
    points: 4
    arguments: {x: {tensor: [n]}}
    cases: 20
  g:
    points: {values: 3, arguments unchanged: 2, shares memory: 1}
    arguments: {x: {tensor: [n]}}
    checks: [shares memory]
    cases: 20
"""
REFERENCE = """
def f(x):
    return x + 1
def g(x):
    return x[1:]
"""
F, G = "def f(x): return x + 1\n", "def g(x): return x[1:]\n"


@pytest.fixture
def two(course):
    """The grader of an assignment with two questions."""
    return course(TWO, REFERENCE)


def verdicts(result):
    return {check.check: check.verdict for check in result.checks}


# ---------------------------------------------------------------- verdicts and points


def test_a_right_submission_has_full_marks(two, grade):
    report = grade(two, F + G)
    assert (report.verdict, report.points, report.max_points) == ("passed", 10, 10)
    assert all({*verdicts(result).values()} == {"passed"} for result in report.questions)
    assert all(result.cases >= 20 for result in report.questions)


def test_checks_after_the_one_that_fails_are_skipped(two, grade):
    [result] = grade(two, "def f(x): return (x + 1).double()[:2]", "f").questions
    assert verdicts(result) == {
        "returns": "passed",
        "type": "passed",
        "shape": "failed",
        "dtype": "skipped",
        "values": "skipped",
        "device": "skipped",
        "errors": "skipped",
        "arguments unchanged": "skipped",
    }
    assert {check.needs for check in result.checks if check.verdict == "skipped"} == {"shape"}


def test_the_check_that_comes_first_is_told_whatever_case_fails_it(two, grade):
    text = "def f(x): return x + 2 if len(x) < 4 else (x + 1)[:2]"
    [result] = grade(two, text, "f").questions
    assert [check.check for check in result.failed] == ["shape"]


@pytest.mark.parametrize(
    ("body", "points"),
    [
        ("return x[1:]", 6),
        ("return x[1:].clone()", 5),
        ("x += 1; return x[1:] - 1", 3),
        ("return x[:-1]", 0),
        ("raise ValueError", 0),
    ],
)
def test_points_that_are_split_count_the_checks_that_pass(two, grade, body, points):
    [result] = grade(two, f"def g(x):\n    {body}", "g").questions
    assert result.points == points


def test_a_question_is_graded_whatever_happens_to_another(two, grade):
    report = grade(two, "import os\ndef f(x): os._exit(1)\n" + G)
    assert [result.points for result in report.questions] == [0, 6]
    [check] = report.questions[0].failed
    assert (check.check, check.finding.mismatch) == ("returns", m.Ended(None, 1))


def test_only_the_questions_asked_for_are_graded(two, grade):
    report = grade(two, F, "f")
    assert [result.function for result in report.questions] == ["f"]
    assert report.max_points == 4


def test_progress_names_each_question(two):
    names = []
    two.grade(read_source(ROOT / "examples" / "hw2.py"), progress=names.append)
    assert names == ["f", "g"]


def test_points_stay_between_zero_and_the_maximum(grader_of):
    grader = grader_of("hw2")
    for path in [ROOT / "examples" / "hw2.py", ROOT / "reference" / "hw2.py"]:
        for result in grader.grade(read_source(path)).questions:
            assert 0 <= result.points <= result.max_points
            assert (result.points == result.max_points) == (result.verdict == "passed")


NAMES = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ASSIGNMENTS]
ROUNDS = [
    pytest.param(name, few, marks=marks) for name in ASSIGNMENTS for few, marks in rounds(name)
]


@pytest.mark.parametrize(("name", "few"), ROUNDS)
def test_the_reference_gets_full_marks(name, few, grader_of):
    assert failing(grader_of(name, few)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_reference_gets_full_marks_with_other_cases(name, grader_of, make_grader):
    assignment = grader_of(name).assignment
    other = assignment.model_copy(update={"seed": 1})
    other._path = assignment.path
    assert failing(make_grader(other)) == []


def failing(grader):
    """Return the questions in which the reference itself does not pass."""
    report = grader.grade(read_source(grader.assignment.reference_path))
    return [result.function for result in report.questions if result.verdict != "passed"]


# ---------------------------------------------------------------- what is not there


def test_a_missing_function_is_told_with_a_name_like_it(two, grade):
    [result] = grade(two, "def ff(x): return x + 1", "f").questions
    [check] = result.failed
    assert check.check == "loads"
    assert check.finding.mismatch == m.NotDefined("hw.py", "ff")
    assert {*verdicts(result).values()} == {"failed", "skipped"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"if __name__ == '__main__':\n    {F}",
            m.NotDefined("hw.py", None, 3, guarded=True),
        ),
        (f"1 / 0\n{F}", m.NotDefined("hw.py", None, 3, stopped=True)),
        ("import os; os._exit(3)", m.NotLoaded("hw.py", m.Ended(None, 3))),
    ],
)
def test_a_function_that_is_not_reached_is_told_so(two, grade, text, expected):
    [result] = grade(two, text, "f").questions
    assert result.failed[0].finding.mismatch == expected


def test_what_is_not_a_function_cannot_be_called(two, grade):
    [result] = grade(two, "f = 3", "f").questions
    assert result.failed[0].check == "loads"


def test_what_went_wrong_while_loading_is_told(two, grade):
    problems = grade(two, f"{F}{F}{G}raise KeyError('k')").problems
    assert [(problem.kind, problem.line) for problem in problems] == [
        ("raised", 5),
        ("redefined", 3),
    ]
    assert problems[0].source == "raise KeyError('k')"


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize(
    "reference",
    [
        "def f(x): return torch.rand(3)",
        "def f(x): return x.no_such_method()",
        "import time\ndef f(x):\n    time.sleep(0.005)",
    ],
    ids=["random", "raises", "slow"],
)
def test_a_fault_of_the_reference_costs_no_points(course, grade, reference):
    strict = TWO.replace("cases: 20", "limits: {seconds: 0.04}\n    cases: 10", 1)
    grader = course(strict, f"{reference}\ndef g(x):\n    return x[1:]")
    report = grade(grader, F + G)
    assert [result.verdict for result in report.questions] == ["fault", "passed"]
    assert report.verdict == "fault"
    assert report.points == report.max_points
    assert "reference" in report.questions[0].fault


# ---------------------------------------------------------------- the same again


def as_json(report: Report, grader: Grader) -> str:
    data = report_data(report, grader.assignment, Words())
    for question in data["questions"]:
        del question["seconds"]
    return json.dumps(data, indent=1)


def test_the_same_submission_gets_the_same_report(make_grader):
    assignment = load_assignment(ROOT / "assignments" / "hw2.yaml")
    source = read_source(ROOT / "examples" / "hw2.py")
    reports = [as_json(g.grade(source), g) for g in (make_grader(assignment) for _ in range(2))]
    assert reports[0] == reports[1]


def test_a_grader_remembers_nothing_of_the_submission_before(two, grade):
    right = as_json(grade(two, F + G), two)
    grade(two, "import torch\ntorch.ones = torch.add = None\nimport os\ndef f(x): os._exit(0)")
    assert as_json(grade(two, F + G), two) == right


def test_no_verdict_depends_on_the_order_of_the_cases(grader_of):
    grader = grader_of("hw2")
    source = read_source(ROOT / "examples" / "hw2.py")
    before = [verdicts(result) for result in grader.grade(source).questions]
    shuffled = Grader(grader.assignment, Shuffled(grader.store), grader.workers, explain=False)
    assert [verdicts(result) for result in shuffled.grade(source).questions] == before


class Shuffled:
    """A store that gives the cases of each bank in another order."""

    def __init__(self, store):
        self.store = store
        self.reference = store.reference
        self.seed = store.seed

    def bank(self, name, question):
        bank = self.store.bank(name, question)
        cases = list(bank.cases)
        random.Random(0).shuffle(cases)
        return replace(bank, cases=tuple(cases))


# ---------------------------------------------------------------- the call that is printed


def sample(assignment):
    """Return a wrong submission of each function for each check that it has one for."""
    files = {}
    for file in corpus(assignment):
        if file.check in ("values", "shape", "dtype", "type", "returns", "shares memory"):
            files.setdefault((file.function, file.check), file)
    return [pytest.param(file, id=file.id) for file in files.values() if not file.needs_device]


@pytest.mark.parametrize("file", [file for name in ("hw2", "hw3") for file in sample(name)])
def test_the_printed_call_shows_the_mistake(file, grader_of):
    grader = grader_of(file.assignment, few=file.assignment != "hw2", explain=True)
    [result] = grader.grade(read_source(file.path), only=[file.function]).questions
    [check] = result.failed
    arguments = check.finding.arguments
    lines = call_code(file.function, arguments)
    expected, actual = (run(lines, path) for path in (grader.assignment.reference_path, file.path))
    question = grader.assignment.questions[file.function]
    expectation = replace(check.finding.expectation, outcome=expected)
    wrong = compare(expectation, actual, frozenset(question.active_checks))
    assert wrong is not None
    assert wrong.check == check.check


def run(lines, path):
    """Return the outcome of the call that the last line makes, of the function in this file."""
    space = {"torch": torch, "np": np}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)
    function = space[lines[-1].partition("(")[0]]
    arguments = captured("\n".join(lines), function.__name__, space)
    return seen(function, *arguments)


def captured(code, name, space):
    """Run the code of a call with a function that keeps its arguments; return them as sent ones."""
    kept = []
    exec(code, space | {name: lambda *arguments: kept.extend(arguments)})
    return [sent(argument) for argument in kept]


def sent(value):
    """Return a tensor or array of this process in the form in which it goes to a worker."""
    if isinstance(value, list | tuple):
        return type(value)(sent(item) for item in value)
    if isinstance(value, torch.dtype):
        return Dtype(str(value).removeprefix("torch."))
    if isinstance(value, torch.Tensor):
        flat = torch.empty(0, dtype=value.dtype).set_(value.untyped_storage().clone())
        return ArgumentTensor(
            "tensor",
            str(value.dtype).removeprefix("torch."),
            tuple(value.shape),
            value.stride(),
            value.storage_offset(),
            flat.numpy().tobytes(),
            value.requires_grad,
        )
    if isinstance(value, np.ndarray):
        plain = np.ascontiguousarray(value)
        strides = tuple(step // plain.itemsize for step in plain.strides)
        name = plain.dtype.name
        return ArgumentTensor("array", name, plain.shape, strides, 0, plain.tobytes())
    return value
