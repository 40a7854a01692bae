"""What is wrong with a question or its reference, and the call that shows it."""

from pathlib import Path

import pytest

from graders.cases import draw
from graders.cases.soundness import unsound
from graders.errors import AssignmentError
from graders.grading import open_reference
from graders.spec import load_assignment

ROOT = Path(__file__).parents[2]
TENSOR = "f:\n  arguments: {x: {tensor: [n]}}\n"


@pytest.fixture
def faults(course):
    """Return what is wrong with a question `f`."""

    def faults(question, reference):
        grader = course(question, reference)
        reference = open_reference(grader.assignment)
        return unsound("f", grader.assignment.questions["f"], reference, seed=0)

    return faults


def texts(found):
    return [fault.text.partition(": ")[2] for fault in found]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("hw1", "describe"),
        ("hw2", "stack_batch"),
        ("hw3", "standardize_columns"),
        ("hw4", "sigmoid_backward"),
        ("hw5", "sgd_step"),
    ],
)
def test_the_course_is_sound(name, function):
    assignment = load_assignment(ROOT / "assignments" / f"{name}.yaml")
    reference = open_reference(assignment)
    assert unsound(function, assignment.questions[function], reference, seed=1) == []


def test_a_reference_that_changes_its_argument_behind_the_authors_back(faults):
    (fault,) = faults(TENSOR, "def f(x):\n    return x.mul_(2)\n")
    assert texts([fault]) == ["`f` changes `x`, which is not listed under `changes`"]
    assert list(fault.arguments) == ["x"]


def test_a_list_that_is_emptied(faults):
    question = "f:\n  arguments: {items: {list: {tensor: [n]}, length: 1..3}}\n"
    found = faults(question, "def f(items):\n    return items.pop()\n")
    assert texts(found) == ["`f` changes `items`, which is not listed under `changes`"]


def test_a_change_that_is_announced(faults):
    reference = "def f(x):\n    return x.mul_(2)\n"
    assert faults(f"{TENSOR}  changes: [x]\n", reference) == []


def test_a_change_that_never_comes(faults):
    found = faults(f"{TENSOR}  changes: [x]\n", "def f(x):\n    return x + 1\n")
    assert texts(found) == ["`f` never changes `x`, which is listed under `changes`"]


def test_a_reference_that_throws_dice(faults):
    found = faults(TENSOR, "def f(x):\n    return x + torch.rand(1)\n")
    assert texts(found)[0] == "`f` gives different results for the same call"


def test_a_reference_that_fails_by_accident(faults):
    (fault,) = faults(TENSOR, "def f(x):\n    return x.view(2, -1)\n")
    assert "`f` raised RuntimeError in line 3: " in fault.text
    assert fault.arguments["x"].shape[0] % 2


@pytest.mark.parametrize("between", ["\n            ", " "])
def test_a_reference_that_raises_on_purpose(faults, between):
    reference = f"""
    def f(x):
        if len(x) % 2:{between}raise ValueError("odd")
        return x
    """
    assert faults(TENSOR, reference) == []


def test_a_slow_reference(faults):
    reference = """
    import time

    def f(x):
        if len(x) == 5:
            time.sleep(0.02)
        return x
    """
    (fault,) = faults(f"{TENSOR}  limits: {{seconds: 0.1}}\n", reference)
    assert "at most 0.01 s, a tenth of the limit, is expected" in fault.text
    assert fault.arguments["x"].shape == (5,)


def test_a_reference_that_reads_memory_instead_of_elements(faults):
    reference = """
    def f(x):
        return x.as_strided((len(x),), (1,), 0).sum()
    """
    (fault,) = faults(TENSOR, reference)
    assert "gives another result when the same values are contiguous in memory" in fault.text
    assert not fault.arguments["x"].contiguous or fault.arguments["x"].offset


@pytest.mark.parametrize(
    "body",
    [
        "x.sum() if x.dtype == torch.float32 else x.mean()",
        "x.sum() if x.dtype == torch.float32 else x",
        "((x + 1e6) ** 2).mean() - (x + 1e6).mean() ** 2",
    ],
)
def test_a_reference_that_differs_between_dtypes(faults, body):
    (fault,) = faults(TENSOR, f"def f(x):\n    return {body}\n")
    assert "in float64, beyond what rounding explains" in fault.text
    assert fault.arguments["x"].dtype == "float32"


@pytest.mark.parametrize("body", ["x.dtype", "{'dtype': x.dtype}", "[x.dtype, x]", "(x > 0.1)"])
def test_what_follows_the_dtype_or_hangs_on_rounding_is_sound(faults, body):
    assert faults(TENSOR, f"def f(x):\n    return {body}\n") == []


def test_a_specification_that_nothing_satisfies(faults, monkeypatch):
    def hopeless(*_, **__):
        raise ValueError("empty")

    monkeypatch.setattr(draw, "groups", hopeless)
    (fault,) = faults(TENSOR, "def f(x):\n    return x\n")
    assert (fault.text, fault.arguments) == ("no arguments can be drawn: ValueError: empty", None)


def test_a_specification_that_gives_nothing(faults, monkeypatch):
    monkeypatch.setattr(draw, "draw", lambda *_, **__: [])
    (fault,) = faults(TENSOR, "def f(x):\n    return x\n")
    assert fault.text == "no arguments can be drawn"


def test_a_reference_that_does_not_run(faults):
    (fault,) = faults(TENSOR, "def f(x):\n    return x\n\n\n1 / 0\n")
    assert "running it raised ZeroDivisionError" in fault.text


@pytest.mark.parametrize("key", ["changes", "cancels"])
def test_a_list_of_arguments_names_arguments(course, key):
    with pytest.raises(AssignmentError, match=f"{key}.*no argument is called y; there are: x"):
        course(f"{TENSOR}  {key}: [y]\n", "def f(x):\n    return x\n")


def test_what_may_cancel_is_of_no_use_beside_a_tolerance(course):
    with pytest.raises(AssignmentError, match="cancels: `rtol` and `atol` already say"):
        course(f"{TENSOR}  cancels: [x]\n  atol: 1\n", "def f(x):\n    return x\n")
