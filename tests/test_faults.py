"""Mistakes of an assignment are called that, with the call that shows them, and cost no points."""

import pytest
from hypothesis.errors import Unsatisfiable

from graders.cases import draw

QUESTION = """
    f:
      points: 3
      arguments: {x: {tensor: [n]}}
      cases: 30
      limits: {seconds: 0.2}
"""
MISTAKES = {
    "changes its argument": ("return x.mul_(2)", "`f` changes `x`, which is not listed"),
    "throws dice": ("return x + torch.rand(1)", "different results for the same call"),
    "raises": ("return x.view(2, -1)", "`f` raised RuntimeError: "),
    "is slow": ("__import__('time').sleep(0.03)", "at most a tenth of the limit of 0.2 s"),
    "reads memory instead of elements": (
        "return x.as_strided((len(x),), (1,), 0).sum()",
        "another result when the same values are contiguous in memory",
    ),
    "depends on the dtype": (
        "return x.sum() if x.dtype == torch.float32 else x.mean()",
        "other values in float64, beyond what rounding explains",
    ),
}


@pytest.mark.parametrize(("body", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_reference_that_is_no_measure_is_a_fault(course, grade, body, expected):
    grader = course(QUESTION, f"def f(x):\n    {body}\n")
    [result] = grade(grader, "def f(x): return 7").questions
    assert (result.verdict, result.points) == ("fault", 3)
    assert expected in result.fault
    assert "(see `x = torch." in result.fault
    assert "f(x)`)" in result.fault
    assert result.fault.startswith(str(grader.assignment.reference_path))


def test_arguments_of_which_none_can_be_drawn_are_a_fault(course, grade, monkeypatch):
    def hopeless(*_, **__):
        raise Unsatisfiable("empty")

    monkeypatch.setattr(draw, "groups", hopeless)
    [result] = grade(course(QUESTION, "def f(x): return x"), "def f(x): return 7").questions
    assert (result.verdict, result.points) == ("fault", 3)
    assert result.fault == "no arguments can be drawn: Unsatisfiable: empty"
