"""The call that a report shows is the simplest one found, and it shows the mistake every time."""

import time

import pytest

from graders.feedback import counterexample
from graders.feedback.literal import call_code

QUESTION = """
  f:
    arguments: {x: {tensor: [n, d]}}
    dimensions: {n: 0..6, d: 1..4}
"""
COUNTING = "x = torch.tensor([[1., 2.], [3., 4.], [5., 6.]])"
TURNED = "x = torch.tensor([[1., 3., 5.], [2., 4., 6.]]).T"


@pytest.fixture
def finding(course, grade, monkeypatch):
    """Grade one wrong body of `f(x)`; return what is said to be wrong with it."""
    monkeypatch.setattr(counterexample, "SHRINK_SECONDS", 60)

    def finding(reference, body, setup=""):
        grader = course(QUESTION, f"def f(x):\n    {reference}")
        [result] = grade(grader, f"{setup}\ndef f(x):\n    {body}").questions
        [check] = result.failed
        return check.finding

    return finding


@pytest.mark.parametrize(
    ("reference", "body", "call"),
    [
        ("return x.mean(1, keepdim=True)", "return x.mean(1)", COUNTING),
        ("return x.clamp(max=4)", "return x * 1", COUNTING),
        ("return x * 1", "x *= 1; return x * 2", COUNTING),
        (
            "return x * 1",
            "return x[:3] * 1",
            "x = torch.tensor([[1., 2.], [3., 4.], [5., 6.], [7., 8.]])",
        ),
        ("return x * 1", "return x.abs()", "x = torch.tensor([[1., 2.], [3., 4.], [5., -1.]])"),
        ("return x * 1", "return x * 1 if x.is_contiguous() else x * 2", TURNED),
        ("return x * 1", "return x.view(-1).view(x.shape) * 1", TURNED),
        ("return x.sum(0)", "return x[0] + x[1:].sum(0)", "x = torch.empty(0, 2)"),
        (
            "return x - x.mean(0)",
            "return x - x.mean(0) if len(x) > 1 else x * 1",
            "x = torch.tensor([[1., 2.]])",
        ),
    ],
)
def test_a_known_mistake_is_shown_by_a_readable_call(finding, reference, body, call):
    found = finding(reference, body)
    assert call_code("f", found.arguments) == [call, "f(x)"]
    assert found.steadiness == "steady"


@pytest.mark.parametrize(
    ("condition", "shape"),
    [("x.shape[0] > 4", (5, 2)), ("x.shape[1] > 3", (3, 4)), ("x.shape[0] == 1", (1, 2))],
)
def test_sizes_are_as_small_as_show_the_mistake(finding, condition, shape):
    found = finding("return x * 1", f"return x * 2 if {condition} else x * 1")
    assert found.arguments["x"].shape == shape


def test_an_example_of_the_author_is_shown_as_it_is(course, grade):
    grader = course(
        """
  f:
    arguments: {x: {tensor: [n, d]}}
    examples:
      - {x: [[8, 9]]}
    """,
        "def f(x): return x * 1",
    )
    [result] = grade(grader, "def f(x): return x * 2").questions
    lines = call_code("f", result.failed[0].finding.arguments)
    assert lines[0] == "x = torch.tensor([[8., 9.]])"


def test_the_search_ends_in_time(course, grade, monkeypatch):
    monkeypatch.setattr(counterexample, "SHRINK_SECONDS", 0.3)
    grader = course(QUESTION, "def f(x): return x * 1")
    text = "import time\ndef f(x):\n    time.sleep(0.005)\n    return x[:3] * 1"
    tries = []
    attempt = counterexample._try

    def counted(*arguments):
        tries.append(time.monotonic())
        return attempt(*arguments)

    monkeypatch.setattr(counterexample, "_try", counted)
    [result] = grade(grader, text).questions
    assert result.failed[0].finding.mismatch.expected[0] > 3
    assert 1 <= len(tries) < 60
    assert tries[-1] - tries[0] < 1


@pytest.mark.parametrize(
    ("setup", "body"),
    [
        ("", "return x + torch.rand(1)"),
        ("import random", "return x * random.random()"),
        ("import time", "return x + time.perf_counter_ns() % 1000"),
        ("calls = []", "calls.append(1); return x * len(calls)"),
    ],
)
def test_a_function_that_answers_differently_each_time_is_told_so(finding, setup, body):
    assert finding("return x * 1", body, setup).steadiness == "random"


@pytest.mark.parametrize(
    ("setup", "body"),
    [
        ("seen = {}", "seen.setdefault('d', x.shape[1]); return x[:, :seen['d']] * 1"),
        ("first = []", "first.append(x.dtype); return (x * 1).to(first[0])"),
    ],
)
def test_a_function_that_depends_on_earlier_calls_is_told_so(finding, setup, body):
    assert finding("return x * 1", body, setup).steadiness == "history"


def test_a_function_with_a_seed_of_its_own_is_steady(finding):
    body = "torch.manual_seed(0); return x + torch.rand(1)"
    assert finding("return x * 1", body).steadiness == "steady"
